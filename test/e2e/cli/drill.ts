/**
 * A drill: five alarms' troubles are planted, and ended by what docs/runbook.md says, pasted from there. What people do elsewhere (Kore.ai
 * recovers, a target is mended) happens between what an entry has under See and what it has under Do. Placeholders are replaced as the
 * runbook says; a question is answered with yes; `npx delivery-tracker` is this clone's; commands of the AWS CLI are read, not sent.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseCredentials } from '../../../contract/credentials.ts';
import { commandsIn, entryOf } from '../../runbook-commands.ts';
import { pythonProgram } from '../python.ts';
import { type Scenario, SECRET, type World } from '../scenarios.ts';
import { answerOnTerminal, runCommand } from './command-line.ts';
import { DRILLED_ALARMS, type DrilledAlarm } from './drilled-alarms.ts';

const RUNBOOK = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'runbook.md'), 'utf8');

export const DRILL: Scenario = {
  name: 'a drill: five alarms, ended by what the runbook says',
  async run(world) {
    const folder = mkdtempSync(join(tmpdir(), 'tracker-e2e-drill-'));
    writeFileSync(join(folder, 'secret.json'), SECRET, { mode: 0o600 });
    try {
      // Wrong credentials would keep all others waiting.
      const [first, ...others] = DRILLED_ALARMS;
      await Promise.all([first && drill(world, first, folder), awsTakes(RUNBOOK)]);
      await Promise.all(others.map((alarm) => drill(world, alarm, folder)));
    } finally {
      rmSync(folder, { recursive: true });
      // The other scenarios need it, whatever became of the drill.
      world.kore.accept(parseCredentials(SECRET));
      await world.account.putSecret(SECRET);
    }
  },
};

async function drill(world: World, alarm: DrilledAlarm, folder: string): Promise<void> {
  const [see = '', act = ''] = entryOf(RUNBOOK, alarm.heading).split('\n**Do**');
  const planted = await alarm.plant(world);
  const paste = (command: string) =>
    pasted(command, { ...planted.placeholders, 'secret.json': join(folder, 'secret.json') });
  const seen: string[] = [];
  for (const command of commandsIn(see)) seen.push(await paste(command));
  for (const text of planted.seen) assert.ok(seen.join('\n').includes(text), `${alarm.heading}: no ${text}`);
  await planted.mend();
  for (const command of commandsIn(act)) await paste(command);
  await planted.isOver();
}

/** What the command prints; it has to succeed. */
async function pasted(command: string, placeholders: Readonly<Record<string, string>>): Promise<string> {
  const text = Object.entries(placeholders).reduce(
    (line, [name, value]) => line.replace(name, value),
    command,
  );
  const [program, name, ...args] = text.split(' ');
  if (program === 'aws') return '';
  assert.deepEqual([program, name], ['npx', 'delivery-tracker']);
  const asks = args.includes('forward') && !args.includes('--dry-run');
  const { status, stdout, stderr } = await (asks ? answerOnTerminal('y', ...args) : runCommand(args).ended);
  assert.equal(status, 0, `${text}\n${stdout}${stderr}`);
  return stdout;
}

async function awsTakes(page: string): Promise<void> {
  const commands = commandsIn(page).filter((command) => command.startsWith('aws '));
  const reading = promisify(execFile)(pythonProgram('python'), [
    join(import.meta.dirname, 'aws_commands.py'),
  ]);
  reading.child.stdin?.end(JSON.stringify(commands.map(argumentsOf)));
  assert.ok(commands.length > 5);
  assert.deepEqual(JSON.parse((await reading).stdout), []);
}

/** As a shell would hand them on; the value of a variable may be any. */
function argumentsOf(command: string): string[] {
  const words = command.match(/'[^']*'|"[^"]*"|[^\s]+/g) ?? [];
  return words.slice(1).map((word) => word.replace(/^(['"])(.*)\1$/, '$2').replace(/^\$[A-Z_]+$/, 'a-value'));
}
