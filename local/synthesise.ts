/** Synthesises the stack in process, as `cdk synth` does, into a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from '../lambdas/bundle.ts';
import type { DeliveryTrackerProps } from '../lib/configuration/delivery-tracker-props.ts';
import { DeliveryTrackerStack } from '../lib/delivery-tracker-stack.ts';
import { type Deployment, readDeployment } from './aws/deployment.ts';

const STACK_NAME = 'DeliveryTracker';

export interface Synthesis {
  /** The cloud assembly; the caller removes it. */
  readonly directory: string;
  readonly deployment: Deployment;
}

/** @throws ConfigurationError */
export async function synthesise(props: DeliveryTrackerProps): Promise<Synthesis> {
  await bundleFunctions();
  const directory = mkdtempSync(join(tmpdir(), 'delivery-tracker-'));
  try {
    synthesiseInto(directory, props);
    return { directory, deployment: readDeployment(directory, STACK_NAME) };
  } catch (error) {
    rmSync(directory, { recursive: true });
    throw error;
  }
}

function synthesiseInto(directory: string, props: DeliveryTrackerProps): void {
  // Validation of the template belongs to `cdk synth`; here it would more than double the time.
  const app = new App({
    outdir: directory,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  new DeliveryTrackerStack(app, STACK_NAME, { tracker: props });
  app.synth();
}
