/** A campaign in memory from shortly before its sweep, with two of its three notifications ended. */
import { followInMemory, LAST_END, type Setup, summary } from './campaign-in-memory.ts';

export const SWEEP_AT = LAST_END - 300;

export const two = [
  [0, summary('ds-1')],
  [0, summary('ds-2')],
] as const;

export const follow = (setup: Setup) => followInMemory({ ends: two, firstAt: SWEEP_AT - 10, ...setup });

/** Metadata of an event that belongs to the campaign. */
export const ours = { campaignId: 'spring' };

export const error = (code: string) => ({ error: { code, message: 'Why.' } });
