/** The command line of `npm start`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { helpFormat, helpWidth } from '../cli/display/help-format.ts';
import { wrapped } from '../cli/text/wrapped.ts';
import { API_SCOPES, type ApiScope } from '../contract/api-scope.ts';
import { idSchema, requestIdSchema } from '../contract/tracking-input.ts';
import { SCENARIOS, type Scenario } from './kore/scenario.ts';

export const RECIPIENTS = 24;
export const MAX_WAIT_SECONDS = 3;
export const DEADLINE_SECONDS = 60;
/** As many as a terminal shows, and a laptop runs side by side. */
const MOST_NOTIFICATIONS = 50;

/** As they come from the command line. */
export interface GivenOptions {
  host?: string;
  streamId?: string;
  requestId?: string;
  campaign?: number;
  secretFile?: string;
  recipients?: number;
  scenario?: Scenario;
  apiScope: ApiScope;
  maxWaitSeconds?: number;
  deadlineSeconds?: number;
  json?: boolean;
}

export function localCommand(): Command {
  const width = helpWidth(process.stdout);
  return new Command('npm start --')
    .description(
      'Tracks one notification with the artefacts that a deployment would run, on this machine and without AWS.\n' +
        'Without --host, a simulator of Kore.ai delivers to 24 recipients in about ten seconds.\n' +
        'With --campaign, it tracks several notifications of one campaign at once, and the campaign.',
    )
    .option('--host <url>', "Kore.ai's host, such as https://platform.kore.ai (http only to loopback)")
    .option('--stream-id <id>', 'the bot, st-…', id(idSchema))
    .option('--request-id <id>', 'the notification, ds-…', id(requestIdSchema))
    .option(
      '--campaign <n>',
      `send and track a campaign of so many notifications (simulator only, 1 to ${MOST_NOTIFICATIONS})`,
      notifications,
    )
    .option(
      '--secret-file <file>',
      'JSON {"clientId", "clientSecret" | "privateKey", "algorithm"?, "subject"?}',
    )
    .option(
      '--recipients <n>',
      `how many recipients the notification has, or each (simulator: ${RECIPIENTS})`,
      wholeNumber,
    )
    .addOption(
      new Option(
        '--scenario <name>',
        'what the simulator does, with every notification (default: partial; in a campaign each its own way)',
      ).choices(SCENARIOS),
    )
    .addOption(
      new Option('--api-scope <scope>', "the app's scope in Kore.ai")
        .choices(API_SCOPES)
        .default('app-builder'),
    )
    .option(
      '--max-wait-seconds <n>',
      `longest wait between checks, unless Kore.ai asks for more (default: ${MAX_WAIT_SECONDS})`,
      wholeNumber,
    )
    .option('--deadline-seconds <n>', `when tracking gives up (default: ${DEADLINE_SECONDS})`, wholeNumber)
    .option('--json', 'print one JSON document and nothing else')
    .helpOption('-h, --help', 'print this')
    .addHelpText('after', ['', ...wrapped(EXIT_STATUSES, width)].join('\n'))
    .configureHelp(helpFormat(width))
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
}

const EXIT_STATUSES =
  'Exit status: 0 complete (however many were reached), 1 tracking failed, 2 wrong usage or configuration, 3 timed out, 130 interrupted. With --campaign, that of the worst of its trackings and its own.';

function id(schema: typeof idSchema): (value: string) => string {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return value;
    throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message}`);
  };
}

function notifications(value: string): number {
  const number = wholeNumber(value);
  if (number <= MOST_NOTIFICATIONS) return number;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_NOTIFICATIONS}`);
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It must be a whole number from 1');
}
