/** A world of a scenario whose AWS gives the answers that a test makes up. */
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { Trackings } from '../../verify/world/trackings.ts';
import type { WitnessedEvent } from '../../verify/world/witness.ts';
import type { World } from '../../verify/world/world.ts';

const BUS = 'arn:aws:events:eu-central-1:123456789012:event-bus/run-events';
export const RULES = {
  probe: 'arn:aws:events:eu-central-1:123456789012:rule/run-events/probe',
  witness: 'arn:aws:events:eu-central-1:123456789012:rule/run-events/witness',
};

/** Asks a few times, and waits for nothing. */
async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  for (let tries = 0; tries < 3; tries += 1) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

export function fakeWorld(changes: Partial<World>): World {
  const tracker = {
    stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:tracker',
    tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/logs',
    eventBusArn: BUS,
    functionName: 'check',
    roleName: 'role',
  };
  const world = {
    place: { name: 'run', isEmulator: false },
    region: 'eu-central-1',
    tracker,
    brief: tracker,
    ruleArns: RULES,
    stacks: { create: async () => created('CREATE_COMPLETE'), delete: async () => {} },
    trackings: fakeTrackings({}),
    witness: { finalEvents: () => [finalEvent()], statusChanges: () => [] },
    until,
    pause: async () => {},
  };
  return { ...world, ...changes } as unknown as World;
}

export function created(status: string) {
  const isCreated = status === 'CREATE_COMPLETE';
  return { isCreated, status, outputs: {}, reasons: [] };
}

export function finalEvent(data: Record<string, unknown> = {}): WitnessedEvent {
  return { 'detail-type': 'Tracking ended', source: 'verify', resources: [], detail: { data } };
}

/** Trackings that are named by their number and have ended. */
export function fakeTrackings(changes: Partial<Trackings>): Trackings {
  let started = 0;
  const trackings = {
    start: async () => {
      started += 1;
      return `execution ${started}`;
    },
    stop: async () => {},
    redrive: async () => {},
    status: async () => 'SUCCEEDED',
    states: async () => ['Delivery final?'],
    history: async () => [],
    errors: async () => [],
  };
  return { ...trackings, ...changes } as unknown as Trackings;
}

/**
 * CloudWatch with these values of metrics and expressions.
 *
 * @param answer absent where it has no data.
 */
export function cloudWatch(
  answer: (query: MetricDataQuery, all: readonly MetricDataQuery[]) => number | undefined,
  alarmMetrics: readonly MetricDataQuery[] = [],
): World['aws'] {
  const send = async (command: { readonly input: unknown }) => {
    if (command instanceof DescribeAlarmsCommand) return { MetricAlarms: [{ Metrics: alarmMetrics }] };
    const { MetricDataQueries = [] } = command.input as GetMetricDataCommandInput;
    return {
      MetricDataResults: MetricDataQueries.map((query) => {
        const value = answer(query, MetricDataQueries);
        return { Id: query.Id, Values: value === undefined ? [] : [value] };
      }),
    };
  };
  const client = Object.assign(new CloudWatchClient({ region: 'eu-central-1' }), { send });
  return { cloudWatch: client } as unknown as World['aws'];
}
