/** Commands read the rows that earlier releases wrote. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';

const RELEASES = join(import.meta.dirname, '..', '..', 'releases');

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());

it.each(readdirSync(RELEASES))('show, recipient and failures read rows of %s', async (release) => {
  const { rows } = JSON.parse(readFileSync(join(RELEASES, release, 'tracking.json'), 'utf8'));
  for (const Item of rows) {
    await line.tables.client.send(new PutCommand({ TableName: line.tracker.tableName, Item }));
  }
  const { requestId, createdOn } = rows.at(-1);
  const run = (...argv: string[]) => line.runIn({ now: Date.parse(createdOn) + 1000 }, ...argv, '--json');

  const shown = await run('show', requestId);
  const received = await run('recipient', 'person.2@example.com');
  const failures = await run('failures', '--since', '24h');

  expect(shown.document).toMatchObject({ state: 'complete', counts: { total: 3, delivered: 2, failed: 1 } });
  expect(shown.document.failedRecipients).toHaveLength(1);
  expect(JSON.stringify(received.document)).toContain(requestId);
  expect(JSON.stringify(failures.document)).toContain(requestId);
});
