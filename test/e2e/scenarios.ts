/** What must hold in a deployment. Each scenario asserts the rows in the table and the event out of a real queue. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseCredentials } from '../../contract/credentials.ts';
import { DETAIL_TYPES, type Outcome } from '../../contract/event/event-names.ts';
import type { Outputs } from '../../emulator/cdk.ts';
import type { Course } from '../../local/kore/scenario.ts';
import type { KoreSimulator } from '../../local/kore/simulator.ts';
import type { Account, Fields } from './account.ts';

export interface World {
  readonly account: Account;
  readonly kore: KoreSimulator;
  readonly outputs: Outputs;
  /** Deploys the tracker anew, with other code, schedule and retention. */
  redeploy(): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  run(world: World): Promise<void>;
}

export const SECRET = JSON.stringify({
  clientId: 'cs-e2e',
  clientSecret: 'the-first-secret-of-this-run-32-bytes',
});
export const OTHER_SECRET = JSON.stringify({
  clientId: 'cs-new',
  clientSecret: 'the-other-secret-of-this-run-32-bytes',
});
export const STREAM_ID = 'st-e2e';
export const RECIPIENTS = 24;

export const course = (changes: Partial<Course> = {}): Course => ({
  durationSeconds: 6,
  fails: () => false,
  fault: () => undefined,
  ...changes,
});
export const oneInEight = (index: number) => index % 8 === 5;

/** These leave the secret and the deployment alone, so they run at the same time. */
export const CONCURRENT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'all delivered',
    run: (world) => completes(world, 'ds-all', course(), 'SUCCESS', { delivered: 24, failed: 0 }),
  },
  {
    name: 'partial',
    run: (world) =>
      completes(world, 'ds-partial', course({ fails: oneInEight }), 'PARTIAL_SUCCESS', {
        delivered: 21,
        failed: 3,
      }),
  },
  {
    name: 'all failed',
    run: (world) =>
      completes(world, 'ds-none', course({ fails: () => true }), 'FAILURE', { delivered: 0, failed: 24 }),
  },
  {
    name: '1,000 recipients',
    run: (world) => completes(world, 'ds-1000', course(), 'SUCCESS', { delivered: 1000, failed: 0 }),
  },
  {
    name: 'vendor outage in the middle',
    run: (world) =>
      completes(
        world,
        'ds-outage',
        course({ durationSeconds: 12, fault: (share) => (share > 0.3 && share < 0.9 ? 'down' : undefined) }),
        'SUCCESS',
        { delivered: 24, failed: 0 },
      ),
  },
  {
    name: 'rate-limited',
    run: (world) =>
      completes(
        world,
        'ds-limited',
        course({ fault: (share) => (share < 0.9 ? 'rate-limited' : undefined) }),
        'SUCCESS',
        { delivered: 24, failed: 0 },
      ),
  },
  {
    name: 'timed out',
    async run(world) {
      send(world, 'ds-slow', course({ durationSeconds: 3600 * 24 }), 24_000);
      await start(world, 'ds-slow');
      const { data } = await finalEvent(world, 'ds-slow', 'timed-out');
      assert.equal(data.error.code, 'DEADLINE_PASSED');
      assert.equal((await world.account.logs('ds-slow')).length, data.counts.total);
      assert.ok(data.counts.total > 0);
      assert.equal((await world.account.summary('ds-slow'))?.outcome, 'timed-out');
    },
  },
  {
    name: 'unknown id',
    async run(world) {
      await start(world, 'ds-unknown');
      const { data } = await finalEvent(world, 'ds-unknown', 'failed');
      assert.equal(data.error.code, 'NOTIFICATION_NOT_FOUND');
      assert.deepEqual(await world.account.logs('ds-unknown'), []);
      assert.equal((await world.account.summary('ds-unknown'))?.outcome, 'failed');
    },
  },
  {
    name: 'invalid input',
    async run(world) {
      const { executionArn } = await world.account.start('ds-invalid', {
        requestId: '../users',
        streamId: STREAM_ID,
      });
      const { data } = await finalEvent(world, 'ds-invalid', 'failed');
      assert.equal(data.error.code, 'INVALID_INPUT');
      assert.deepEqual(await world.account.logs('ds-invalid'), []);
      await untilStatus(world, executionArn, 'FAILED');
    },
  },
  {
    name: 'the same request id started twice',
    async run(world) {
      send(world, 'ds-twice', course());
      const first = await start(world, 'ds-twice');
      // AWS returns the running execution; the emulator refuses the name (docs/emulator.md).
      const second = await start(world, 'ds-twice').catch((error) => error);
      if (second.name !== 'ExecutionAlreadyExists') assert.deepEqual(second, first);
      await finalEvent(world, 'ds-twice', 'complete');
      assert.equal((await world.account.logs('ds-twice')).length, RECIPIENTS);
    },
  },
  {
    name: 'an execution stopped by hand',
    async run(world) {
      send(world, 'ds-stopped', course({ durationSeconds: 60 }));
      const { executionArn } = await start(world, 'ds-stopped');
      const saved = await until(async () => {
        const logs = await world.account.logs('ds-stopped');
        return logs.length > 0 ? logs.length : undefined;
      });
      await world.account.stop(executionArn);
      const { data } = await finalEvent(world, 'ds-stopped', 'failed');
      assert.equal(data.error.code, 'TRACKING_INTERRUPTED');
      assert.ok((await world.account.logs('ds-stopped')).length >= saved);
      await untilStatus(world, executionArn, 'ABORTED');
    },
  },
];

