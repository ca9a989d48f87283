import { describe, expect, it } from 'vitest';
import { fakePlace, fakeScenario, verifyIn } from './fake-world.ts';

const never = () => new Promise<never>(() => {});

describe('a run', () => {
  it('deploys, runs the scenarios, takes down, and reports in the order of the scenarios', async () => {
    const place = fakePlace();
    const slow = fakeScenario({
      name: 'slow',
      run: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { seen: { a: 'otherwise' }, fixtures: { answer: { x: 1 } } };
      },
    });

    const report = await verifyIn(place, [slow, fakeScenario()]);

    expect(place.calls).toEqual(['deploy', 'takeDown']);
    expect(report.scenarios.map(({ name, findings }) => [name, findings[0]?.verdict])).toEqual([
      ['slow', 'differs'],
      ['one', 'as assumed'],
    ]);
    expect(report.scenarios[0]?.fixtures).toEqual({ answer: { x: 1 } });
    expect(report).toMatchObject({ left: [], isInterrupted: false });
  });

  it('runs a scenario that changes the deployment after all others', async () => {
    const order: string[] = [];
    const scenario = (name: string, alone: boolean, milliseconds: number) =>
      fakeScenario({
        name,
        alone,
        run: async () => {
          await new Promise((resolve) => setTimeout(resolve, milliseconds));
          order.push(name);
          return { seen: {} };
        },
      });

    await verifyIn(fakePlace(), [
      scenario('alone', true, 0),
      scenario('slow', false, 30),
      scenario('quick', false, 0),
    ]);

    expect(order).toEqual(['quick', 'slow', 'alone']);
  });

  it('takes down after a scenario that failed, and shows nothing by it', async () => {
    const place = fakePlace();
    const failing = fakeScenario({
      run: async () => {
        place.things.add('half of something');
        throw new Error('no such thing');
      },
    });

    const report = await verifyIn(place, [failing, fakeScenario({ name: 'two' })]);

    expect(place.things.size).toBe(0);
    expect(report.scenarios).toMatchObject([
      { name: 'one', error: 'no such thing', findings: [{ verdict: 'not shown' }] },
      { name: 'two', findings: [{ verdict: 'as assumed' }] },
    ]);
  });

  it('gives up a scenario that does not end', async () => {
    const report = await verifyIn(fakePlace(), [fakeScenario({ run: never })]);

    expect(report.scenarios[0]?.error).toBe('not done within 0.5 s');
  });

  it('takes down after a deployment that failed half-way', async () => {
    const place = fakePlace();
    const broken = {
      ...place,
      deploy: async () => {
        place.things.add('half a stack');
        throw new Error('the template is refused');
      },
    };

    const report = await verifyIn(broken, [fakeScenario()]);

    expect(place.calls).toEqual(['takeDown']);
    expect(report).toMatchObject({ error: 'the template is refused', scenarios: [], left: [] });
  });

  it('says what is left, also where taking down fails', async () => {
    const place = fakePlace();
    const stubborn = {
      ...place,
      takeDown: async () => {
        throw new Error('the stack cannot be deleted');
      },
    };

    const report = await verifyIn(stubborn, [fakeScenario()]);

    expect(report).toMatchObject({ left: ['stack'], error: 'the stack cannot be deleted' });
    expect(report.said).toContain('After: stack.');
  });
});

it('says that something may be left where it cannot be listed', async () => {
  const place = fakePlace();
  let lists = 0;
  const mute = {
    ...place,
    list: async () => {
      lists += 1;
      if (lists > 1) throw new Error('the service does not answer');
      return [];
    },
  };

  const { left } = await verifyIn(mute, [fakeScenario()]);

  expect(left).toEqual(['perhaps something: the service does not answer']);
});

describe('an interrupted run', () => {
  it('takes down in the middle of the deployment', async () => {
    const place = fakePlace();
    const interruption = new AbortController();
    const slow = {
      ...place,
      deploy: () => {
        place.things.add('half a stack');
        setTimeout(() => interruption.abort(), 10);
        return never();
      },
    };

    const report = await verifyIn(slow, [fakeScenario()], interruption.signal);

    expect(place.things.size).toBe(0);
    expect(report).toMatchObject({ isInterrupted: true, scenarios: [], left: [] });
  });

  it('takes down in the middle of a scenario, and begins no other', async () => {
    const place = fakePlace();
    const interruption = new AbortController();
    let hasBegun = false;
    const endless = fakeScenario({
      run: () => {
        setTimeout(() => interruption.abort(), 10);
        return never();
      },
    });
    const later = fakeScenario({
      name: 'later',
      alone: true,
      run: async () => {
        hasBegun = true;
        return { seen: {} };
      },
    });

    const report = await verifyIn(place, [endless, later], interruption.signal);

    expect(place.calls).toEqual(['deploy', 'takeDown']);
    expect(hasBegun).toBe(false);
    expect(report).toMatchObject({ isInterrupted: true, scenarios: [], left: [] });
  });

  it('deploys nothing where the interruption came before', async () => {
    const place = fakePlace();

    await verifyIn(place, [fakeScenario()], AbortSignal.abort());

    expect(place.things.size).toBe(0);
  });
});
