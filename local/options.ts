/** The options of `npm start`, checked before anything is started. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { printable } from '../cli/text/printable.ts';
import type { ApiScope } from '../contract/api-scope.ts';
import { idSchema, requestIdSchema } from '../contract/tracking-input.ts';
import { parseCredentials } from '../lambdas/check-delivery/kore/access/credentials.ts';
import { ObstacleError } from '../lambdas/check-delivery/obstacle.ts';
import type { DeliveryTrackerProps } from '../lib/configuration/delivery-tracker-props.ts';
import { SAMPLE_REQUEST_ID, SAMPLE_STREAM_ID } from './kore/sample.ts';
import { SCENARIOS, type Scenario } from './kore/scenario.ts';

/** Wrong usage: one sentence, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'WRONG_USAGE';

  /** @param message may quote what was entered. */
  constructor(message: string) {
    super(printable(message));
  }
}

export interface LocalOptions {
  /** Absent: the simulator. */
  readonly host?: string;
  readonly streamId?: string;
  readonly requestId: string;
  /** The secret's JSON. */
  readonly secret: string;
  readonly recipients?: number;
  readonly scenario: Scenario;
  readonly apiScope: ApiScope;
  readonly firstCheckSeconds: number;
  readonly maxWaitSeconds: number;
  readonly deadlineSeconds: number;
  readonly json: boolean;
}

/**
 * @param argv the arguments behind `npm start --`.
 * @returns `undefined` after `--help`, which has been printed.
 * @throws UsageError
 */
export function parseOptions(argv: readonly string[]): LocalOptions | undefined {
  const command = localCommand();
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    const sentence = error.message
      .replace(/^error: /, '')
      .replace(/\s+/g, ' ')
      .replace(/\.+$/, '');
    throw new UsageError(`${sentence}. See npm start -- --help.`);
  }
  return complete(command.opts<GivenOptions>());
}

/** Props of the stack that is synthesised for a run, so that it ends while somebody watches. */
export function propsFor(options: LocalOptions, host: string): DeliveryTrackerProps {
  const { firstCheckSeconds, maxWaitSeconds, deadlineSeconds, apiScope } = options;
  return {
    host,
    apiScope,
    schedule: {
      firstCheck: Duration.seconds(firstCheckSeconds),
      floor: Duration.seconds(1),
      checkWorth: Duration.seconds(1),
      cap: Duration.seconds(maxWaitSeconds),
    },
    deadline: Duration.seconds(deadlineSeconds),
    notFoundGrace: Duration.seconds(Math.max(NOT_FOUND_GRACE_SECONDS, Math.ceil(deadlineSeconds / 6))),
  };
}

/** The options that stand behind props, for errors that name props. */
export const OPTION_OF_PROP: Readonly<Record<string, string>> = {
  'schedule.firstCheck': '--first-check-seconds',
  'schedule.cap': '--max-wait-seconds',
};

const RECIPIENTS = 24;
const FIRST_CHECK_SECONDS = 2;
const MAX_WAIT_SECONDS = 3;
const DEADLINE_SECONDS = 60;
/** A sixth of a longer deadline, as in production's ten minutes of an hour. */
const NOT_FOUND_GRACE_SECONDS = 10;
/** A long deadline stretches the waits, so that about as many checks as this fit into it. */
const CHECKS_BY_DEFAULT = 500;

interface GivenOptions {
  host?: string;
  streamId?: string;
  requestId?: string;
  secretFile?: string;
  recipients?: number;
  scenario?: Scenario;
  apiScope: ApiScope;
  firstCheckSeconds?: number;
  maxWaitSeconds?: number;
  deadlineSeconds?: number;
  json?: boolean;
}

