/** `delivery-tracker start --from-file`: killed half-way, started again, and nothing is tracked twice or not at all. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { course, type Scenario, STREAM_ID, until } from '../scenarios.ts';
import { runJson, startOnTerminal } from './command-line.ts';

const IDS = Array.from({ length: 200 }, (_, index) => `ds-file-${index}`);
const SUMMARY = /200 notifications: (\d+) started, (\d+) already tracked, 0 failed/;

export const CLI_BATCH: Scenario = {
  name: 'delivery-tracker start --from-file with 200 ids, killed half-way and started again',
  async run({ kore, account }) {
    const folder = mkdtempSync(join(tmpdir(), 'tracker-e2e-ids-'));
    const file = join(folder, 'ids.txt');
    writeFileSync(file, `# a batch\n${IDS.map((id) => `${id},${STREAM_ID},2`).join('\n')}\n`);
    for (const requestId of IDS) {
      kore.send({ requestId, streamId: STREAM_ID, recipients: 2, course: course({ durationSeconds: 1 }) });
    }
    try {
      const first = startOnTerminal('start', '--from-file', file, '--rate', '20');
      await until(async () => Number(/.*[^\d](\d+) of 200/s.exec(first.seen())?.[1]) >= 80);
      first.kill();
      const { status } = await first.ended;
      assert.notEqual(status, 0);
      assert.doesNotMatch(first.seen(), SUMMARY);
      assert.match(first.seen(), /[█░]{20} \d+ %/);

      const second = await startOnTerminal('start', '--from-file', file).ended;
      const [, started, already] = SUMMARY.exec(second.stdout) ?? [];
      assert.equal(second.status, 0);
      assert.equal(Number(started) + Number(already), 200);
      assert.ok(Number(started) > 0 && Number(already) >= 80, `${started} started, ${already} already`);

      const { documents } = await runJson('start', '--from-file', file);
      assert.deepEqual([documents[0]?.started, documents[0]?.alreadyTracked], [0, 200]);
      await until(async () => IDS.every((id) => account.eventsOf(id).length === 1));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
