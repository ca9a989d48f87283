/** The states in JSONata, as the Java implementation of the language reads them and as npm's does. */

import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { type DeployedStateMachine, readDeployment } from '../../../local/aws/deployment.ts';
import { type JsonataState, outputOf } from '../../../local/aws/jsonata-state.ts';
import { WAITING_STATE } from '../../waiting-state.ts';
import { evaluateJsonata } from './java-judges.ts';

const { stateMachine, reporter } = readDeployment(join(inject('assemblies'), 'plain'), 'DeliveryTracker');

const INPUTS: readonly unknown[] = [
  { requestId: 'ds-1', streamId: 'st-1', recipients: 24, correlationId: 'c-1' },
  { requestId: 'ds-1', streamId: 'st-1', others: [{ requestId: 'ds-2' }] },
  { requestId: 'ds-1--2' },
  { requestId: 'ds-1\n' },
  { requestId: ['ds-1'] },
  { requestId: { $eq: 1 } },
  { requestId: null, streamId: 7, recipients: 'many' },
  { outcome: 'waiting', request: { requestId: 'ds-2' }, failures: 3, nextCheckAt: 'soon' },
  {},
  [],
  ['ds-1'],
  [{ requestId: 'ds-1' }, { requestId: 'ds-2' }],
  'ds-1',
  '',
  7,
  null,
  true,
  { 'odd names': { '$states.context': 1 }, "it's": '{% 1 %}', é: '\u2028' },
];

const context = (input: unknown, elapsedSeconds: number) => ({
  Execution: {
    Id: 'arn:aws:states:eu-central-1:123456789012:execution:Tracking:ds-9--2',
    Name: 'ds-9--2',
    Input: input,
    StartTime: '2026-11-25T10:00:00.123Z',
  },
  State: {
    Name: 'Check failed',
    EnteredTime: new Date(Date.parse('2026-11-25T10:00:00.123Z') + elapsedSeconds * 1000).toISOString(),
  },
});

const FAILED_CHECKS = [60, 86_399, 86_500, 90_001].flatMap((elapsed) => [
  ...INPUTS.map((input) => ({ input, context: context(input, elapsed) })),
  ...[undefined, 0, 1, 9, 700, 'x', null].map((failures) => ({
    input: { ...WAITING_STATE, ...(failures !== undefined && { failures }) },
    context: context(INPUTS[0], elapsed),
  })),
  ...[{}, { end: { outcome: 'complete', detail: '{}' } }].map((more) => ({
    input: { ...WAITING_STATE, obstacle: 'LOGS_NOT_SAVED', ...more },
    context: context(INPUTS[0], elapsed),
  })),
]);

const ENDED = { executionArn: 'arn', name: 'ds-9--2', status: 'ABORTED', error: null };
const INTERRUPTIONS = [
  ENDED,
  { ...ENDED, input: null },
  ...INPUTS.map((input) => ({ ...ENDED, input: JSON.stringify(input) })),
].map((input) => ({ input, context: context(input, 60) }));

const ROW = {
  outcome: 'complete',
  detailType: 'Notification Delivery Complete',
  detail: JSON.stringify({
    metadata: { id: 'arn', version: '1', correlationId: 'c-1' },
    data: {
      requestId: 'ds-1',
      status: 'SUCCESS',
      counts: { total: 1, delivered: 1, failed: 0 },
      channels: ['ivr'],
      durationSeconds: 11,
      deliveryLog: { tableArn: 'arn', partitionKey: 'ds-1' },
    },
  }),
};
const FINAL_EVENTS = [
  ROW,
  { ...ROW, outcome: 'timed-out' },
  {
    ...ROW,
    outcome: 'failed',
    detail: '{"metadata":{"id":"arn"},"data":{"requestId":"ds-1","channels":[]}}',
  },
  { ...ROW, detail: ROW.detail.replace('["ivr"]', '["email","ivr"]') },
].map((input) => ({ input, context: context(INPUTS[0], 60) }));

describe.each([
  ['Check failed', stateMachine, FAILED_CHECKS],
  ['Read final event', stateMachine, FINAL_EVENTS],
  ['Describe interruption', reporter, INTERRUPTIONS],
])('%s', (name, machine, worlds) => {
  const state = stateOf(name, machine);
  // Each would draw its own number.
  const expression = state.Output.replace(/^\{%|%\}$/g, '').replace('$random()', '0.25');
  const toNpm = async () => {
    const values = await Promise.all(worlds.map(outputOf({ ...state, Output: `{%${expression}%}` })));
    return values.map((value) => ({ value }));
  };
  const toJava = (expression: string) => evaluateJsonata(worlds.map((states) => ({ expression, states })));

  it('means the same to both', async () => {
    expect(toJava(expression)).toEqual(await toNpm());
  });

  it('would not if it were another, by a word or by a number', async () => {
    const words = expression.replace(/'version': '1'|'outcome': \$row.outcome/, "'other': '2'");
    const numbers = expression.replace(/\b(1000|86400)\b/, '1001').replace(/7776000/, '7776001');

    expect(toJava(words)).not.toEqual(await toNpm());
    expect(toJava(numbers)).not.toEqual(await toNpm());
  });
});

function stateOf(name: string, { definition }: DeployedStateMachine): JsonataState {
  return JSON.parse(definition).States[name];
}
