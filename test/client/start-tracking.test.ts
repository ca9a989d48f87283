import { describe, expect, it } from 'vitest';
import { startTracking } from '../../client/start-tracking.ts';
import { failing, stepFunctions } from './step-functions.ts';

const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:tracking';
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:tracking:ds-1';
const INPUT = { requestId: 'ds-1', streamId: 'st-1', recipients: 250 };

const started = () => ({ executionArn: EXECUTION, startDate: new Date() });

describe('starting a tracking', () => {
  it('names the execution by the request id, so that a second start does not track twice', async () => {
    const { client, sent } = stepFunctions(started);

    const tracking = await startTracking(client, STATE_MACHINE, INPUT);

    expect(sent).toEqual([{ stateMachineArn: STATE_MACHINE, name: 'ds-1', input: JSON.stringify(INPUT) }]);
    expect(tracking).toEqual({ executionArn: EXECUTION, alreadyTracked: false });
  });

  it('tells the tracker which campaign the notification belongs to', async () => {
    const { client, sent } = stepFunctions(started);

    await startTracking(client, STATE_MACHINE, { ...INPUT, campaignId: 'spring-2026' });

    const [{ input = '' } = {}] = sent as { input?: string }[];
    expect(JSON.parse(input)).toEqual({ ...INPUT, campaignId: 'spring-2026' });
  });

  it('names a later attempt by its number', async () => {
    const { client, sent } = stepFunctions(started);

    await startTracking(client, STATE_MACHINE, INPUT, 2);

    expect(sent).toMatchObject([{ name: 'ds-1--2' }]);
  });

  it('tells that an execution runs already', async () => {
    const { client } = stepFunctions(() => ({ executionArn: EXECUTION, startDate: new Date(0) }));

    expect(await startTracking(client, STATE_MACHINE, INPUT)).toMatchObject({ alreadyTracked: true });
  });

  it('tells that an execution has ended already', async () => {
    const { client } = stepFunctions(failing('ExecutionAlreadyExists'));

    expect(await startTracking(client, STATE_MACHINE, INPUT)).toEqual({
      executionArn: EXECUTION,
      alreadyTracked: true,
    });
  });

  it('passes on what else goes wrong', async () => {
    const { client } = stepFunctions(failing('AccessDeniedException'));

    await expect(startTracking(client, STATE_MACHINE, INPUT)).rejects.toThrow('AccessDeniedException');
  });

  it.each([
    ['requestId', { ...INPUT, requestId: '../users' }],
    ['streamId', { ...INPUT, streamId: 'jane doe' }],
    ['recipients', { ...INPUT, recipients: 0.5 }],
    ['campaignId', { ...INPUT, campaignId: 'spring 2026' }],
    ['correlationId', { ...INPUT, correlationId: 'jane.doe@example.com' }],
  ])('refuses a wrong %s before anything is sent', async (field, input) => {
    const { client, sent } = stepFunctions(started);

    await expect(startTracking(client, STATE_MACHINE, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field,
    });
    expect(sent).toEqual([]);
  });
});
