/** `credentials check`: whether the tracker's secret is usable, and, if told to, whether Kore.ai accepts it. */
import { Command } from 'commander';
import { type Credentials, parseCredentials } from '../../../contract/credentials.ts';
import { requestId, streamId } from '../../arguments.ts';
import { CommandError, wrongUsage } from '../../command-error.ts';
import { credentialsProblem } from '../../credentials/check-credentials.ts';
import { callCommand, SET_CREDENTIALS } from '../../credentials/credentials-commands.ts';
import { readSecret } from '../../credentials/stored-secret.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session, Tracker } from '../../session.ts';
import { printable } from '../../text/printable.ts';
import { requireStreamIds } from '../../tracker/require-stream-ids.ts';
import { trackerTooOld } from '../../tracker/too-old.ts';

export function checkCredentialsCommand(act: Act): Command {
  return new Command('check')
    .description('say whether those in the secret are usable: fields, key and algorithm')
    .option(
      '--call [request-id]',
      'have Kore.ai try them too: one call, about this notification or one that does not exist',
      requestId,
    )
    .option('--stream-id <id>', 'the bot of the call, st-…, unless the tracker has a default', streamId)
    .action(act(checkCredentials));
}

interface CheckOptions {
  /** `true` without a request id. */
  readonly call?: string | true;
  readonly streamId?: string;
}

async function checkCredentials(session: Session, options: CheckOptions): Promise<ExitStatus> {
  const { call } = options;
  if (call === undefined && options.streamId !== undefined) {
    throw wrongUsage('--stream-id is for --call. Add --call, or leave it out.');
  }
  const tracker = await session.tracker();
  const { secret, description } = tracker;
  if (secret === undefined) throw trackerTooOld(description, 'its secret');
  const { text, clockOffset } = await readSecret(secret);
  const problem = credentialsProblem(text);
  if (problem !== undefined) {
    throw new CommandError(problem.code, EXIT.failed, problem.message, [], [SET_CREDENTIALS]);
  }
  const credentials = parseCredentials(text);
  // A wrong clock of this machine is none of the credentials' faults.
  const now = () => session.clock.now() + clockOffset;
  const called = call === undefined ? undefined : await callOnce(tracker, credentials, options, now);
  const { algorithm } = credentials;
  const document = { usable: true, tracker: description.name, secretArn: secret.arn, algorithm };
  session.print({ ...document, ...(called && { call: called }) }, () => [
    `The secret of ${printable(description.name)} is usable; tokens are signed with ${algorithm}.`,
    called === undefined
      ? `To have Kore.ai try it: ${session.command(...callCommand(description))}`
      : `Kore.ai accepts the credentials. It ${called.isKnown ? 'knows' : 'does not know'} ${called.requestId}${call === true ? ', which does not exist' : ''}.`,
  ]);
  return EXIT.done;
}

/** A request id in Kore.ai's form that it cannot have given. */
const NO_NOTIFICATION = 'ds-00000000-0000-0000-0000-000000000000';

/** @throws CommandError `TRACKER_TOO_OLD`, `STREAM_ID_MISSING`, and those of tryCredentials. */
async function callOnce(
  { description }: Tracker,
  credentials: Credentials,
  { call, streamId = description.defaultStreamId }: CheckOptions,
  now: () => number,
) {
  const { host, apiScope } = description;
  if (host === undefined || apiScope === undefined) throw trackerTooOld(description, 'its Kore.ai');
  const notification = { requestId: typeof call === 'string' ? call : NO_NOTIFICATION, streamId };
  requireStreamIds(description, [notification]);
  // Signing is loaded for those who call.
  const { tryCredentials } = await import('../../credentials/try-credentials.ts');
  return { ...notification, ...(await tryCredentials(credentials, { host, apiScope }, notification, now)) };
}
