/** `dead-letters list`. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { HOSTILE, obeyedIn } from '../../hostile-text.ts';
import { type CommandLine, commandLine } from '../command-line.ts';
import { arnOf, deadLetter, type QueueOnLoopback, queueOnLoopback } from './queue-on-loopback.ts';

let line: CommandLine;
let queue: QueueOnLoopback;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(() => {
  queue = queueOnLoopback(line);
});

const list = (...options: string[]) => line.run('dead-letters', 'list', ...options);

it('says which events are there, for which target and why, and leaves them there', async () => {
  queue.put(deadLetter('1'));

  const { status, stdout } = await list();

  expect(status).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'since                 event                         about  target        error',
    '2026-11-26 03:00:00Z  Notification Tracking Failed  ds-1   sqs FollowUp  NO_PERMISSIONS: Access was denied.',
    'Once the targets are mended: npx delivery-tracker dead-letters forward --dry-run',
    '',
  ]);
  expect([queue.left(), queue.hidden()]).toEqual([['1'], []]);
});

it('reads all of them, ten at a time, each once', async () => {
  for (let number = 1; number <= 25; number += 1) queue.put(deadLetter(String(number)));

  const { document } = await list('--json');

  expect(document.more).toBe(false);
  expect(new Set(document.deadLetters.map(({ messageId }: { messageId: string }) => messageId)).size).toBe(
    25,
  );
  expect(queue.hidden()).toEqual([]);
});

it('is a whole document for machines, without the event itself', async () => {
  queue.put(deadLetter('1'));

  const { document } = await list('--json');
  const { stdout: csv } = await list('--output', 'csv');

  expect(document.deadLetters[0]).toEqual({
    ...{ messageId: '1', since: '2026-11-26T03:00:00.000Z' },
    ...{ event: 'Notification Tracking Failed', about: 'ds-1' },
    ...{ ruleArn: expect.any(String), targetArn: arnOf.sqs, retries: '0' },
    ...{ errorCode: 'NO_PERMISSIONS', errorMessage: 'Access was denied.' },
  });
  expect(csv.split('\r\n')[1]).toContain(`Notification Tracking Failed,ds-1,${arnOf.sqs}`);
});

it.each([
  [
    'the execution that Step Functions tells of',
    { 'detail-type': 'x', detail: { name: 'ds-1--2' } },
    'ds-1--2',
  ],
  ['the same, of what the rule made of it', { name: 'ds-1--2' }, 'ds-1--2'],
  ['the campaign', { 'detail-type': 'x', detail: { data: { campaignId: 'spring' } } }, 'spring'],
  ['nothing, in a text of others', 'no event', undefined],
])('names what the event is about: %s', async (_, body, about) => {
  queue.put(deadLetter('1', {}, body));

  const { document } = await list('--json');

  expect(document.deadLetters[0].about).toBe(about);
});

it('shows a message that EventBridge did not put there', async () => {
  queue.put({ MessageId: '1', Body: 'by hand', Attributes: { SentTimestamp: '1795662000000' } });

  expect((await list()).stdout).toContain('2026-11-26 03:00:00Z\n');
});

it.each(['DescribeStacks', 'ReceiveMessage'])(
  'ends at Ctrl-C during %s, and hides none',
  async (operation) => {
    queue.put(deadLetter('1'));
    const interruption = new AbortController();
    line.aws.beforeNext(operation, () => interruption.abort());

    const ran = await line.runIn({ interrupted: interruption.signal }, 'dead-letters', 'list');

    expect(ran).toMatchObject({ status: 130, code: 'INTERRUPTED', stdout: '' });
    expect([queue.left(), queue.hidden()]).toEqual([['1'], []]);
  },
);

it('gives back what it has taken where it fails', async () => {
  for (let number = 1; number <= 11; number += 1) queue.put(deadLetter(String(number)));
  const receive = line.aws.others.get('ReceiveMessage');
  line.aws.others.set('ReceiveMessage', (request) =>
    queue.hidden().length > 0 ? { error: 'AccessDeniedException' } : (receive?.(request) ?? {}),
  );

  expect((await list()).code).toBe('NOT_PERMITTED');
  expect(queue.hidden()).toEqual([]);
});

it('says that there are none', async () => {
  expect(await list()).toMatchObject({ status: 0, stdout: 'No dead letters.\n' });
});

it('keeps texts of others off the terminal, and addresses out of errors', async () => {
  const error = `${HOSTILE} jane@example.com`;
  queue.put(
    deadLetter('1', { ERROR_CODE: HOSTILE, ERROR_MESSAGE: error, TARGET_ARN: HOSTILE }, { name: HOSTILE }),
  );

  const printed = [await list(), await list('--json'), await list('--output', 'csv')];

  expect(printed.flatMap(({ stdout }) => obeyedIn(stdout.replaceAll('\r\n', '\n')))).toEqual([]);
  expect(printed.filter(({ stdout }) => stdout.includes('jane@'))).toEqual([]);
});

it('names the action that is not allowed', async () => {
  line.aws.others.set('ReceiveMessage', () => ({ error: 'AccessDeniedException' }));

  const { status, code, stderr } = await list();

  expect([status, code]).toEqual([6, 'NOT_PERMITTED']);
  expect(stderr).toContain('sqs:ReceiveMessage');
});

it('needs a tracker that names its queue', async () => {
  line.aws.stacks.set('Earlier', [JSON.stringify({ ...line.tracker, deadLetterQueueUrl: undefined })]);

  const { status, code, stderr } = await list('--stack', 'Earlier');
  line.aws.stacks.delete('Earlier');

  expect([status, code]).toEqual([4, 'TRACKER_TOO_OLD']);
  expect(stderr).toContain('does not name its dead-letter queue. Deploy its stack again');
});
