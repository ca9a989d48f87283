/** Many first checks at once where Lambda has little concurrency: each that is throttled waits as the state machine says. */
import FlatQueue from 'flatqueue';
import { settingsFrom } from '../../lib/configuration/settings.ts';
import { afterFailedCheck } from '../../lib/workflow/failed-check.ts';
import { outputOf } from '../../local/aws/jsonata-state.ts';
import type { Random } from '../campaign/campaign.ts';

export interface FirstChecks {
  /** Seconds until half of the first checks, 95 in 100, and the last one have run. */
  readonly p50: number;
  readonly p95: number;
  readonly last: number;
  /** Invocations that Lambda refused. */
  readonly throttled: number;
  /** The most of one tracking. */
  readonly mostThrottled: number;
}

const START = Date.parse('2026-01-01T00:01:00.000Z');

export interface Burst {
  readonly trackings: number;
  /** How many checks Lambda runs at once. */
  readonly concurrency: number;
  /** Seconds that a check takes. */
  readonly checkSeconds: number;
}

export async function firstChecks(burst: Burst, random: Random): Promise<FirstChecks> {
  const { trackings, concurrency, checkSeconds } = burst;
  const waitAfterThrottle = checkFailed(random);
  const due = new FlatQueue<number>();
  const running = new FlatQueue<number>();
  const throttled = new Uint32Array(trackings);
  const states: unknown[] = [];
  const seconds: number[] = [];
  // Step Functions starts them within a second.
  for (let index = 0; index < trackings; index += 1) due.push(index, START + random() * 1_000);
  while (due.length > 0) {
    const now = due.peekValue() as number;
    const index = due.pop() as number;
    while (running.length > 0 && (running.peekValue() as number) <= now) running.pop();
    if (running.length < concurrency) {
      running.push(index, now + checkSeconds * 1_000);
      seconds.push((now - START) / 1_000 + checkSeconds);
      continue;
    }
    throttled[index] = (throttled[index] ?? 0) + 1;
    const state = await waitAfterThrottle(index, states[index], now);
    states[index] = state;
    due.push(index, Date.parse(state.nextCheckAt) + random() * 1_000);
  }
  const percentile = (share: number) => seconds[Math.ceil(share * seconds.length) - 1] ?? 0;
  return {
    ...{ p50: percentile(0.5), p95: percentile(0.95), last: percentile(1) },
    throttled: throttled.reduce((sum, one) => sum + one, 0),
    mostThrottled: Math.max(...throttled),
  };
}

/** The state machine's own state `Check failed`. */
function checkFailed(random: Random) {
  const { deadlineSeconds, retentionDays } = settingsFrom({});
  const Output = afterFailedCheck(deadlineSeconds, retentionDays);
  const output = outputOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output }, random);
  return async (index: number, state: unknown, now: number) => {
    const input = { requestId: `ds-${index}`, streamId: 'st-bot' };
    const context = {
      Execution: {
        Id: input.requestId,
        Name: input.requestId,
        Input: input,
        StartTime: new Date(START).toISOString(),
      },
      State: { EnteredTime: new Date(now).toISOString() },
    };
    return (await output({ input: state ?? input, context })) as { readonly nextCheckAt: string };
  };
}
