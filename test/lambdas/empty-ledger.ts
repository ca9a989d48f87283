import type { Ledger } from '../../lambdas/check-delivery/ledger.ts';
import { EMPTY_TABLE } from '../../lambdas/check-delivery/life-table.ts';

/** Of a bot of which nothing is known. */
export const EMPTY_LEDGER: Ledger = {
  slots: new Map(),
  reserved: new Map(),
  runs: new Map(),
  lives: EMPTY_TABLE,
  generation: 0,
  outdated: [],
};
