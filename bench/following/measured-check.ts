/** What one check of a campaign takes: the bundled function in fresh processes, AWS in another. */
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { DeployedFunction } from '../../local/aws/deployment.ts';
import { closeServer } from '../../local/loopback.ts';
import { billedMs, type Invoked, startContainer } from '../container/container.ts';
import { awsServer, type LargeCampaign } from './aws-server.ts';
import { CAMPAIGN_ID } from './summaries.ts';

export interface MeasuredCheck {
  /** Of a container's first check, the import of the bundle included. */
  readonly firstSeconds: number;
  /** Of a later one. */
  readonly seconds: number;
  /** Of a later one. */
  readonly cpuMs: number;
  readonly peakMb: number;
  /** Of one check, by operation. */
  readonly requests: Readonly<Record<string, number>>;
}

export interface Measuring {
  /** When the campaign began, whose time is over two hours later. */
  readonly secondsAgo: number;
  /** Processes. */
  readonly runs: number;
  /** Checks in each of them, two at least. */
  readonly checks: number;
}

/** The best of some runs: others may use this machine. Of the memory the most. */
export async function measureCheck(
  deployed: DeployedFunction,
  campaign: LargeCampaign,
  measuring: Measuring,
): Promise<MeasuredCheck> {
  const { TRACKING_STATE_MACHINE_ARN: arn = '' } = deployed.environment;
  const { server, endpoint, takeRequests } = await awsServer(campaign, arn);
  try {
    const runs: MeasuredCheck[] = [];
    while (runs.length < measuring.runs) {
      const event = eventOf(campaign, measuring.secondsAgo);
      const taken = await runChecks(deployed, endpoint, event, measuring.checks);
      for (const { result } of taken) expectToWait(result as CampaignCheckResult, campaign);
      const requests = Object.entries(takeRequests()).map(([name, all]) => [name, all / measuring.checks]);
      const seconds = taken.map((one) => billedMs(deployed, one) / 1_000);
      runs.push({
        firstSeconds: seconds[0] ?? 0,
        seconds: Math.min(...seconds.slice(1)),
        cpuMs: Math.min(...taken.slice(1).map(({ cpuMs }) => cpuMs)),
        peakMb: Math.max(...taken.map(({ peakMb }) => peakMb)),
        requests: Object.fromEntries(requests),
      });
    }
    const best = (field: 'firstSeconds' | 'seconds' | 'cpuMs') => Math.min(...runs.map((one) => one[field]));
    return {
      firstSeconds: best('firstSeconds'),
      seconds: best('seconds'),
      cpuMs: best('cpuMs'),
      peakMb: Math.max(...runs.map((one) => one.peakMb)),
      requests: runs[0]?.requests ?? {},
    };
  } finally {
    await closeServer(server);
  }
}

/** Of a campaign with one notification more than ended: a check after the first. */
function eventOf({ summaries, stopped }: LargeCampaign, secondsAgo: number) {
  const input = { campaignId: CAMPAIGN_ID, notifications: summaries + stopped + 1, deadlineSeconds: 3_600 };
  const startedAt = new Date(Date.now() - secondsAgo * 1_000).toISOString();
  return {
    execution: {
      id: 'arn:aws:states:eu-central-1:123456789012:execution:c:spring',
      name: 'spring',
      startedAt,
    },
    input,
    state: { outcome: 'waiting', checks: 5, campaign: input },
  };
}

async function runChecks(
  deployed: DeployedFunction,
  endpoint: string,
  event: unknown,
  times: number,
): Promise<Invoked[]> {
  const addresses = { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ENDPOINT_URL_SFN: endpoint };
  const container = startContainer(deployed, addresses);
  try {
    const taken: Invoked[] = [];
    while (taken.length < times) taken.push(await container.invoke(event));
    return taken;
  } finally {
    await container.stop();
  }
}

/** A check that met an obstacle has measured nothing. */
function expectToWait(result: CampaignCheckResult, { stopped }: LargeCampaign): void {
  if (
    result.outcome !== 'waiting' ||
    result.obstacle !== undefined ||
    stopped > 0 !== (result.isSwept === true)
  ) {
    throw new Error(`a measured check ended otherwise: ${JSON.stringify(result)}`);
  }
}
