/** The command line against the deployment: each command on a terminal, and with --json for machines. */
import assert from 'node:assert/strict';
import { course, oneInEight, RECIPIENTS, type Scenario, STREAM_ID, until, type World } from '../scenarios.ts';
import { runCommand, runJson, runOnTerminal } from './command-line.ts';

const ADDRESS = /recipient\.\d+@/;
const start = (requestId: string, ...options: string[]) => [
  'start',
  requestId,
  '--stream-id',
  STREAM_ID,
  '--recipients',
  String(RECIPIENTS),
  ...options,
];

function send(
  { kore }: World,
  requestId: string,
  changes: Parameters<typeof course>[0] = {},
  streamId = STREAM_ID,
) {
  kore.send({ requestId, streamId, recipients: RECIPIENTS, course: course(changes) });
}

async function ended({ account }: World, requestId: string, attempts = 1) {
  return until(async () => account.eventsOf(requestId).length === attempts && account.eventsOf(requestId));
}

export const CLI_SCENARIOS: readonly Scenario[] = [
  {
    name: 'delivery-tracker start --watch, watch, show',
    async run(world) {
      send(world, 'ds-cli-1', { durationSeconds: 8, fails: oneInEight });
      const watched = await runOnTerminal(...start('ds-cli-1', '--watch'));
      assert.equal(watched.status, 0);
      assert.match(watched.stdout, /check 1 +IN_PROGRESS +\d+ of 24(, \d+ failed)? +next \d/);
      assert.match(watched.stdout, /[█░]{20} \d+ %/);
      assert.match(watched.stdout, /next check (in|now)/);
      assert.match(watched.stdout, /delivery complete: PARTIAL_SUCCESS/);
      assert.doesNotMatch(watched.stdout, ADDRESS);

      const watchedAgain = await runOnTerminal('watch', 'ds-cli-1');
      assert.match(watchedAgain.stdout, /check 1 +IN_PROGRESS.*delivery complete: PARTIAL_SUCCESS/s);

      const again = await runOnTerminal(...start('ds-cli-1'));
      assert.equal(again.status, 0);
      assert.match(again.stdout, /ds-cli-1 is tracked already:\n.*delivery complete/);

      const shown = await runOnTerminal('show', 'ds-cli-1');
      assert.match(shown.stdout, /21 delivered, 3 failed, of 24/);
      assert.match(shown.stdout, /r…6@example.com #\d+ +ivr +The number is not reachable/);

      const { documents } = await runJson('show', 'ds-cli-1', '--show-addresses');
      assert.deepEqual(documents[0]?.counts, { total: 24, delivered: 21, failed: 3 });
      assert.equal(documents[0]?.failedRecipients[0].recipient, 'recipient.0006@example.com');
    },
  },
  {
    name: 'delivery-tracker start and watch, for a machine',
    async run(world) {
      send(world, 'ds-cli-2', { durationSeconds: 5 });
      const { documents: started } = await runJson(...start('ds-cli-2'));
      assert.deepEqual([started[0]?.type, started[0]?.started], ['start', true]);
      const { status, documents } = await runJson('watch', 'ds-cli-2', '--interval', '1');
      assert.equal(status, 0);
      assert.deepEqual(new Set(documents.map(({ type }) => type)), new Set(['check', 'end']));
      assert.equal(documents.at(-1)?.state, 'complete');
      const { documents: again } = await runJson(...start('ds-cli-2'));
      assert.deepEqual([again[0]?.started, again[0]?.state], [false, 'complete']);
    },
  },
  {
    name: 'delivery-tracker recipient, failures, forget',
    async run(world) {
      const address = 'recipient.0014@example.com';
      send(world, 'ds-cli-3', { durationSeconds: 1, fails: oneInEight });
      assert.equal((await runJson(...start('ds-cli-3', '--watch'))).status, 0);

      const recipient = await runOnTerminal('recipient', address, '--limit', '1000');
      assert.match(recipient.stdout, /ds-cli-3/);
      assert.doesNotMatch(recipient.stdout, ADDRESS);
      const failures = await runOnTerminal('failures', '--since', '24h', '--limit', '1000');
      assert.match(
        failures.stdout,
        /st-e2e +ds-cli-3 .*r…4@example.com #\d+ +The recipient did not answer the call/,
      );
      const { documents: failed } = await runJson('failures', '--since', '1h', '--stream-id', STREAM_ID);
      assert.ok(failed[0]?.failures.length > 0);
      assert.doesNotMatch(JSON.stringify(failed), ADDRESS);

      const unasked = await runJson('forget', address);
      assert.deepEqual([unasked.status, unasked.documents[0]?.error.code], [2, 'WRONG_USAGE']);
      const { status, documents: forgotten } = await runJson('forget', address, '--yes');
      assert.equal(status, 0);
      assert.ok(forgotten[0]?.notifications.includes('ds-cli-3'));
      const forget = await runOnTerminal('forget', address, '--yes');
      assert.match(forget.stdout, /What may still hold the address[\s\S]*point-in-time recovery/);
      const { documents: left } = await runJson('recipient', address);
      assert.ok(!JSON.stringify(left).includes('ds-cli-3'));
    },
  },
  {
    name: 'delivery-tracker list, stop, retrack',
    async run(world) {
      send(world, 'ds-cli-4', { durationSeconds: 30 });
      await runJson(...start('ds-cli-4'));
      await until(async () => (await runOnTerminal('list', '--running')).stdout.includes('ds-cli-4'));
      const { documents: beside } = await runJson('retrack', 'ds-cli-4');
      assert.equal(beside[0]?.error.code, 'TRACKING_RUNNING');

      assert.equal((await runOnTerminal('stop', 'ds-cli-4')).status, 0);
      const { documents: twice } = await runJson('stop', 'ds-cli-4');
      assert.equal(twice[0]?.error.code, 'NOT_RUNNING');
      await ended(world, 'ds-cli-4');
      assert.match((await runOnTerminal('list', '--failed')).stdout, /ds-cli-4/);

      // As if it had ended meanwhile.
      send(world, 'ds-cli-4', { durationSeconds: 1 });
      assert.equal((await runOnTerminal('retrack', 'ds-cli-4')).status, 0);
      const events = await ended(world, 'ds-cli-4', 2);
      const ids: string[] = events.map(({ detail }) => detail.metadata.id);
      assert.match(ids[1] ?? '', /:ds-cli-4--2$/);
      assert.equal(new Set(ids).size, 2);
      const { documents: over } = await runJson('retrack', 'ds-cli-4');
      assert.equal(over[0]?.error.code, 'ALREADY_COMPLETE');
      const { documents: list } = await runJson('list', '--limit', '100');
      assert.ok(JSON.stringify(list).includes('ds-cli-4'));
    },
  },
  {
    name: 'delivery-tracker stop and retrack, for a machine',
    async run(world) {
      send(world, 'ds-cli-6', { durationSeconds: 30 });
      await runJson(...start('ds-cli-6'));
      const { status, documents: stopped } = await runJson('stop', 'ds-cli-6');
      assert.deepEqual([status, stopped[0]?.requestId], [0, 'ds-cli-6']);
      await ended(world, 'ds-cli-6');
      send(world, 'ds-cli-6', { durationSeconds: 1 });
      const { documents: retracked } = await runJson('retrack', 'ds-cli-6');
      assert.match(retracked[0]?.executionArn, /:ds-cli-6--2$/);
      await ended(world, 'ds-cli-6', 2);
    },
  },
  {
    name: 'delivery-tracker pause, resume',
    async run(world) {
      const bot = 'st-cli-paused';
      assert.equal((await runOnTerminal('pause', bot)).status, 0);
      send(world, 'ds-cli-5', { durationSeconds: 1 }, bot);
      await runJson('start', 'ds-cli-5', '--stream-id', bot);
      const waiting = await until(async () => {
        const { documents } = await runJson('show', 'ds-cli-5');
        return documents[0]?.obstacle === 'PAUSED' && documents[0];
      });
      assert.equal(waiting.counts.total, 0);
      assert.equal((await runJson('pause', bot)).status, 0);
      assert.equal((await runOnTerminal('resume', bot)).status, 0);
      await ended(world, 'ds-cli-5');
      const { documents: refused } = await runJson('resume', bot);
      assert.equal(refused[0]?.error.code, 'NOT_PAUSED');
      await runJson('pause', bot);
      assert.equal((await runJson('resume', bot)).status, 0);
    },
  },
  {
    name: 'delivery-tracker, where it cannot help',
    async run() {
      const refused = async (args: string[], environment = {}) => {
        const { status, stderr } = await runCommand([...args, '--json'], environment).ended;
        return [status, JSON.parse(stderr).error.code];
      };
      assert.deepEqual(await refused(['show', 'ds-nobody']), [4, 'NO_SUCH_TRACKING']);
      assert.deepEqual(await refused(['show', 'ds-1', '--stack', 'Nowhere']), [4, 'NO_SUCH_STACK']);
      assert.deepEqual(await refused(['show', 'ds-1', '--tracker', 'nobody']), [4, 'NO_SUCH_TRACKER']);
      assert.deepEqual(await refused(['show', '../ds-1']), [2, 'WRONG_USAGE']);
      assert.deepEqual(await refused(['start', 'ds-of-no-bot']), [2, 'STREAM_ID_MISSING']);
      const nobody = {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      };
      assert.deepEqual(await refused(['show', 'ds-1'], nobody), [6, 'CREDENTIALS_MISSING']);
    },
  },
];