/** Beside the campaign's 50, the emulator would be late for what has a deadline. */
export const FIFTY_AT_ONCE: Scenario = {
  name: '50 trackings at once',
  async run(world) {
    const ids = Array.from({ length: 50 }, (_, index) => `ds-many-${index}`);
    await Promise.all(
      ids.map((id) =>
        completes(world, id, course({ fails: oneInEight }), 'PARTIAL_SUCCESS', {
          delivered: 21,
          failed: 3,
        }),
      ),
    );
  },
};

/** These change what the others stand on, so they run one after the other. */
export const SEQUENTIAL_SCENARIOS: readonly Scenario[] = [
  {
    name: 'wrong secret, then mended while trackings wait',
    async run(world) {
      await world.account.putSecret(OTHER_SECRET);
      // The functions still hold the right secret; only a refusal makes them read the wrong one.
      world.kore.accept(
        parseCredentials('{"clientId":"cs-nobody","clientSecret":"no-one-has-this-secret-at-all-32"}'),
      );
      const before = world.kore.answers.length;
      send(world, 'ds-mended', course());
      await start(world, 'ds-mended');
      await until(
        async () => world.kore.answers.slice(before).filter((status) => status === 401).length >= 3,
      );
      assert.ok(!world.kore.answers.slice(before).includes(200));
      world.kore.accept(parseCredentials(SECRET));
      await world.account.putSecret(SECRET);
      await finalEvent(world, 'ds-mended', 'complete');
      assert.equal((await world.account.logs('ds-mended')).length, RECIPIENTS);
    },
  },
  {
    name: 'a right secret replaced by another while trackings wait',
    async run(world) {
      const ids = ['ds-replaced-1', 'ds-replaced-2', 'ds-replaced-3'];
      for (const id of ids) {
        send(world, id, course({ durationSeconds: 8 }));
        await start(world, id);
      }
      await until(async () => (await world.account.logs('ds-replaced-1')).length > 0);
      await world.account.putSecret(OTHER_SECRET);
      world.kore.accept(parseCredentials(OTHER_SECRET));
      for (const id of ids) {
        await finalEvent(world, id, 'complete');
        assert.equal((await world.account.logs(id)).length, RECIPIENTS);
      }
      await world.account.putSecret(SECRET);
      world.kore.accept(parseCredentials(SECRET));
    },
  },
  {
    name: 'the example falls back as failures are seen, and sends one mail at the end of the campaign',
    async run(world) {
      const { StartCampaignFunction, FollowUpQueueUrl = '' } = world.outputs.Campaign ?? {};
      const { SmsQueueUrl = '', MailQueueUrl = '' } = world.outputs.Campaign ?? {};
      const campaignId = 'example-campaign';
      send(world, 'ds-example-partial', course({ fails: oneInEight }));
      send(world, 'ds-example-success', course());
      const notifications = ['ds-example-partial', 'ds-example-success'].map((requestId) => ({
        requestId,
        streamId: STREAM_ID,
        recipients: RECIPIENTS,
      }));
      const Payload = JSON.stringify({ campaignId, notifications });
      const { FunctionError } = await new LambdaClient().send(
        new InvokeCommand({ FunctionName: StartCampaignFunction, Payload }),
      );
      assert.equal(FunctionError, undefined);
      const { detail } = await world.account.finalEvent(campaignId);
      assert.deepEqual(detail.data.counts, { total: 48, delivered: 45, failed: 3 });
      const messages: Fields[] = [];
      await until(async () => messages.push(...(await world.account.take(SmsQueueUrl, 'ds-example'))) >= 3);
      assert.deepEqual(
        messages.map(({ requestId, recipient }) => `${requestId} ${recipient}`).sort(),
        ['0006', '0014', '0022'].map((number) => `ds-example-partial recipient.${number}@example.com`),
      );
      const mails: Fields[] = [];
      await until(async () => mails.push(...(await world.account.take(MailQueueUrl, campaignId))) >= 1);
      assert.equal(mails[0]?.subject, `Campaign ${campaignId}: complete`);
      assert.deepEqual(await world.account.take(FollowUpQueueUrl, 'ds-example'), []);
    },
  },
  {
    name: 'a redeploy with changed code, schedule and retention while 10 trackings wait',
    async run(world) {
      const ids = Array.from({ length: 10 }, (_, index) => `ds-redeploy-${index}`);
      for (const id of ids) {
        send(world, id, course({ durationSeconds: 20 }));
        await start(world, id);
      }
      await until(async () => (await world.account.logs('ds-redeploy-9')).length > 0);
      await world.redeploy();
      assert.equal(await world.account.secret(), SECRET);
      for (const id of ids) {
        await finalEvent(world, id, 'complete');
        const logs = await world.account.logs(id);
        assert.equal(logs.length, RECIPIENTS);
        const kept = logs.map(({ savedAt, expiresAt }) =>
          Math.round((expiresAt * 1000 - Date.parse(savedAt)) / 86_400_000),
        );
        assert.deepEqual([...new Set(kept)].sort(), [30, 90]);
      }
    },
  },
];

