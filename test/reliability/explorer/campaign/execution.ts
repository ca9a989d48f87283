/** An execution of the campaigns' state machine, and what else may come of it: it is stopped, reported and redriven. */
import type { CampaignCheckResult, Ended } from '../../../../lambdas/check-campaign/invocation.ts';
import type { FinalEventRow } from '../../../../lambdas/check-delivery/rows/final-event-table.ts';
import { finalEventRowOf, type ReadEnd, saveCampaign } from '../../careless/campaign/record.ts';
import type { StepFunctions } from '../../careless/step-functions.ts';
import { FunctionDied } from '../check.ts';
import type { EndPart } from '../parts.ts';
import type { Facts, Script } from '../run.ts';
import { patiently, publish } from '../tracking.ts';
import { type Circumstances, checkOfCampaign } from './check.ts';
import type { CampaignsPart, ClockPart, RedrivenPart, Step } from './parts.ts';
import { CAMPAIGN_ARN, CAMPAIGN_ID, type CampaignScenario } from './scenario.ts';

const CHECK = ['campaign row', 'index', 'campaign row', 'index', 'end', 'campaign row'];
const IN_ITS_PLACE = ['end', 'campaign row'];
export const LETTER = 'S';
const BUS = `bus ${LETTER}`;
const ORDER = ['execution', ...CHECK, 'execution', ...IN_ITS_PLACE, 'execution', BUS, 'execution'];

/** A check and what follows from it; where it waits, more checks in peace, once nothing else is left to happen. */
export function campaignExecution(scenario: CampaignScenario, stepFunctions: StepFunctions): Script {
  return {
    name: 'campaign',
    order: ORDER.slice(1),
    startsAt: scenario.now,
    run: (ask, facts, now) =>
      goOn(0, { does: 'check', state: scenario.state }, scenario, stepFunctions, { ask, now, facts }),
  };
}

/** Somebody redrives it, at any moment. */
export function redrive(scenario: CampaignScenario, stepFunctions: StepFunctions): Script {
  return {
    name: 'redriven campaign',
    order: ORDER,
    startsAt: scenario.now,
    async run(ask, facts, now) {
      const doing = (execution: RedrivenPart) => execution.redrive();
      const redriven = await ask<ReturnType<RedrivenPart['redrive']>>({
        ...{ place: 'is redriven', part: 'execution', args: [], doing, faults: [] },
      });
      if (redriven === undefined) return;
      await goOn(redriven.run, redriven.step, scenario, stepFunctions, { ask, now, facts });
    },
  };
}

/** Somebody stops it at any moment, and the reporter tells the end in its place. */
export function reporter({ now, input }: CampaignScenario, stepFunctions: StepFunctions): Script {
  return {
    name: 'reporter',
    order: ['execution', ...IN_ITS_PLACE, BUS],
    startsAt: now,
    async run(ask) {
      const doing = (execution: RedrivenPart) => execution.stop();
      const stopping = { place: 'stops the campaign', part: 'execution', args: [], doing, faults: [] };
      const status = await ask<string>(stopping);
      if (status !== 'ABORTED') return;
      const { stateMachineArn } = stepFunctions.campaigns;
      const ended = { executionArn: CAMPAIGN_ARN, stateMachineArn, name: CAMPAIGN_ID, status };
      const described = await stepFunctions.describeInterruption({
        input: { ...ended, input: JSON.stringify(input) },
        context: { State: { EnteredTime: new Date(now).toISOString() } },
      });
      const won = await recorded(described, stepFunctions, { ask, now: () => now, isInPeace: false });
      await publish(ask, LETTER, JSON.stringify(won.detail), { isItsOwn: false });
    },
  };
}

