/** From the placeholder to credentials that Kore.ai accepts, by the command line alone. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCredentials } from '../../../contract/credentials.ts';
import { OTHER_SECRET, type Scenario, SECRET, STREAM_ID } from '../scenarios.ts';
import { runJson, runOnTerminal } from './command-line.ts';

const CALL = ['credentials', 'check', '--call', '--stream-id', STREAM_ID];

/** It leaves `SECRET` in the secret. */
export const CLI_CREDENTIALS: Scenario = {
  name: 'delivery-tracker credentials set, check, check --call',
  async run({ account, kore }) {
    const { documents: unset } = await runJson('credentials', 'check');
    assert.equal(unset[0]?.error.code, 'PLACEHOLDER');

    const folder = mkdtempSync(join(tmpdir(), 'tracker-e2e-secret-'));
    const file = join(folder, 'secret.json');
    writeFileSync(file, SECRET, { mode: 0o600 });
    const set = await runOnTerminal('credentials', 'set', '--file', file);
    rmSync(folder, { recursive: true });
    assert.equal(set.status, 0, set.stdout);
    assert.equal(await account.secret(), SECRET);

    const checked = await runOnTerminal('credentials', 'check');
    assert.match(checked.stdout, /is usable; tokens are signed with HS256/);
    const called = await runOnTerminal(...CALL);
    assert.match(called.stdout, /Kore\.ai accepts the credentials/);
    kore.accept(parseCredentials(OTHER_SECRET));
    const { documents: refused } = await runJson(...CALL);
    assert.equal(refused[0]?.error.code, 'KORE_CREDENTIALS_REFUSED');
    kore.accept(parseCredentials(SECRET));
    assert.doesNotMatch(JSON.stringify([set, checked, called, refused]), /cs-e2e|the-first-secret/);
  },
};