function localCommand(): Command {
  return new Command('npm start --')
    .description(
      'Tracks one notification with the artefacts that a deployment would run, on this machine and without AWS.\n' +
        'Without --host, a simulator of Kore.ai delivers to 24 recipients in about ten seconds.',
    )
    .option('--host <url>', "Kore.ai's host, such as https://platform.kore.ai (http only to loopback)")
    .option('--stream-id <id>', 'the bot, st-…', id(idSchema))
    .option('--request-id <id>', 'the notification, ds-…', id(requestIdSchema))
    .option(
      '--secret-file <file>',
      'JSON {"clientId", "clientSecret" | "privateKey", "algorithm"?, "subject"?}',
    )
    .option(
      '--recipients <n>',
      `how many recipients the notification has (simulator: ${RECIPIENTS})`,
      wholeNumber,
    )
    .addOption(
      new Option('--scenario <name>', 'what the simulator does (default: partial)').choices(SCENARIOS),
    )
    .addOption(
      new Option('--api-scope <scope>', "the app's scope in Kore.ai")
        .choices(['app-builder', 'admin-console'])
        .default('app-builder'),
    )
    .option(
      '--first-check-seconds <n>',
      `wait before the first check (default: ${FIRST_CHECK_SECONDS})`,
      wholeNumber,
    )
    .option(
      '--max-wait-seconds <n>',
      `longest wait between checks, unless Kore.ai asks for more (default: ${MAX_WAIT_SECONDS})`,
      wholeNumber,
    )
    .option('--deadline-seconds <n>', `when tracking gives up (default: ${DEADLINE_SECONDS})`, wholeNumber)
    .option('--json', 'print one JSON document and nothing else')
    .helpOption('-h, --help', 'print this')
    .addHelpText(
      'after',
      '\nExit status: 0 complete (whoever was reached), 1 tracking failed, 2 wrong usage or configuration, 3 timed out,\n130 interrupted.',
    )
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
}

function complete(given: GivenOptions): LocalOptions {
  const { host, apiScope, recipients, deadlineSeconds = DEADLINE_SECONDS } = given;
  if (host !== undefined) checkOptionsForHost(given);
  const requestId = given.requestId ?? `ds-${randomUUID()}`;
  const streamId = given.streamId ?? (host === undefined ? simulatedStream(requestId) : undefined);
  return {
    ...(host !== undefined && { host }),
    ...(streamId !== undefined && { streamId }),
    requestId,
    secret: given.secretFile === undefined ? simulatorSecret() : readSecret(given.secretFile),
    ...(recipients !== undefined && { recipients }),
    ...(host === undefined &&
      recipients === undefined &&
      requestId !== SAMPLE_REQUEST_ID && { recipients: RECIPIENTS }),
    scenario: given.scenario ?? 'partial',
    apiScope,
    firstCheckSeconds: given.firstCheckSeconds ?? Math.min(FIRST_CHECK_SECONDS, deadlineSeconds),
    maxWaitSeconds:
      given.maxWaitSeconds ?? Math.max(MAX_WAIT_SECONDS, Math.ceil(deadlineSeconds / CHECKS_BY_DEFAULT)),
    deadlineSeconds,
    json: given.json ?? false,
  };
}

function checkOptionsForHost({ requestId, streamId, secretFile, scenario, apiScope }: GivenOptions): void {
  if (scenario !== undefined)
    throw new UsageError('--scenario is for the simulator; leave it out with --host.');
  if (requestId === undefined)
    throw new UsageError('--host needs --request-id: which notification to track?');
  if (streamId === undefined && apiScope === 'app-builder') {
    throw new UsageError('--host needs --stream-id, unless --api-scope is admin-console.');
  }
  if (secretFile === undefined) {
    throw new UsageError("--host needs --secret-file with the app's credentials as JSON.");
  }
}

function simulatedStream(requestId: string): string {
  return requestId === SAMPLE_REQUEST_ID ? SAMPLE_STREAM_ID : `st-${randomUUID()}`;
}

function simulatorSecret(): string {
  return JSON.stringify({ clientId: `cs-${randomUUID()}`, clientSecret: randomUUID() + randomUUID() });
}

function readSecret(file: string): string {
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--secret-file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  try {
    parseCredentials(secret);
  } catch (error) {
    if (error instanceof ObstacleError) throw new UsageError(`--secret-file ${file}: ${error.message}`);
    throw error;
  }
  return secret;
}

function id(schema: typeof idSchema): (value: string) => string {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return value;
    throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message}`);
  };
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It must be a whole number from 1');
}
