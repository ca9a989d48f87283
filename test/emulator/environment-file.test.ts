import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeEnvironmentFile } from '../../emulator/environment-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'environment-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ENVIRONMENT = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', AWS_REGION: 'us-east-1' };
/** Above the highest that Linux or macOS gives. */
const NO_PROCESS = 2 ** 30;

it('exports each variable, and unsets those that would win over them', () => {
  const { path } = writeEnvironmentFile(ENVIRONMENT, folder);

  expect(readFileSync(path, 'utf8').split('\n').slice(1)).toEqual([
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    'export AWS_ENDPOINT_URL=http://127.0.0.1:4566',
    'export AWS_REGION=us-east-1',
    '',
  ]);
});

it('quotes what a shell would take apart', () => {
  const { lines } = writeEnvironmentFile({ NO_PROXY: "127.0.0.1, *.it's.example.com" }, folder);

  expect(lines.at(-1)).toBe(`export NO_PROXY='127.0.0.1, *.it'\\''s.example.com'`);
});

it('leaves the file of an emulator that is running alone', () => {
  const first = writeEnvironmentFile(ENVIRONMENT, folder);

  const second = writeEnvironmentFile(ENVIRONMENT, folder);

  expect([first, second].map(({ path }) => basename(path))).toEqual(['emulator.env', 'emulator-2.env']);
});

it('takes the place of a file whose emulator was killed', () => {
  writeFileSync(join(folder, 'emulator.env'), `# npm run emulator, process ${NO_PROCESS}\n`);

  const { path } = writeEnvironmentFile(ENVIRONMENT, folder);

  expect(basename(path)).toBe('emulator.env');
});
