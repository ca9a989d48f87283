import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { installPython, isInstalled, type PythonEnvironment } from '../../emulator/python-environment.ts';

let place: string;
let environment: PythonEnvironment;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'python-environment-'));
  environment = { folder: join(place, 'environment'), requirements: join(place, 'requirements.txt') };
  writeFileSync(environment.requirements, 'something==1\n');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

/** @param script of the only `python3` there is; `$1 $2 $3 $4` are its arguments, such as `-m venv --clear FOLDER`. */
function havePython(script: string): void {
  mkdirSync(join(place, 'bin'));
  const python = join(place, 'bin', 'python3');
  writeFileSync(python, `#!/bin/sh\n${script}\n`);
  chmodSync(python, 0o755);
  vi.stubEnv('PATH', [join(place, 'bin'), '/bin', '/usr/bin'].join(delimiter));
}

/** A Python whose environments have a pip that does this. */
const withPip = (script: string) => `
[ "$1 $2" = "-m venv" ] || exit 0
mkdir -p "$4/bin"
printf '#!/bin/sh\\n${script}\\n' > "$4/bin/python"
chmod +x "$4/bin/python"`;

it('says how to get a Python, where there is none', async () => {
  vi.stubEnv('PATH', place);

  await expect(installPython(environment)).rejects.toMatchObject({
    code: 'PYTHON_MISSING',
    message: expect.stringContaining('Python 3.11'),
  });
});

it('says what pip needs, where it fails', async () => {
  havePython(withPip('exit 1'));

  await expect(installPython(environment)).rejects.toMatchObject({
    code: 'PIP_FAILED',
    message: expect.stringMatching(/requirements\.txt.*PIP_INDEX_URL.*HTTPS_PROXY/),
  });
});

it('is installed once pip has succeeded, until the requirements change', async () => {
  havePython(withPip('exit 0'));
  const before = isInstalled(environment);
  await installPython(environment);
  const after = isInstalled(environment);
  writeFileSync(environment.requirements, 'something==2\n');

  expect([before, after, isInstalled(environment)]).toEqual([false, true, false]);
});

it('leaves nothing where it was interrupted', async () => {
  havePython('[ "$1" = -c ] || { mkdir "$4"; sleep 600; }');
  const interruption = new AbortController();
  const installing = installPython(environment, interruption.signal);
  await vi.waitUntil(() => existsSync(environment.folder));
  interruption.abort();

  await expect(installing).rejects.toBe(interruption.signal.reason);
  expect(existsSync(environment.folder)).toBe(false);
});
