/** Runs a campaign on a virtual clock, against a Kore.ai that enforces both limits. */
import FlatQueue from 'flatqueue';
import { rateLimit } from '../../local/kore/rate-limit.ts';
import type { Delivery, Random } from './campaign.ts';

/** One way to find out about the ends of deliveries. */
export interface Policy {
  /**
   * What happens as a delivery starts.
   *
   * @returns the first check's time, milliseconds since 1970.
   */
  firstCheckAt(start: SimulatedStart): number | Promise<number>;
  /**
   * One check, which may call Kore.ai once.
   *
   * @returns the next one's time, or that the end is known. Times are milliseconds since 1970.
   */
  check(moment: SimulatedMoment): Promise<number | 'ended'>;
}

export interface SimulatedStart {
  readonly delivery: Delivery;
  /** Number of the delivery, for a policy that keeps a state for each. */
  readonly index: number;
  readonly now: number;
}

export interface SimulatedMoment extends SimulatedStart {
  /** This one counted. */
  readonly checks: number;
  call(): Answer;
}
export type Answer = 'in progress' | 'final' | 'refused';

export interface Results {
  /** Seconds; the 50th and 95th percentile and the largest. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly mean: number;
  /** Calls that Kore.ai refused, in all. */
  readonly refused: number;
  /** For each notification. */
  readonly checks: number;
  /** Those that called Kore.ai, for each notification. */
  readonly calls: number;
}

/** What became of each delivery. */
export interface Outcomes {
  /** Seconds from its end until that was known. */
  readonly lags: Float64Array;
  readonly checks: Uint32Array;
  readonly calls: Uint32Array;
  /** Calls that Kore.ai refused, in all. */
  readonly refused: number;
}

/** Between the time that a check is due and its call: Step Functions, Lambda, the network. */
const LATENCY_MS = { least: 100, most: 400 };

/** @param since only deliveries from this number on count in the results. */
export async function simulate(
  deliveries: readonly Delivery[],
  policy: Policy,
  random: Random,
  since = 0,
): Promise<Results> {
  return resultsOf(await outcomesOf(deliveries, policy, random), since);
}

export async function outcomesOf(
  deliveries: readonly Delivery[],
  policy: Policy,
  random: Random,
): Promise<Outcomes> {
  const limit = rateLimit();
  const due = new FlatQueue<number>();
  const latency = () => LATENCY_MS.least + random() * (LATENCY_MS.most - LATENCY_MS.least);
  const checks = new Uint32Array(deliveries.length);
  const calls = new Uint32Array(deliveries.length);
  const hasBegun = new Uint8Array(deliveries.length);
  const lags = new Float64Array(deliveries.length);
  let refused = 0;

  deliveries.forEach(({ startedAt }, index) => {
    due.push(index, startedAt + latency());
  });
  while (due.length > 0) {
    const now = due.peekValue() as number;
    const index = due.pop() as number;
    const delivery = deliveries[index] as Delivery;
    if (hasBegun[index] === 0) {
      hasBegun[index] = 1;
      const first = await policy.firstCheckAt({ delivery, index, now });
      due.push(index, Math.max(now, first) + latency());
      continue;
    }
    checks[index] = (checks[index] ?? 0) + 1;
    const call = (): Answer => {
      calls[index] = (calls[index] ?? 0) + 1;
      if (!limit.admits(now)) {
        refused += 1;
        return 'refused';
      }
      return now >= delivery.endsAt ? 'final' : 'in progress';
    };
    const next = await policy.check({ delivery, index, checks: checks[index] ?? 0, now, call });
    if (next !== 'ended') due.push(index, Math.max(now, next) + latency());
    else lags[index] = (now - delivery.endsAt) / 1_000;
  }
  return { lags, checks, calls, refused };
}

/** Of the deliveries from one number up to, and without, another; refused calls are those of all. */
export function resultsOf(
  { lags, checks, calls, refused }: Outcomes,
  since = 0,
  until = lags.length,
): Results {
  const sorted = lags.slice(since, until).sort();
  const percentile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return {
    p50: percentile(0.5),
    p95: percentile(0.95),
    max: percentile(1),
    mean: mean(sorted),
    refused,
    checks: mean(checks.subarray(since, until)),
    calls: mean(calls.subarray(since, until)),
  };
}

function mean(numbers: Float64Array | Uint32Array | readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum / numbers.length;
}

/** The mean of each figure. */
export function meanOf(all: readonly Results[]): Results {
  const keys = ['p50', 'p95', 'max', 'mean', 'refused', 'checks', 'calls'] as const;
  return Object.fromEntries(keys.map((key) => [key, mean(all.map((one) => one[key]))])) as unknown as Results;
}
