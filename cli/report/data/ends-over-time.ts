/** When deliveries ended, counted in spans of time that grow with the whole: bounded, however many rows there are. */

export interface EndsInSpan {
  /** Start of the span, milliseconds since 1970. */
  readonly at: number;
  readonly reached: number;
  readonly notReached: number;
}

export interface EndsOverTime {
  readonly spanMs: number;
  /** Without gaps, oldest first; empty where no row has a time. */
  readonly spans: readonly EndsInSpan[];
  /** Rows whose time cannot be read, or is not of this time. */
  readonly withoutTime: number;
}

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000] as const;
/** Each is a multiple of the one before it, so that counts can be put together. */
const SPANS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  DAY,
  7 * DAY,
];
/** As many as are kept while rows come, and as many as a picture shows. */
const [MOST_KEPT, MOST_SHOWN] = [2_000, 90] as const;
/** Rows are kept for months; a time much further off is a mistake, and would leave nothing to see of the rest. */
const FARTHEST_MS = 400 * DAY;

interface Counted {
  reached: number;
  notReached: number;
}

export class EndsCounter {
  readonly #now: number;
  /** By the number of the span since 1970. */
  #counts = new Map<number, Counted>();
  #size = 0;
  #withoutTime = 0;

  /** @param now milliseconds since 1970. */
  constructor(now: number) {
    this.#now = now;
  }

  add(time: string, isReached: boolean): void {
    const at = Date.parse(time);
    if (!(Math.abs(at - this.#now) < FARTHEST_MS)) {
      this.#withoutTime += 1;
      return;
    }
    count(this.#counts, Math.floor(at / spanOf(this.#size)), isReached ? 1 : 0, isReached ? 0 : 1);
    if (this.#counts.size > MOST_KEPT) this.#widen();
  }

  finish(): EndsOverTime {
    while (lengthOf(this.#counts) > MOST_SHOWN && this.#size < SPANS.length - 1) this.#widen();
    const spanMs = spanOf(this.#size);
    const first = Math.min(...this.#counts.keys());
    const length = Math.min(lengthOf(this.#counts), MOST_KEPT);
    const spans = Array.from({ length }, (_, index) => {
      const { reached, notReached } = this.#counts.get(first + index) ?? { reached: 0, notReached: 0 };
      return { at: (first + index) * spanMs, reached, notReached };
    });
    return { spanMs, spans, withoutTime: this.#withoutTime };
  }

  #widen(): void {
    const factor = spanOf(this.#size + 1) / spanOf(this.#size);
    const wider = new Map<number, Counted>();
    for (const [index, { reached, notReached }] of this.#counts) {
      count(wider, Math.floor(index / factor), reached, notReached);
    }
    this.#counts = wider;
    this.#size += 1;
  }
}

function count(counts: Map<number, Counted>, index: number, reached: number, notReached: number): void {
  const counted = counts.get(index) ?? { reached: 0, notReached: 0 };
  counted.reached += reached;
  counted.notReached += notReached;
  counts.set(index, counted);
}

function spanOf(size: number): number {
  return SPANS[Math.min(size, SPANS.length - 1)] ?? DAY;
}

/** From the first to the last. */
function lengthOf(counts: ReadonlyMap<number, Counted>): number {
  if (counts.size === 0) return 0;
  const indexes = [...counts.keys()];
  return Math.max(...indexes) - Math.min(...indexes) + 1;
}
