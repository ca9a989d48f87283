import { NotShown, type Scenario, type Seen } from '../scenario.ts';
import { errorNamesTemplate } from '../stack/error-names-template.ts';
import type { HistoryError } from '../world/trackings.ts';
import type { World } from '../world/world.ts';

const WITHIN_SECONDS = 60;
const RIGHTS_WITHIN_SECONDS = 120;
/** Tasks whose role may do what they ask; a service refuses two of them for another reason. */
const PERMITTED = ['refusedEntry', 'missingBus', 'failedCondition'];
const OTHER_NAMES = 'it gives errors names of its own';
const PERMITS_ALL = 'it permits state machines everything';

export const ERROR_NAMES: Scenario = {
  name: 'error-names',
  does: 'Runs a state machine whose tasks are refused, and reads the names of the errors.',
  settles: [
    {
      id: 'refused-entry-name',
      says: 'Where EventBridge refuses an entry of events:putEvents, the task fails with EventBridge.FailedEntry',
      agrees: ['EventBridge.FailedEntry'],
      notInEmulator: OTHER_NAMES,
    },
    {
      id: 'denied-event-is-caught',
      says: 'Where IAM refuses PutEvents, the task fails with an error that States.ALL matches',
      agrees: ['caught'],
      notInEmulator: PERMITS_ALL,
    },
    {
      id: 'missing-bus-fails-no-task',
      says: 'events:putEvents on a bus that does not exist succeeds',
      agrees: ['succeeded'],
    },
    {
      id: 'failed-condition-name',
      says: 'A failed condition of dynamodb:putItem is DynamoDB.ConditionalCheckFailedException',
      agrees: ['DynamoDB.ConditionalCheckFailedException'],
      notInEmulator: OTHER_NAMES,
    },
    {
      id: 'denied-write-is-caught',
      says: 'Where IAM refuses dynamodb:putItem, the task fails with an error that States.ALL matches',
      agrees: ['caught'],
      notInEmulator: PERMITS_ALL,
    },
  ],
  async run(world) {
    const { place, stacks, tracker } = world;
    const { eventBusArn, tableArn } = tracker;
    const partition = eventBusArn.split(':')[1] ?? 'aws';
    const missingBusArn = eventBusArn.replace(/[^/]+$/, `${place.name}-no-bus`);
    const creation = await stacks.create(
      'errors',
      errorNamesTemplate({ partition, eventBusArn, missingBusArn, tableArn }),
    );
    const { MachineArn = '' } = creation.outputs;
    if (!creation.isCreated) throw new Error(`the state machine was not made: ${JSON.stringify(creation)}`);
    const { status, output, lastTask, history, isNew } = await refusals(world, MachineArn);
    await stacks.delete('errors');
    const nameOf = (task: string): Seen | NotShown => {
      if (isNew) return new NotShown('the role had no rights yet');
      const result = output[task];
      if (result !== undefined) return result.Error ?? 'succeeded';
      if (task === lastTask) return `${status}: not caught`;
      return new NotShown(`the execution ended in ${lastTask}, as ${status}`);
    };
    const isCaught = (task: string): Seen | NotShown =>
      !isNew && output[task]?.Error !== undefined ? 'caught' : nameOf(task);
    return {
      seen: {
        'refused-entry-name': nameOf('refusedEntry'),
        'denied-event-is-caught': isCaught('deniedEvent'),
        'missing-bus-fails-no-task': nameOf('missingBus'),
        'failed-condition-name': nameOf('failedCondition'),
        'denied-write-is-caught': isCaught('deniedWrite'),
      },
      fixtures: { output, history },
    };
  },
};

type Results = Readonly<Record<string, { readonly Error?: string; readonly Cause?: string }>>;

interface Refusals {
  readonly status: string;
  readonly output: Results;
  /** In which it ended, where nothing caught the error. */
  readonly lastTask: string;
  readonly history: readonly HistoryError[];
  /** Whether IAM still refuses what the role may do. */
  readonly isNew: boolean;
}

/** Of an execution that was not refused what its role may do: a role that was just made has no rights for some seconds. */
async function refusals({ tracker, trackings, until }: World, stateMachineArn: string): Promise<Refusals> {
  let number = 0;
  let last: Refusals | undefined;
  const end = async (): Promise<Refusals> => {
    number += 1;
    const executionArn = await trackings.start({ ...tracker, stateMachineArn }, `errors-${number}`, {});
    await until('the end of the refused tasks', WITHIN_SECONDS, async () => {
      return (await trackings.status(executionArn)) !== 'RUNNING';
    });
    const { output = '{}', status = '' } = await trackings.describe(executionArn);
    const results: Results = JSON.parse(output);
    return {
      status,
      output: results,
      lastTask: (await trackings.states(executionArn)).at(-1) ?? '',
      history: await trackings.errors(executionArn),
      isNew: PERMITTED.some((task) => isDenied(results[task])),
    };
  };
  await until('the rights of a new role', RIGHTS_WITHIN_SECONDS, async () => {
    last = await end();
    return !last.isNew;
  }).catch((error) => {
    if (last === undefined) throw error;
  });
  if (last === undefined) throw new Error('no execution ended');
  return last;
}

function isDenied({ Error: name = '', Cause = '' }: Results[string] = {}): boolean {
  return /AccessDenied|is not authorized to perform/i.test(`${name} ${Cause}`);
}
