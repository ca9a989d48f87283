/** A place of a run, and its world, that exist in memory only. */
import type { Scenario } from '../../verify/scenario.ts';
import type { Place, Report } from '../../verify/verify.ts';
import { verify } from '../../verify/verify.ts';
import type { World } from '../../verify/world/world.ts';

export interface FakePlace extends Place {
  /** What is there. */
  readonly things: Set<string>;
  readonly calls: string[];
}

export function fakePlace(changes: Partial<Place> = {}): FakePlace {
  const things = new Set<string>();
  const calls: string[] = [];
  const place = { name: 'run', isEmulator: false };
  return {
    ...place,
    things,
    calls,
    async deploy() {
      calls.push('deploy');
      things.add('stack');
      return { place } as World;
    },
    async takeDown() {
      calls.push('takeDown');
      things.clear();
    },
    list: async () => [...things],
    ...changes,
  };
}

export function fakeScenario(changes: Partial<Scenario> = {}): Scenario {
  return {
    name: 'one',
    does: 'Sees something.',
    settles: [{ id: 'a', says: 'It is so', agrees: ['so'] }],
    run: async () => ({ seen: { a: 'so' } }),
    ...changes,
  };
}

/** Runs scenarios in a place and returns what was said besides the report. */
export async function verifyIn(
  place: Place,
  scenarios: readonly Scenario[],
  interrupted: AbortSignal = new AbortController().signal,
): Promise<Report & { said: readonly string[] }> {
  const said: string[] = [];
  const report = await verify(place, scenarios, {
    interrupted,
    say: (line) => said.push(line),
    patienceMs: 500,
  });
  return { ...report, said };
}