export function send({ kore }: World, requestId: string, course: Course, recipients = RECIPIENTS): void {
  kore.send({ requestId, streamId: STREAM_ID, recipients, course });
}

function start({ account }: World, requestId: string) {
  return account.start(requestId, { requestId, streamId: STREAM_ID, recipients: RECIPIENTS });
}

async function completes(
  world: World,
  requestId: string,
  course: Course,
  status: string,
  expected: { delivered: number; failed: number },
): Promise<void> {
  const total = expected.delivered + expected.failed;
  send(world, requestId, course, total);
  const { executionArn } = await start(world, requestId);
  const { metadata, data } = await finalEvent(world, requestId, 'complete');
  const counts = { total, ...expected };
  assert.equal(metadata.id, executionArn);
  assert.equal(data.status, status);
  assert.deepEqual(data.counts, counts);
  assert.ok(!JSON.stringify(data).includes('@'));
  const logs = await world.account.logs(requestId);
  assert.equal(logs.length, total);
  assert.equal(logs.filter((row) => row.status === 'FAILURE').length, expected.failed);
  assert.deepEqual((await world.account.summary(requestId))?.counts, counts);
  const { output } = await untilStatus(world, executionArn, 'SUCCEEDED');
  assert.deepEqual(output, { outcome: 'complete', status, counts });
}

async function finalEvent({ account }: World, requestId: string, outcome: Outcome): Promise<Fields> {
  const event = await account.finalEvent(requestId);
  assert.equal(event['detail-type'], DETAIL_TYPES[outcome], JSON.stringify(event.detail));
  return event.detail;
}

export async function untilStatus({ account }: World, executionArn: string, status: string) {
  return until(async () => {
    const execution = await account.execution(executionArn);
    return execution.status === status ? execution : undefined;
  });
}

/** Longer than 200 trackings take in the emulator on a slow machine. */
const PATIENCE_SECONDS = 240;

/** Waits for something that another process brings about. */
export async function until<T>(
  look: () => Promise<T | undefined | false>,
  seconds = PATIENCE_SECONDS,
): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(250)) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
  }
  throw new Error(`not within ${seconds} s: ${look}`);
}
