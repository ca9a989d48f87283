/** The options of `npm start`, checked before anything is started. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { printable } from '../cli/text/printable.ts';
import type { ApiScope } from '../contract/api-scope.ts';
import { CredentialsError, parseCredentials } from '../contract/credentials.ts';
import { type PlannedCampaign, plannedCampaign } from './campaign/planned-campaign.ts';
import { SAMPLE_REQUEST_ID, SAMPLE_STREAM_ID } from './kore/sample.ts';
import type { Scenario } from './kore/scenario.ts';
import {
  DEADLINE_SECONDS,
  type GivenOptions,
  localCommand,
  MAX_WAIT_SECONDS,
  RECIPIENTS,
} from './local-command.ts';

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
  /** Of no meaning in a campaign, whose notifications have their own. */
  readonly requestId: string;
  /** Absent: one notification. */
  readonly campaign?: PlannedCampaign;
  /** The secret's JSON. */
  readonly secret: string;
  readonly recipients?: number;
  readonly scenario: Scenario;
  readonly apiScope: ApiScope;
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

/** A long deadline stretches the waits, so that about as many checks as this fit into it. */
const CHECKS_BY_DEFAULT = 500;

function complete(given: GivenOptions): LocalOptions {
  const { host, apiScope, campaign, recipients, deadlineSeconds = DEADLINE_SECONDS } = given;
  if (campaign !== undefined) checkOptionsForCampaign(given);
  if (host !== undefined) checkOptionsForHost(given);
  const requestId = given.requestId ?? `ds-${randomUUID()}`;
  const streamId = given.streamId ?? (host === undefined ? simulatedStream(requestId) : undefined);
  return {
    ...(host !== undefined && { host }),
    ...(streamId !== undefined && { streamId }),
    requestId,
    ...(campaign !== undefined && { campaign: plannedCampaign(campaign, given.scenario) }),
    secret: given.secretFile === undefined ? simulatorSecret() : readSecret(given.secretFile),
    ...(recipients !== undefined && { recipients }),
    ...(host === undefined &&
      recipients === undefined &&
      requestId !== SAMPLE_REQUEST_ID && { recipients: RECIPIENTS }),
    scenario: given.scenario ?? 'partial',
    apiScope,
    maxWaitSeconds:
      given.maxWaitSeconds ?? Math.max(MAX_WAIT_SECONDS, Math.ceil(deadlineSeconds / CHECKS_BY_DEFAULT)),
    deadlineSeconds,
    json: given.json ?? false,
  };
}

function checkOptionsForCampaign({ host, requestId }: GivenOptions): void {
  if (host !== undefined) {
    throw new UsageError(
      '--campaign is for the simulator, which sends its notifications; leave it out with --host.',
    );
  }
  if (requestId !== undefined) {
    throw new UsageError('--campaign makes up the ids of its notifications; leave out --request-id.');
  }
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
    if (error instanceof CredentialsError) throw new UsageError(`--secret-file ${file}: ${error.message}`);
    throw error;
  }
  return secret;
}
