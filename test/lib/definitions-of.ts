/** What a tracker with these props deploys. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { DeliveryTrackerProps } from '../../lib/configuration/delivery-tracker-props.ts';
import { DeliveryTrackerStack } from '../../lib/delivery-tracker-stack.ts';
import { type Deployment, readDeployment } from '../../local/aws/deployment.ts';

/** Its state machines, with the definitions as they are once deployed. */
export function definitionsOf(
  tracker: DeliveryTrackerProps,
): Pick<Deployment, 'stateMachine' | 'campaignStateMachine' | 'reporter'> {
  const outdir = mkdtempSync(join(tmpdir(), 'definitions-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
    new DeliveryTrackerStack(app, 'DeliveryTracker', { tracker });
    app.synth();
    return readDeployment(outdir, 'DeliveryTracker');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