async function goOn(
  run: number,
  first: Step,
  scenario: CampaignScenario,
  stepFunctions: StepFunctions,
  { ask, now, facts }: Pick<Circumstances, 'ask' | 'now'> & { readonly facts: Facts },
): Promise<void> {
  const goesOn = (step: Step) => {
    const doing = (execution: RedrivenPart) => execution.goOn(run, step);
    return ask<boolean>({ place: 'goes on, unless stopped', ...onExecution, args: [run, step], doing });
  };
  let step = first;
  for (let isInPeace = false; ; ) {
    const circumstances = { ask, now, isInPeace };
    if (step.does === 'publish') return publishEnd(step.ended, run, circumstances, facts);
    if (step.does === 'record') {
      step = { does: 'publish', ended: await recorded(step.ended, stepFunctions, circumstances) };
      if (!(await goesOn(step))) return;
      continue;
    }
    const result = await checked(step.state, scenario, stepFunctions, circumstances);
    step = stepAfter(result);
    if (!(await goesOn(step))) return;
    if (result.outcome !== 'waiting') continue;
    const until = Date.parse(result.nextCheckAt);
    const waiting = (clock: ClockPart) => clock.waitUntil(until);
    await ask({ place: 'waits', part: 'clock', args: [until], doing: waiting, faults: [], isLast: true });
    isInPeace = true;
    if (!(await goesOn(step))) return;
  }
}

const onExecution = { part: 'execution', faults: [] };

function stepAfter(result: CampaignCheckResult | { readonly outcome: 'unexpected' }): Step {
  // The state passes as JSON.
  if (result.outcome === 'waiting') return { does: 'check', state: JSON.parse(JSON.stringify(result)) };
  if (result.outcome === 'unexpected') return { does: 'record', ended: result as unknown as Ended };
  return { does: 'publish', ended: result };
}

/** `Check campaign`, and where its catch goes on. */
async function checked(
  state: unknown,
  scenario: CampaignScenario,
  { campaigns }: StepFunctions,
  circumstances: Circumstances,
): Promise<CampaignCheckResult> {
  try {
    return await checkOfCampaign(state, scenario, circumstances);
  } catch (error) {
    if (!(error instanceof FunctionDied)) throw error;
    const { startedAt: StartTime, input: Input } = scenario;
    const Execution = { Id: CAMPAIGN_ARN, Name: CAMPAIGN_ID, StartTime, Input };
    const State = { EnteredTime: new Date(circumstances.now()).toISOString() };
    return (await campaigns.checkFailed({
      input: state,
      context: { Execution, State },
    })) as CampaignCheckResult;
  }
}

/** `Record final event`, `Read final event` and `Save campaign`: the end that won. */
async function recorded(
  described: unknown,
  { campaigns }: StepFunctions,
  { ask, now, isInPeace }: Circumstances,
): Promise<ReadEnd> {
  const row = finalEventRowOf(described);
  const faults = isInPeace ? [] : (['error', 'answer lost'] as const);
  const record = ({ finalEvents }: EndPart) => finalEvents.record(row);
  const recording = { place: 'records the end', part: 'end', args: [row], doing: record, faults };
  const won = await patiently(() => ask<FinalEventRow>(recording));
  const context = { State: { EnteredTime: new Date(now()).toISOString() } };
  const read = (await campaigns.readFinalEvent({ input: won, context })) as ReadEnd;
  const save = (part: CampaignsPart) => saveCampaign(read, part.campaigns);
  await patiently(() =>
    ask({ place: 'saves the campaign', part: 'campaign row', args: [read], doing: save, faults }),
  );
  return read;
}

async function publishEnd(
  { outcome, detail, output }: Ended,
  run: number,
  { ask, isInPeace }: Circumstances,
  facts: Facts,
): Promise<void> {
  await publish(ask, LETTER, JSON.stringify(detail), { isItsOwn: true, isInPeace });
  const status = outcome === 'failed' ? 'FAILED' : 'SUCCEEDED';
  const doing = (execution: RedrivenPart) => execution.end(run, status, outcome);
  if (await ask({ place: 'ends', ...onExecution, args: [run, status, outcome], doing }))
    facts.output = output;
}
