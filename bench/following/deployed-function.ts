/** The function of campaigns as a deployment with the defaults has it. */
import { rmSync } from 'node:fs';
import type { DeployedFunction } from '../../local/aws/deployment.ts';
import { synthesise } from '../../local/synthesise.ts';

export async function withCampaignFunction<T>(work: (deployed: DeployedFunction) => Promise<T>): Promise<T> {
  const { directory, deployment } = await synthesise({});
  try {
    return await work(deployment.campaignFunction);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
