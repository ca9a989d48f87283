/** A tracking that is stopped before each of its steps and after it, and what somebody does then: there is one truth. */
import { expect, it } from 'vitest';
import { faultIn } from './careless/model.ts';
import type { CarelessFault, CarelessNotification, Intervention } from './careless/plan.ts';
import { synthesisedStepFunctions } from './careless/step-functions.ts';
import { virtualTime } from './careless/virtual-time.ts';
import { carelessWorld, START } from './careless/world.ts';

const stepFunctions = synthesisedStepFunctions();

const each = (place: CarelessFault['place'], way: CarelessFault['way'], from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ place, way, arrival: from + i }));

/** The function plans, then its first check sees the delivery in progress, and its second the end. */
const SCENARIOS: Readonly<Record<string, readonly CarelessFault[]>> = {
  'all goes well': [],
  'the event is published again and again after lost answers': each('event', 'answer lost', 0, 3),
  "the last check's answer is lost, and Kore is down for long": [
    ...each('function', 'answer lost', 2, 2),
    ...each('kore', 'error', 2, 15),
  ],
  'throttles follow a lost answer of the bus': [
    ...each('event', 'answer lost', 0, 0),
    ...each('event', 'error', 1, 4),
  ],
  'the last check is given up and runs on': each('function', 'late', 2, 2),
  'the summary is written late': each('summary', 'late', 0, 0),
};
const AFTERWARDS: Readonly<Record<string, readonly Intervention['what'][]>> = {
  'and left alone': [],
  'and redriven': ['redrive'],
  'and tracked again': ['retrack'],
  'and redriven, and stopped again': ['redrive', 'stop', 'redrive'],
};

const planned = (changes: Partial<CarelessNotification>): CarelessNotification => ({
  seed: 7,
  startsAfter: 0,
  bot: 0,
  recipients: 3,
  takes: 12,
  announces: 'nothing',
  reportsAfter: 0,
  interventions: [],
  faults: [],
  ...changes,
});

/** Seconds from the start to each step of a tracking that nobody stops. */
async function stepsOf(faults: readonly CarelessFault[]): Promise<number[]> {
  const steps: number[] = [];
  const time = virtualTime(START, (at) => steps.push((at - START) / 1000));
  await carelessWorld([planned({ faults })], stepFunctions, { time });
  return steps;
}

/** Nothing happens sooner after a step. */
const A_MOMENT = 1e-6;
const MOST_STEPS = 150;

it.each(
  Object.keys(SCENARIOS).flatMap((scenario) => Object.keys(AFTERWARDS).map((then) => [scenario, then])),
)('where %s, stopped at each step %s', async (scenario, then) => {
  const faults = SCENARIOS[scenario as string] ?? [];
  const afterwards = AFTERWARDS[then as string] ?? [];
  const steps = (await stepsOf(faults)).slice(0, MOST_STEPS);

  const found: string[] = [];
  for (const at of steps.flatMap((step) => [step - A_MOMENT, step + A_MOMENT])) {
    for (const reportsAfter of [0, 60]) {
      const interventions = [
        { what: 'stop' as const, at },
        ...afterwards.map((what, i) => ({ what, at: at + 0.2 * (i + 1) })),
      ];
      const [tracked] = await carelessWorld(
        [planned({ faults, interventions, reportsAfter })],
        stepFunctions,
      );
      const fault = tracked && faultIn(tracked);
      if (fault !== undefined)
        found.push(`stopped after ${at} s, reported after ${reportsAfter} s: ${fault}`);
    }
  }

  expect(steps.length).toBeGreaterThan(20);
  expect(found.slice(0, 3)).toEqual([]);
});
