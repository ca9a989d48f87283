/** What a tracking would refuse at its start is refused before it is started. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import { parseInvocation } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { type CommandLine, commandLine } from '../command-line.ts';
import { ended, NOW } from '../delivered.ts';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(() => {
  line.aws.executions.clear();
  line.aws.campaigns.clear();
  line.aws.operations.length = 0;
  describes({ apiScope: 'app-builder' });
});

function describes(changes: Partial<TrackerDescription>): void {
  line.aws.stacks.set('DeliveryTracker', [JSON.stringify({ ...line.tracker, ...changes })]);
}
const nothingStarted = () => expect(line.aws.operations).not.toContain('StartExecution');

describe('a notification without a bot', () => {
  it.each([[[]], [['--dry-run']], [['--watch']]])('is refused, with %j', async (options) => {
    const ran = await line.run('start', 'ds-1', ...options);

    expect(ran).toMatchObject({ status: 2, code: 'STREAM_ID_MISSING', stdout: '' });
    expect(ran.stderr).toContain('the tracker Tracker has no default. Add --stream-id st-…');
    nothingStarted();
  });

  it.each([
    ['names it', {}, ['--stream-id', 'st-1']],
    ['has a default', { defaultStreamId: 'st-1' }, []],
    ['has a scope that needs none', { apiScope: 'admin-console' as const }, []],
    ['is of a release that does not say its scope', { apiScope: undefined }, []],
  ])('is started where the command or the tracker %s', async (_, changes, options) => {
    describes({ apiScope: 'app-builder', ...changes });

    expect(await line.run('start', 'ds-1', ...options)).toMatchObject({ status: 0 });
    expect([...line.aws.executions.keys()]).toEqual(['ds-1']);
  });

  it.each([[[]], [['--dry-run']], [['--campaign', 'spring-2027']]])(
    'is named where it is in a file, of which nothing is started, with %j',
    async (options) => {
      const ran = await line.runIn(
        { input: 'ds-1\nds-2,st-2\nds-3\n' },
        ...['start', '--from-file', '-', ...options],
      );

      expect(ran).toMatchObject({ status: 2, code: 'STREAM_ID_MISSING', stdout: '' });
      expect(ran.stderr).toContain('2 of 3 notifications name no bot');
      expect(ran.stderr).toContain('ds-1, ds-3.');
      nothingStarted();
    },
  );

  it('is shown where it is tracked already', async () => {
    line.aws.executions.set('ds-1', { status: 'RUNNING', startedAt: 0, input: '{"requestId":"ds-1"}' });

    expect((await line.run('start', 'ds-1')).stdout).toContain('ds-1 is tracked already');
  });

  it('is not tracked again until it has one', async () => {
    const input = '{"requestId":"ds-1"}';
    line.aws.executions.set('ds-1', { status: 'FAILED', startedAt: 0, endedAt: 1, input });

    expect(await line.run('retrack', 'ds-1')).toMatchObject({ status: 2, code: 'STREAM_ID_MISSING' });
    nothingStarted();
    expect(await line.run('retrack', 'ds-1', '--stream-id', 'st-1')).toMatchObject({ status: 0 });
  });

  it('of a campaign is not tracked again either', async () => {
    await ended(line, 'ds-1', { campaignId: 'spring-2027', outcome: 'failed', streamId: undefined });

    const { status, document } = await line.runIn(
      { now: NOW },
      ...['retrack', '--campaign', 'spring-2027', '--failed', '--json'],
    );

    expect([status, document.failures[0].code]).toEqual([1, 'STREAM_ID_MISSING']);
    nothingStarted();
  });
});

/** Fields of an input, and whether they can be tracked. */
const INPUTS: readonly (readonly [fields: Readonly<Record<string, string>>, isTracked: boolean])[] = [
  [{}, true],
  [{ requestId: '../users' }, false],
  [{ requestId: 'ds-1--2' }, false],
  [{ requestId: 'd'.repeat(76) }, true],
  [{ requestId: 'd'.repeat(77) }, false],
  [{ streamId: 'st/1' }, false],
  [{ streamId: 's'.repeat(77) }, false],
  [{ recipients: '1' }, true],
  [{ recipients: '0' }, false],
  [{ recipients: '1.5' }, false],
  [{ recipients: String(2 ** 53) }, false],
  [{ campaignId: 'spring 2027' }, false],
  [{ correlationId: 'order 42' }, false],
  [{ correlationId: 'order-42' }, true],
];
const OPTIONS = {
  streamId: '--stream-id',
  recipients: '--recipients',
  campaignId: '--campaign',
  correlationId: '--correlation-id',
};
const ANY = { requestId: 'ds-1', streamId: 'st-1' };

describe.each(INPUTS)('with %j', (fields, isTracked) => {
  const { requestId, ...others } = { ...ANY, ...fields };

  it(`start ${isTracked ? 'accepts' : 'refuses'} what the function ${isTracked ? 'accepts' : 'refuses'}`, async () => {
    const options = Object.entries(others).flatMap(([name, value]) => [
      OPTIONS[name as keyof typeof OPTIONS],
      value,
    ]);
    const { recipients, ...texts } = { ...ANY, ...fields } as Record<string, string>;
    const input = { ...texts, ...(recipients !== undefined && { recipients: Number(recipients) }) };

    const ran = await line.run('start', requestId, ...options);

    const execution = { id: 'arn', name: requestId, startedAt: '2026-11-24T12:00:00Z' };
    const { tracking } = parseInvocation({ execution, state: input }, { apiScope: 'app-builder' });
    expect([tracking.valid, ran.status]).toEqual(isTracked ? [true, 0] : [false, 2]);
  });
});

describe('a campaign with more notifications than one may have', () => {
  it.each([[[]], [['--dry-run']]])('is refused, with %j', async (options) => {
    const input = Array.from({ length: 100_001 }, (_, index) => `ds-${index},st-1\n`).join('');

    const ran = await line.runIn({ input }, 'start', '--from-file', '-', '--campaign', 'huge', ...options);

    expect(ran).toMatchObject({ status: 2, code: 'INVALID_INPUT', stdout: '' });
    nothingStarted();
  });
});
