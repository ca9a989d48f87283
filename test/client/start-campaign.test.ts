import { describe, expect, it } from 'vitest';
import { startCampaign } from '../../client/start-campaign.ts';
import { failing, stepFunctions } from './step-functions.ts';

const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:campaigns';
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:campaigns:spring-2026';
const INPUT = { campaignId: 'spring-2026', notifications: 250 };

const started = () => ({ executionArn: EXECUTION, startDate: new Date() });
const taken = failing('ExecutionAlreadyExists');
const startedWith = (input: object) => () => ({ executionArn: EXECUTION, input: JSON.stringify(input) });

describe('starting a campaign', () => {
  it('names the execution by the campaign id, so that a second start does not track twice', async () => {
    const { client, sent } = stepFunctions(started);

    const campaign = await startCampaign(client, STATE_MACHINE, INPUT);

    expect(sent).toEqual([
      { stateMachineArn: STATE_MACHINE, name: 'spring-2026', input: JSON.stringify(INPUT) },
    ]);
    expect(campaign).toEqual({ executionArn: EXECUTION, alreadyTracked: false });
  });

  it('sends the same input for the same campaign, whatever its order and what else it holds', async () => {
    const { client, sent } = stepFunctions(started);
    const other = { later: true, deadlineSeconds: 3600, notifications: 250, campaignId: 'spring-2026' };

    await startCampaign(client, STATE_MACHINE, other);

    expect(sent).toMatchObject([{ input: JSON.stringify({ ...INPUT, deadlineSeconds: 3600 }) }]);
  });

  it('tells that the campaign runs already', async () => {
    const { client } = stepFunctions(() => ({ executionArn: EXECUTION, startDate: new Date(0) }));

    expect(await startCampaign(client, STATE_MACHINE, INPUT)).toEqual({
      executionArn: EXECUTION,
      alreadyTracked: true,
    });
  });

  it('tells that the same campaign was tracked before, by asking for its input', async () => {
    const { client, sent } = stepFunctions(taken, startedWith({ ...INPUT, later: true }));

    const campaign = await startCampaign(client, STATE_MACHINE, INPUT);

    expect(campaign).toEqual({ executionArn: EXECUTION, alreadyTracked: true });
    expect(sent[1]).toEqual({ executionArn: EXECUTION });
  });

  it('passes on what else goes wrong', async () => {
    const start = startCampaign(stepFunctions(failing('AccessDeniedException')).client, STATE_MACHINE, INPUT);
    const question = startCampaign(
      stepFunctions(taken, failing('AccessDeniedException')).client,
      STATE_MACHINE,
      INPUT,
    );

    await expect(start).rejects.toThrow('AccessDeniedException');
    await expect(question).rejects.toThrow('AccessDeniedException');
  });

  it.each([
    ['campaignId', { ...INPUT, campaignId: 'spring 2026' }],
    ['notifications', { ...INPUT, notifications: 0 }],
    ['notifications', { ...INPUT, notifications: 100_001 }],
    ['deadlineSeconds', { ...INPUT, deadlineSeconds: 0.5 }],
  ])('refuses a wrong %s before anything is sent', async (field, input) => {
    const { client, sent } = stepFunctions(started);

    await expect(startCampaign(client, STATE_MACHINE, input)).rejects.toMatchObject({
      name: 'InvalidCampaignInputError',
      code: 'INVALID_INPUT',
      field,
    });
    expect(sent).toEqual([]);
  });
});

describe('a campaign id that is taken', () => {
  it.each([
    [
      'another number',
      { ...INPUT, notifications: 300 },
      'tracked with 300 notifications, and this start has 250 notifications.',
    ],
    [
      'one notification',
      { ...INPUT, notifications: 1 },
      'tracked with 1 notification, and this start has 250 notifications.',
    ],
    [
      'another deadline',
      { ...INPUT, deadlineSeconds: 3600 },
      "tracked with 250 notifications and a deadline of 3600 s, and this start has 250 notifications and the tracker's own deadline.",
    ],
    [
      'an input that is not valid',
      { requestId: 'ds-1' },
      'tracked with an input that is not valid for a campaign',
    ],
  ])('by a campaign with %s is an error', async (_, tracked, sentence) => {
    const { client } = stepFunctions(taken, startedWith(tracked));

    const start = startCampaign(client, STATE_MACHINE, INPUT);

    await expect(start).rejects.toMatchObject({ code: 'CAMPAIGN_DIFFERS', given: INPUT });
    await expect(start).rejects.toThrow(sentence);
    await expect(start).rejects.toThrow('never used twice: choose another id');
  });

  it('by an execution without JSON is an error as well', async () => {
    const { client } = stepFunctions(taken, () => ({ input: 'broken' }));

    await expect(startCampaign(client, STATE_MACHINE, INPUT)).rejects.toMatchObject({
      code: 'CAMPAIGN_DIFFERS',
      tracked: undefined,
    });
  });
});
