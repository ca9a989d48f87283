/** The command line: its commands, the options that all of them take, and its help. */
import { Command } from 'commander';
import { forgetCommand } from './commands/change/forget.ts';
import { pauseCommand } from './commands/change/pause.ts';
import { resumeCommand } from './commands/change/resume.ts';
import { retrackCommand } from './commands/change/retrack.ts';
import { startCommand } from './commands/change/start.ts';
import { startCampaignCommand } from './commands/change/start-campaign.ts';
import { stopCommand } from './commands/change/stop.ts';
import { deadLettersCommand } from './commands/dead-letters/dead-letters.ts';
import { campaignCommand } from './commands/read/campaign.ts';
import { failuresCommand } from './commands/read/failures/failures.ts';
import { listCommand } from './commands/read/list/list.ts';
import { logsCommand } from './commands/read/logs/logs.ts';
import { outdatedCommand } from './commands/read/outdated.ts';
import { recipientCommand } from './commands/read/recipient.ts';
import { reportCommand } from './commands/read/report.ts';
import { showCommand } from './commands/read/show.ts';
import { watchCommand } from './commands/read/watch.ts';
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
  const all = new Command('delivery-tracker')
    .description("Starts, watches and looks up trackings of Kore.ai's proactive notifications.")
    .version(version)
    .option('--stack <name>', 'the stack of the tracker (or DELIVERY_TRACKER_STACK); else all are searched')
    .option('--tracker <name>', 'the tracker of that name, where there are several')
    .option('--region <region>', 'the AWS region (or AWS_REGION, or that of the profile)')
    .option('--profile <name>', 'the profile in the AWS configuration (or AWS_PROFILE)')
    .option('--show-addresses', "do not mask recipients' addresses")
    .addHelpText('afterAll', `\n${EXIT_STATUSES}`);
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
    stopCommand(act),
    retrackCommand(act),
    pauseCommand(act),
    resumeCommand(act),
    forgetCommand(act),
    deadLettersCommand(act),
  ]) {
    all.addCommand(command);
  }
  for (const command of withSubcommands(all)) {
    command
      .helpOption('-h, --help', 'print this')
      .allowExcessArguments(false)
      .exitOverride()
      .configureHelp({ showGlobalOptions: true, helpWidth: HELP_WIDTH })
      .configureOutput({
        writeOut: (text) => world.terminal.stdout.write(text),
        // runCommandLine prints errors.
        writeErr: () => {},
      });
  }
  return all;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

const HELP_WIDTH = 110;
