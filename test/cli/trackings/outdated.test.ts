/** The command that says whether an earlier definition of the state machine is still in use. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { latestEnd } from '../../../cli/tracker/executions/latest-end.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const BEGIN = Date.UTC(2026, 10, 23, 20, 0, 0);

/** As the state `Check failed` says it. */
const definition = (deadlineSeconds: number, overtimeSeconds = 3_600) =>
  `$toMillis($states.context.Execution.StartTime) + ${deadlineSeconds * 1000}; $isUnsafe ? ${overtimeSeconds} : 300`;

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(() => {
  line.aws.executions.clear();
  line.aws.campaigns.clear();
  line.aws.definitions.splice(0);
  line.aws.operations.length = 0;
});

/** Updates the state machine. */
function updates(at: number, text = definition(86_400)): void {
  line.aws.definitions.push({ text, updatedAt: at });
}

function runs(name: string, startedAt: number, ofDefinition: number, status = 'RUNNING'): void {
  line.aws.executions.set(name, { status, startedAt, definition: ofDefinition });
}

/** One every ten seconds. */
function manyRun(count: number, outdated: number): void {
  const startOf = (index: number) => BEGIN + index * 10 * SECOND;
  updates(BEGIN - HOUR);
  updates(startOf(outdated) - 5 * SECOND);
  for (let index = 0; index < count; index += 1) {
    runs(`ds-${index}`, startOf(index), index < outdated ? 0 : 1);
  }
}

const askedFor = () =>
  line.aws.operations.filter((operation) => operation === 'DescribeStateMachineForExecution').length;

