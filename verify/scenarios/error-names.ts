import type { Scenario, Seen } from '../scenario.ts';
import { errorNamesTemplate } from '../stack/error-names-template.ts';

const WITHIN_SECONDS = 60;
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
  async run({ place, stacks, tracker, trackings, until }) {
    const { eventBusArn, tableArn } = tracker;
    const partition = eventBusArn.split(':')[1] ?? 'aws';
    const missingBusArn = eventBusArn.replace(/[^/]+$/, `${place.name}-no-bus`);
    const creation = await stacks.create(
      'errors',
      errorNamesTemplate({ partition, eventBusArn, missingBusArn, tableArn }),
    );
    const { MachineArn = '' } = creation.outputs;
    if (!creation.isCreated) throw new Error(`the state machine was not made: ${JSON.stringify(creation)}`);
    const executionArn = await trackings.start({ ...tracker, stateMachineArn: MachineArn }, 'errors', {});
    await until('the end of the refused tasks', WITHIN_SECONDS, async () => {
      return (await trackings.status(executionArn)) !== 'RUNNING';
    });
    const { output = '{}', status } = await trackings.describe(executionArn);
    const history = await trackings.errors(executionArn);
    await stacks.delete('errors');
    const results: Record<string, { Error?: string }> = JSON.parse(output);
    const nameOf = (task: string): Seen =>
      results[task]?.Error ?? (results[task] ? 'succeeded' : `${status}`);
    const isCaught = (task: string): Seen => (results[task]?.Error !== undefined ? 'caught' : nameOf(task));
    return {
      seen: {
        'refused-entry-name': nameOf('refusedEntry'),
        'denied-event-is-caught': isCaught('deniedEvent'),
        'missing-bus-fails-no-task': nameOf('missingBus'),
        'failed-condition-name': nameOf('failedCondition'),
        'denied-write-is-caught': isCaught('deniedWrite'),
      },
      fixtures: { output: results, history },
    };
  },
};
