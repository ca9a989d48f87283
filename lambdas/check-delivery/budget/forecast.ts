/** What the call budget knows of what is to come: how long deliveries of the bot will take, and what calls will cost. */
import type { WaitLimits } from '../schedule/inspection.ts';
import { type Chances, chancesOf, UNKNOWN } from '../schedule/life-table.ts';
import type { Price } from '../schedule/price.ts';
import { survivalOf } from '../schedule/survival.ts';
import type { BudgetState } from './budget-state.ts';
import type { Capacity } from './call-limits.ts';
import { callPrices } from './call-prices.ts';
import { type CampaignUnderWay, demandOf } from './demand.ts';
import { startsIn } from './starts.ts';

export interface Forecast {
  readonly chances: Chances;
  /** Empty where the call budget could not be asked. */
  readonly prices: readonly Price[];
}

/** What a forecast is made for. */
export interface Outset {
  readonly limits: WaitLimits;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly capacity: Capacity;
  /** Absent where none is known. */
  readonly campaign: CampaignUnderWay | undefined;
}

/** @param state absent where the call budget could not be asked. */
export function forecastFrom(
  state: BudgetState | undefined,
  { limits, now, capacity, campaign }: Outset,
): Forecast {
  if (state === undefined) return { chances: UNKNOWN, prices: [] };
  const { bookings, starts, lives } = state;
  const chances = chancesOf(lives);
  const demand = demandOf(startsIn(starts, now), campaign);
  const prices = callPrices(demand, survivalOf(chances), limits, { bookings, now, capacity });
  return { chances, prices };
}