describe('outdated', () => {
  it('counts running trackings with an earlier definition, and says when the last of them ends', async () => {
    updates(BEGIN - HOUR);
    updates(BEGIN + HOUR);
    runs('ds-ended', BEGIN, 0, 'SUCCEEDED');
    runs('ds-1', BEGIN, 0);
    runs('ds-2', BEGIN + 60 * SECOND, 0);
    runs('ds-3', BEGIN + 2 * HOUR, 1);

    const { status, stdout } = await line.run('outdated');

    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'Of 3 running trackings, 2 have an earlier definition.',
        'The last of them was started at 2026-11-23 20:01:00Z. All of them end by 2026-11-24 21:01:00Z at the latest.',
        '',
      ].join('\n'),
    );
  });

  it('counts campaigns too, and names no time where one of them has a deadline of its own', async () => {
    const ofCampaigns = definition(86_400).replaceAll(/\d+/g, '$seconds');
    updates(BEGIN - HOUR);
    for (const hours of [1, 2]) updates(BEGIN + hours * HOUR, ofCampaigns);
    runs('ds-1', BEGIN, 0);
    line.aws.campaigns.set('spring', { status: 'RUNNING', startedAt: BEGIN + 1.5 * HOUR, definition: 1 });

    const { stdout } = await line.run('outdated');

    expect(stdout).toBe(
      [
        'Of 2 running trackings, 2 have an earlier definition.',
        'The last of them was started at 2026-11-23 21:30:00Z. Each ends at most an hour after its deadline.',
        '',
      ].join('\n'),
    );
  });

  it('has a document for machines', async () => {
    updates(BEGIN - HOUR);
    updates(BEGIN + HOUR);
    runs('ds-1', BEGIN, 0);

    const { document } = await line.run('outdated', '--json');

    expect(document).toEqual({
      running: 1,
      outdated: 1,
      lastStartedAt: '2026-11-23T20:00:00.000Z',
      lastEndsBy: '2026-11-24T21:00:00.000Z',
    });
  });

  it('finds none where all were started after the last deployment', async () => {
    updates(BEGIN - 2 * HOUR);
    updates(BEGIN - HOUR);
    runs('ds-1', BEGIN, 1);

    const { stdout } = await line.run('outdated');
    const { document } = await line.run('outdated', '--json');

    expect(stdout).toBe('Of 1 running tracking, none has an earlier definition.\n');
    expect(document).toEqual({ running: 1, outdated: 0 });
  });

  it('finds none where the state machine was never updated', async () => {
    updates(BEGIN - HOUR);
    runs('ds-1', BEGIN, 0);

    expect((await line.run('outdated', '--json')).document).toEqual({ running: 1, outdated: 0 });
  });

  it('says so where no tracking runs', async () => {
    updates(BEGIN);

    const { status, stdout } = await line.run('outdated');

    expect([status, stdout]).toEqual([0, 'No tracking runs.\n']);
    expect(askedFor()).toBe(0);
  });

  it.each([0, 1, 2, 499, 998, 999, 1_000])(
    'finds %i of 1,000 by asking for the definitions of 13 at most',
    async (outdated) => {
      manyRun(1_000, outdated);

      const { document } = await line.run('outdated', '--json');

      expect(document).toMatchObject({ running: 1_000, outdated });
      expect(askedFor()).toBeLessThanOrEqual(13);
    },
  );

  it('counts those of several earlier deployments', async () => {
    for (const hours of [0, 1, 2]) updates(BEGIN + hours * HOUR);
    for (const hours of [0, 1, 2]) runs(`ds-${hours}`, BEGIN + (hours + 0.5) * HOUR, hours);

    const { document } = await line.run('outdated', '--json');

    expect(document).toMatchObject({ outdated: 2, lastStartedAt: '2026-11-23T21:30:00.000Z' });
  });

  it('goes by the longest deadline, whichever deployment had it', async () => {
    updates(BEGIN - HOUR, definition(7 * 86_400));
    updates(BEGIN + HOUR);
    updates(BEGIN + 2 * HOUR);
    runs('ds-long', BEGIN, 0);
    runs('ds-short', BEGIN + 1.5 * HOUR, 1);

    const { document } = await line.run('outdated', '--json');

    expect(Date.parse(document.lastEndsBy)).toBe(BEGIN + 7 * 24 * HOUR + HOUR);
  });

  it('asks for 100 of those that were started during an update, and counts the rest', async () => {
    updates(BEGIN - HOUR);
    updates(BEGIN);
    for (let index = 0; index < 300; index += 1) runs(`ds-${index}`, BEGIN + 10 * index, 1);

    const { document } = await line.run('outdated', '--json');

    expect(document).toMatchObject({ running: 300, outdated: 200 });
    expect(askedFor()).toBeLessThanOrEqual(120);
  });

  it('is exact where Step Functions started some with the earlier definition just after an update', async () => {
    updates(BEGIN - HOUR);
    updates(BEGIN);
    const definitions = [0, 1, 0, 1, 1, 0, 1];
    for (const [index, ofDefinition] of definitions.entries()) {
      runs(`ds-${index}`, BEGIN + (index - 0.5) * SECOND, ofDefinition);
    }
    for (let index = 0; index < 20; index += 1) runs(`ds-later-${index}`, BEGIN + HOUR + index, 1);

    const { document } = await line.run('outdated', '--json');

    expect(document).toMatchObject({
      running: 27,
      outdated: 3,
      lastStartedAt: '2026-11-23T20:00:04.500Z',
    });
  });

  it.each([
    ['that of the latest deployment, which its checks hold', 600, 7_200, 7_200 + 3_600],
    ['its own, which holds where checks fail', 7_200, 600, 7_200 + 3_600],
  ])('takes the later of two deadlines: %s', async (_, own, latest, seconds) => {
    updates(BEGIN - HOUR, definition(own, Math.min(own, 3_600)));
    updates(BEGIN + SECOND, definition(latest, Math.min(latest, 3_600)));
    runs('ds-1', BEGIN, 0);

    const { document } = await line.run('outdated', '--json');

    expect(Date.parse(document.lastEndsBy)).toBe(BEGIN + seconds * SECOND);
  });

  it('names no time where no definition has one', async () => {
    updates(BEGIN - HOUR, '{}');
    updates(BEGIN + SECOND, '{}');
    runs('ds-1', BEGIN, 0);

    const { stdout } = await line.run('outdated');

    expect(stdout).toContain('Each ends at most an hour after its deadline.');
  });

  it('says which permission it lacks', async () => {
    line.aws.refuse('DescribeStateMachine', 'AccessDeniedException');
    const { status, stderr } = await line.run('outdated');
    line.aws.refuse('DescribeStateMachine');

    expect(status).toBe(6);
    expect(stderr).toContain('states:DescribeStateMachine');
  });
});

describe('the latest end', () => {
  const startedAt = new Date(BEGIN);

  it('is in the definition that is deployed', () => {
    const { stateMachine } = readDeployment(inject('assembly'), 'DeliveryTracker');

    expect(latestEnd(startedAt, [{ revision: undefined, text: stateMachine.definition }])).toBe(
      BEGIN + 25 * HOUR,
    );
  });

  const releases = join(import.meta.dirname, '..', '..', 'releases');
  it.each(readdirSync(releases).filter((release) => release !== '0.1.0'))(
    'is in the definition of %s',
    (release) => {
      const text = readFileSync(join(releases, release, 'definition.json'), 'utf8');

      expect(latestEnd(startedAt, [{ revision: undefined, text }])).toBeGreaterThan(BEGIN);
    },
  );
});
