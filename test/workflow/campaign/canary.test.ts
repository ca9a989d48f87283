/** Nobody's address is in what a campaign leaves behind: not in its states, events, logs or rows. */
import { expect, it } from 'vitest';
import { entry, says } from '../tracking-harness.ts';
import { CANARIES, encodingsIn } from '../written/canary.ts';
import { CAMPAIGN, campaignWorld, koreOf } from './campaign-harness.ts';

const TEXTS = CANARIES.map(({ text }) => text);
const LOGS = TEXTS.map((text, index) => ({
  ...entry(index, index % 2 === 0 ? 'SUCCESS' : 'FAILURE'),
  ...{ _id: text, originalId: text, channel: text, comments: text, [text]: text },
}));
const owners = Object.fromEntries(TEXTS.map((text) => [text, text]));

it('an address that Kore writes in a notification, or a workload in the input, stays out of all', async () => {
  const kore = await koreOf({ 'ds-1': (_, response) => says(response, 'PARTIAL_SUCCESS', LOGS) });
  const world = await campaignWorld({ kore });
  world.track('ds-1');
  const lost = await world.stopAtOnce('ds-2', owners);

  const { execution, checks, end } = await world.follow({
    ...owners,
    campaignId: CAMPAIGN,
    notifications: 2,
    deadlineSeconds: 600,
  });

  const { events, logLines } = world.aws;
  const rows = [await world.row(), await world.finalEventOf(execution)];
  const summaries = [await world.summaryOf('ds-1'), await world.summaryOf('ds-2')];
  expect(rows).toMatchObject([{ outcome: 'complete' }, { outcome: 'complete' }]);
  expect(summaries).toMatchObject([{ outcome: 'complete' }, { outcome: 'failed' }]);
  expect(await world.finalEventOf(lost)).toBeUndefined();
  expect(encodingsIn([events, logLines, checks, end, rows, summaries])).toEqual([]);
});

it.each([
  ['the campaign id', (text: string) => ({ campaignId: text, notifications: 1 })],
  ['the number of notifications', (text: string) => ({ campaignId: CAMPAIGN, notifications: text })],
  ['the name of a field', (text: string) => ({ [text]: CAMPAIGN })],
  ['the whole input', (text: string) => text],
])('an address in the place of %s is in nothing that is said of the refused campaign', async (_, inputOf) => {
  const world = await campaignWorld();
  const [plain = '', , third = ''] = TEXTS;

  const followed = [
    await world.follow(inputOf(plain), { name: 'one' }),
    await world.follow(inputOf(third), { name: 'two' }),
  ];
  await world.report(followed[0]?.execution as never, 'campaign', inputOf(plain));

  const { events, logLines } = world.aws;
  expect(events).toHaveLength(3);
  const rows = [await world.row()];
  for (const { execution } of followed) rows.push(await world.finalEventOf(execution));
  const left = followed.map(({ checks, end }) => [checks, end]);
  expect(encodingsIn([events, logLines, left, rows])).toEqual([]);
});
