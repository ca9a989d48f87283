/** `dead-letters forward`. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';
import { arnOf, deadLetter, EVENT, type QueueOnLoopback, queueOnLoopback } from './queue-on-loopback.ts';

let line: CommandLine;
let queue: QueueOnLoopback;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(() => {
  queue = queueOnLoopback(line);
  line.aws.executions.clear();
  line.aws.operations.length = 0;
});

const forward = (...options: string[]) => line.run('dead-letters', 'forward', ...options);
const body = JSON.stringify(EVENT);

describe('an event is sent to the target that did not take it, and then deleted', () => {
  it.each([
    ['a queue', arnOf.sqs, { operation: 'SendMessage', MessageBody: body }],
    ['a topic', arnOf.sns, { operation: 'Publish', TopicArn: arnOf.sns, Message: body }],
    ['a function', arnOf.lambda, { operation: 'Invoke', body }],
  ])('%s', async (_, TARGET_ARN, sent) => {
    queue.put(deadLetter('1', { TARGET_ARN }));

    const { status, stdout } = await forward('--yes');

    expect(status).toBe(0);
    expect(queue.sent).toEqual([expect.objectContaining(sent)]);
    expect(queue.left()).toEqual([]);
    expect(stdout).toContain('1 forwarded, 0 kept.');
  });

  it('a state machine', async () => {
    queue.put(deadLetter('1', { TARGET_ARN: arnOf.states }));

    await forward('--yes');

    expect([...line.aws.executions.values()].map(({ input }) => input)).toEqual([body]);
    expect(queue.left()).toEqual([]);
  });

  it('a queue that is first in, first out, with the group of the rule', async () => {
    queue.targets = [{ Id: '1', Arn: arnOf.sqs, SqsParameters: { MessageGroupId: 'all' } }];
    queue.put(deadLetter('1'));

    await forward('--yes');

    expect(queue.sent).toEqual([expect.objectContaining({ MessageGroupId: 'all' })]);
  });
});

describe('what a target gets is what its rule gives it', () => {
  it.each([
    ['a part of the event', { InputPath: '$.detail' }, EVENT, JSON.stringify(EVENT.detail)],
    ['a text of the rule', { Input: '"fixed"' }, EVENT, '"fixed"'],
    [
      'the event as the rule had changed it already',
      { InputPath: '$.detail' },
      EVENT.detail,
      JSON.stringify(EVENT.detail),
    ],
  ])('%s', async (_, input, event, expected) => {
    queue.targets = [{ Id: '1', Arn: arnOf.sqs, ...input }];
    queue.put(deadLetter('1', {}, event));

    await forward('--yes');

    expect(queue.sent).toEqual([expect.objectContaining({ MessageBody: expected })]);
  });
});

describe('a message is kept', () => {
  it.each([
    ['NOT_OF_A_RULE', () => queue.put({ MessageId: '1', Body: body })],
    ['RULE_GONE', () => (queue.targets = undefined)],
    ['TARGET_GONE', () => (queue.targets = [])],
    ['TARGET_NOT_SUPPORTED', () => queue.put(deadLetter('1', { TARGET_ARN: arnOf.bus }))],
    ['INPUT_TRANSFORMED', () => (queue.targets = [{ Id: '1', Arn: arnOf.sqs, InputTransformer: {} }])],
    ['INPUT_TRANSFORMED', () => (queue.targets = [{ Id: '1', Arn: arnOf.sqs, InputPath: '$.detail[0]' }])],
  ])('with %s', async (code, plant) => {
    queue.put(deadLetter('1'));
    plant();

    const { status, document } = await forward('--yes', '--json');

    expect(status).toBe(1);
    expect(document).toMatchObject({ forwarded: 0, kept: 1, deadLetters: [{ kept: code }] });
    expect([queue.sent, queue.left(), queue.hidden()]).toEqual([[], ['1'], []]);
  });

  it('if its target still does not take it, and the others are forwarded', async () => {
    queue.put(deadLetter('1'));
    queue.put(deadLetter('2', { TARGET_ARN: arnOf.sns }));
    line.aws.others.set('SendMessage', () => ({ error: 'AccessDeniedException' }));

    const { status, stdout } = await forward('--yes');

    expect(status).toBe(1);
    expect(stdout).toContain('kept: NOT_PERMITTED');
    expect(stdout).toContain('These credentials may not call sqs:SendMessage.');
    expect(stdout).toContain('1 forwarded, 1 kept.');
    expect([queue.left(), queue.hidden()]).toEqual([['1'], []]);
  });

  it('says that it was sent where it cannot be deleted', async () => {
    queue.put(deadLetter('1'));
    line.aws.others.set('DeleteMessage', () => ({ error: 'AccessDeniedException' }));

    const { status, stdout } = await forward('--yes');

    expect(status).toBe(1);
    expect(stdout).toContain('It was sent, and would be sent again.');
  });
});

describe('nothing is sent', () => {
  it('in a dry run, which says what would be', async () => {
    queue.put(deadLetter('1'));
    queue.put(deadLetter('2', { TARGET_ARN: arnOf.bus }));

    const { status, stdout } = await forward('--dry-run');

    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'since                 event                         about  target                   would be',
      '2026-11-26 03:00:00Z  Notification Tracking Failed  ds-1   sqs FollowUp             forwarded',
      '2026-11-26 03:00:00Z  Notification Tracking Failed  ds-1   events event-bus/Others  kept: TARGET_NOT_SUPPORTED',
      'TARGET_NOT_SUPPORTED: This command sends to queues, topics, functions and state machines.',
      '1 would be forwarded. Nothing was sent.',
      '',
    ]);
    expect([queue.sent, queue.left(), queue.hidden()]).toEqual([[], ['1', '2'], []]);
  });

  it('if the operator says no, who was told how many', async () => {
    queue.put(deadLetter('1'));
    let asked = '';
    const onQuestion = (question: string) => {
      asked = question;
    };

    const ran = await line.runIn({ answer: false, onQuestion }, 'dead-letters', 'forward');

    expect(ran).toMatchObject({ status: 5, code: 'NOT_CONFIRMED' });
    expect(asked).toBe('Send 1 event again, each to its target alone?');
    expect([queue.sent, queue.left(), queue.hidden()]).toEqual([[], ['1'], []]);
  });

  it('after Ctrl-C at the question, and the messages are seen again at once', async () => {
    queue.put(deadLetter('1'));
    const interruption = new AbortController();
    const onQuestion = () => interruption.abort();

    const ran = await line.runIn(
      { answer: true, onQuestion, interrupted: interruption.signal },
      ...['dead-letters', 'forward'],
    );

    expect(ran).toMatchObject({ status: 130, code: 'INTERRUPTED' });
    expect([queue.sent, queue.left(), queue.hidden()]).toEqual([[], ['1'], []]);
  });

  it('without --yes where there is no terminal', async () => {
    expect(await forward()).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
    expect(line.aws.operations).toEqual([]);
  });

  it('if there is nothing', async () => {
    expect(await forward('--yes')).toMatchObject({ status: 0, stdout: 'No dead letters.\n' });
  });
});

it('finishes at Ctrl-C what is being sent, so that it is not sent again, and gives back the rest', async () => {
  for (let number = 1; number <= 40; number += 1) queue.put(deadLetter(String(number)));
  const interruption = new AbortController();
  line.aws.beforeNext('SendMessage', () => interruption.abort());

  const { status, document } = await line.runIn(
    { interrupted: interruption.signal },
    ...['dead-letters', 'forward', '--yes', '--json'],
  );

  expect(status).toBe(130);
  expect(document.forwarded).toBe(queue.sent.length);
  expect(queue.left()).toHaveLength(40 - queue.sent.length);
  expect([queue.left().length > 0, queue.hidden()]).toEqual([true, []]);
});

it('sends nothing that others may have taken while it waited for an answer', async () => {
  queue.put(deadLetter('1'));
  const surroundings = {
    answer: true,
    now: 0,
    onQuestion: () => Object.assign(surroundings, { now: 300_000 }),
  };

  const { status, document } = await line.runIn(surroundings, 'dead-letters', 'forward', '--json');

  expect(status).toBe(1);
  expect(document.deadLetters).toMatchObject([{ kept: 'NO_LONGER_HELD' }]);
  expect([queue.sent, queue.left()]).toEqual([[], ['1']]);
});

it('says that the target is gone, and not the tracker', async () => {
  queue.put(deadLetter('1', { TARGET_ARN: arnOf.states }));
  line.aws.refuse('StartExecution', 'StateMachineDoesNotExist');

  const { document } = await forward('--yes', '--json');
  line.aws.refuse('StartExecution');

  expect(document.deadLetters).toMatchObject([{ kept: 'TARGET_GONE' }]);
});

it('sends nothing where the rule has the target twice, with two texts', async () => {
  queue.targets = ['1', '2'].map((Id) => ({ Id, Arn: arnOf.sqs, Input: `"${Id}"` }));
  queue.put(deadLetter('1'));

  const { document } = await forward('--yes', '--json');

  expect(document.deadLetters).toMatchObject([{ kept: 'INPUT_TRANSFORMED' }]);
  expect(queue.sent).toEqual([]);
});

it('says each reason for which messages are kept', async () => {
  queue.put(deadLetter('1'));
  queue.put(deadLetter('2', { TARGET_ARN: arnOf.states }));
  line.aws.others.set('SendMessage', () => ({ error: 'AccessDeniedException' }));
  line.aws.refuse('StartExecution', 'AccessDeniedException');

  const { stdout } = await forward('--yes');
  line.aws.refuse('StartExecution');

  expect(stdout).toContain('may not call sqs:SendMessage.');
  expect(stdout).toContain('may not call states:StartExecution.');
});

it('asks for a rule on the bus of another account by the ARN of the bus', async () => {
  const RULE_ARN = 'arn:aws:events:us-east-1:111111111111:rule/Events/Theirs';
  const asked: unknown[] = [];
  line.aws.others.set('ListTargetsByRule', (request) => {
    asked.push(request);
    return { Targets: [] };
  });
  queue.put(deadLetter('1', { RULE_ARN }));

  await forward('--dry-run');

  expect(asked).toEqual([
    { Rule: 'Theirs', EventBusName: 'arn:aws:events:us-east-1:111111111111:event-bus/Events' },
  ]);
});
