/** The command line: its commands, the options that all of them take, and its help. */
import { Command } from 'commander';
import { forgetCommand } from './commands/change/forget.ts';
import { pauseCommand } from './commands/change/pause.ts';
import { resumeCommand } from './commands/change/resume.ts';
import { retrackCommand } from './commands/change/retrack.ts';
import { startCommand } from './commands/change/start.ts';
import { startCampaignCommand } from './commands/change/start-campaign.ts';
import { stopCommand } from './commands/change/stop.ts';
import { credentialsCommand } from './commands/credentials/credentials.ts';
import { deadLettersCommand } from './commands/dead-letters/dead-letters.ts';
import { examplesOf } from './commands/examples.ts';
import { campaignCommand } from './commands/read/campaign.ts';
import { doctorCommand } from './commands/read/doctor.ts';
import { failuresCommand } from './commands/read/failures/failures.ts';
import { listCommand } from './commands/read/list/list.ts';
import { logsCommand } from './commands/read/logs/logs.ts';
import { outdatedCommand } from './commands/read/outdated.ts';
import { recipientCommand } from './commands/read/recipient.ts';
import { reportCommand } from './commands/read/report.ts';
import { showCommand } from './commands/read/show.ts';
import { watchCommand } from './commands/read/watch.ts';
import { commandLines, helpFormat, helpWidth, itemLines } from './display/help-format.ts';
import { EXIT_STATUSES, type ExitStatus } from './exit-status.ts';
import { interruptible } from './interruptible.ts';
import { formatOptions } from './output/format.ts';
import { type Act, type CommonOptions, openSession, type World } from './session.ts';

/** @param onEnd hears the exit status of the command that ran. */
export function program(world: World, version: string, onEnd: (status: ExitStatus) => void): Command {
  const act: Act =
    (action, handlesInterruption = false) =>
    async (...given) => {
      const command = given.pop() as Command;
      const session = openSession(command.optsWithGlobals<CommonOptions>(), world);
      const running = action(session, ...given);
      onEnd(await (handlesInterruption ? running : interruptible(world, running)));
    };
  const width = helpWidth(world.terminal.stdout);
  const all = new Command(world.program)
    .description("Starts, watches and looks up trackings of Kore.ai's proactive notifications.")
    .version(version)
    .option('--stack <name>', 'the stack of the tracker (or DELIVERY_TRACKER_STACK); else all are searched')
    .option('--tracker <name>', 'the tracker of that name, where there are several')
    .option('--region <region>', 'the AWS region (or AWS_REGION, AWS_DEFAULT_REGION, or that of the profile)')
    .option('--profile <name>', 'the profile in the AWS configuration (or AWS_PROFILE)')
    .option('--show-addresses', "do not mask recipients' addresses")
    .addHelpText('afterAll', `\n${exitStatusText(width)}`);
  for (const option of formatOptions()) all.addOption(option);
  for (const command of [
    startCommand(act),
    startCampaignCommand(act),
    watchCommand(act),
    showCommand(act),
    campaignCommand(act),
    recipientCommand(act),
    failuresCommand(act),
    listCommand(act),
    logsCommand(act),
    reportCommand(act),
    outdatedCommand(act),
    doctorCommand(act, version),
    stopCommand(act),
    retrackCommand(act),
    pauseCommand(act),
    resumeCommand(act),
    forgetCommand(act),
    credentialsCommand(act),
    deadLettersCommand(act),
  ]) {
    all.addCommand(command);
  }
  for (const [name, command] of withTheirNames(all)) {
    command
      .helpOption('-h, --help', 'print this')
      .allowExcessArguments(false)
      .addHelpText('after', examplesText(name, world.program, width))
      .exitOverride()
      .configureHelp(helpFormat(width))
      .configureOutput({
        writeOut: (text) => world.terminal.stdout.write(text),
        // runCommandLine prints errors.
        writeErr: () => {},
      });
  }
  return all;
}

/** The program and its commands, and their own. */
function withTheirNames(command: Command, name = ''): [name: string, command: Command][] {
  const own = command.commands.flatMap((one) => withTheirNames(one, `${name} ${one.name()}`.trim()));
  return [[name, command], ...own];
}

function examplesText(name: string, program: string, width: number): string {
  const lines = examplesOf(name).flatMap((example) => commandLines(`${program} ${example}`, width));
  return lines.length === 0 ? '' : ['', 'Examples:', ...lines].join('\n');
}

function exitStatusText(width: number): string {
  const lines = EXIT_STATUSES.flatMap(([status, meaning]) => itemLines(String(status), meaning, width));
  return ['Exit status:', ...lines].join('\n');
}
