/** The sixteen rows that a check has in flight, each sent again as write-rows.ts and the SDK below it do. */
import type { Random } from '../campaign/campaign.ts';

export const LANES = 16;
/** What sixteen requests take of the function's share of a processor (`npm run bench -- rows`: 3.2 ms each at 512 MB). */
export const STEP_MS = 50;
/** As in write-rows.ts. */
const BACKOFF_MS = [50, 100, 200, 400, 800, 1_600, 3_200];
/** The SDK's own, for a throttled request: two more tries, while its client has tokens for them. */
const SDK_TRIES = 3;
const SDK_BASE_MS = 500;
const SDK_TOKENS = 500;
const SDK_COST = 5;

/** Where a row goes, beside its place in the table. */
export interface Row {
  readonly recipientPartition: number;
  readonly failurePartition: number;
}

export interface Lane {
  row: Row | undefined;
  /** Milliseconds of the simulation. */
  readyAt: number;
  /** Tries that the SDK has made of this request. */
  sdkTries: number;
  /** Waits of the function's own. */
  backoffs: number;
}

/** The tokens that the SDK's client has left. */
export interface Client {
  tokens: number;
}

export function newClient(): Client {
  return { tokens: SDK_TOKENS };
}

export function newLanes(readyAt: number): Lane[] {
  return Array.from({ length: LANES }, () => ({ row: undefined, readyAt, sdkTries: 0, backoffs: 0 }));
}

/** The lane's row is in the table. */
export function succeed(lane: Lane, client: Client, now: number): void {
  client.tokens = Math.min(SDK_TOKENS, client.tokens + (lane.sdkTries > 0 ? SDK_COST : 1));
  lane.row = undefined;
  lane.readyAt = now + STEP_MS;
  lane.sdkTries = 0;
  lane.backoffs = 0;
}

/** The lane's row was throttled. @returns whether it is sent again. */
export function waitForAnotherTry(lane: Lane, client: Client, now: number, random: Random): boolean {
  lane.sdkTries += 1;
  if (lane.sdkTries < SDK_TRIES && client.tokens >= SDK_COST) {
    client.tokens -= SDK_COST;
    lane.readyAt = now + Math.max(STEP_MS, random() * SDK_BASE_MS * 2 ** (lane.sdkTries - 1));
    return true;
  }
  const backoff = BACKOFF_MS[lane.backoffs];
  if (backoff === undefined) return false;
  lane.backoffs += 1;
  lane.sdkTries = 0;
  lane.readyAt = now + Math.max(STEP_MS, random() * backoff);
  return true;
}
