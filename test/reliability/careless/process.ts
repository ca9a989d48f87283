/** A process of a function: each of its requests takes its time and may fail, and it may be gone at any of them. */
import type { Faults } from './notification.ts';
import type { CarelessPlace, CarelessWay } from './plan.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The function's process is gone, or Lambda has no answer of it. */
export class FunctionError extends Error {}

export interface Circumstances<Place extends string = CarelessPlace> {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: Faults<Place>;
}

export type Request<Place extends string = CarelessPlace> = <T>(
  place: Place,
  effect: () => T | Promise<T>,
  fail: (way: CarelessWay) => Error,
  /** After which it is not made any more. */
  untilThen?: AbortSignal,
) => Promise<T>;

export interface Process<Place extends string = CarelessPlace> {
  /** By its own clock, milliseconds since 1970. */
  now(): number;
  readonly request: Request<Place>;
  /** Ends some time before the process does. */
  readonly timeToWork: AbortSignal;
}

/** Lambda's time limit. */
const TIME_LIMIT_MS = 60_000;
const MOST_SKEW_MS = 1_000;

/**
 * @param reservedMs what the function keeps of its time limit.
 * @throws FunctionError
 */
export function inProcess<T, Place extends string>(
  { time, random, faults }: Circumstances<Place>,
  reservedMs: number,
  work: (process: Process<Place>) => Promise<T>,
): Promise<T> {
  const { promise: result, resolve, reject } = Promise.withResolvers<T>();
  const skew = Math.round(random.between(-MOST_SKEW_MS, MOST_SKEW_MS));
  const timeToWork = new AbortController();
  let isDead = false;
  let isDone = false;

  const die = (): Promise<never> => {
    isDead = true;
    reject(new FunctionError('Runtime.ExitError'));
    return new Promise(() => {});
  };
  const latency = () => {
    if (random.chance(0.95)) return random.between(1, 60);
    return random.chance(0.8) ? random.between(60, 2_000) : random.between(2_000, 9_000);
  };
  const pause = async () => {
    await time.sleep(latency());
    // What a process that is gone had asked for may still happen; it hears of nothing.
    if (isDead) await new Promise(() => {});
  };
  const request: Request<Place> = async (place, effect, fail, untilThen) => {
    const way = untilThen?.aborted ? 'error' : faults.arrive(place);
    await pause();
    if (way === 'crash before') return die();
    if (way === 'error') throw fail(way);
    if (way === 'late') {
      void time.sleep(random.upTo(10_000)).then(effect);
      throw fail(way);
    }
    const answer = await effect();
    if (way === 'crash after') return die();
    await pause();
    if (way === 'answer lost') throw fail(way);
    return answer;
  };

  void time.sleep(TIME_LIMIT_MS - reservedMs).then(() => timeToWork.abort(new Error('no time left')));
  void time.sleep(TIME_LIMIT_MS).then(() => isDone || isDead || die());
  const now = () => Math.floor(time.now()) + skew;
  work({ now, request, timeToWork: timeToWork.signal }).then((done) => {
    isDone = true;
    resolve(done);
  }, reject);
  return result;
}
