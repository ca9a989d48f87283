import { describe, expect, it } from 'vitest';
import { NotShown } from '../../verify/scenario.ts';
import { fakePlace, fakeScenario, verifyIn } from './fake-world.ts';

describe('what a place cannot show', () => {
  const onlyAws = [{ id: 'a', says: 'It is so', agrees: ['so'], notInEmulator: 'it copies the docs' }];

  it('is not shown in an emulator, whatever was seen there', async () => {
    const emulator = fakePlace({ isEmulator: true });
    const world = await emulator.deploy(new AbortController().signal);
    const place = {
      ...emulator,
      deploy: async () => ({ ...world, place: { name: 'run', isEmulator: true } }),
    };

    const { scenarios } = await verifyIn(place, [fakeScenario({ settles: onlyAws })]);

    expect(scenarios[0]?.findings).toEqual([
      { id: 'a', says: 'It is so', verdict: 'not shown', why: 'emulator: it copies the docs', seen: 'so' },
    ]);
  });

  it('is settled in an account', async () => {
    const { scenarios } = await verifyIn(fakePlace(), [fakeScenario({ settles: onlyAws })]);

    expect(scenarios[0]?.findings[0]?.verdict).toBe('as assumed');
  });

  it.each([
    ['the scenario says so', { a: new NotShown('too slow') }, 'too slow'],
    ['the scenario forgot it', {}, 'the scenario did not observe it'],
  ])('is not shown where %s', async (_, seen, why) => {
    const { scenarios } = await verifyIn(fakePlace(), [fakeScenario({ run: async () => ({ seen }) })]);

    expect(scenarios[0]?.findings).toMatchObject([{ verdict: 'not shown', why }]);
  });

  it('is not run where the scenario is impossible', async () => {
    const impossible = fakeScenario({
      impossible: () => 'needs a second account',
      run: () => Promise.reject(new Error('it ran')),
    });

    const { scenarios } = await verifyIn(fakePlace(), [impossible]);

    expect(scenarios).toMatchObject([
      { findings: [{ verdict: 'not shown', why: 'needs a second account' }] },
    ]);
    expect(scenarios[0]?.error).toBeUndefined();
  });
});
