/** What one check of a campaign takes: the bundled function in fresh processes, AWS in another. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { DeployedFunction } from '../../local/aws/deployment.ts';
import { LOCAL_REGION } from '../../local/aws/template.ts';
import { closeServer } from '../../local/loopback.ts';
import { awsServer, type LargeCampaign } from './aws-server.ts';
import type { ChecksRun, ChecksToRun } from './one-check.ts';
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

/** AWS docs, Lambda memory: one processor for 1,769 MB. */
const MB_OF_A_PROCESSOR = 1_769;

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
      const { taken, peakMb, result } = await runChecks(deployed, endpoint, event, measuring.checks);
      expectToWait(result as CampaignCheckResult, campaign);
      const requests = Object.entries(takeRequests()).map(([name, all]) => [name, all / measuring.checks]);
      const seconds = taken.map(({ wallMs, cpuMs }) => secondsIn(deployed, wallMs, cpuMs));
      runs.push({
        firstSeconds: seconds[0] ?? 0,
        seconds: Math.min(...seconds.slice(1)),
        cpuMs: Math.min(...taken.slice(1).map(({ cpuMs }) => cpuMs)),
        peakMb,
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

/** What it took here, and the processor's work once more for each part of a processor that Lambda does not give. */
function secondsIn({ memoryMb }: DeployedFunction, wallMs: number, cpuMs: number): number {
  return (wallMs + cpuMs * (MB_OF_A_PROCESSOR / memoryMb - 1)) / 1_000;
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
): Promise<ChecksRun> {
  const [file = ''] = deployed.handler.split('.');
  const checks: ChecksToRun = { bundle: join(deployed.assetPath, `${file}.mjs`), event, times };
  const script = join(import.meta.dirname, 'one-check.ts');
  const env = {
    ...deployed.environment,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_SFN: endpoint,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(checks)], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
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
