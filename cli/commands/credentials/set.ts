/** `credentials set`: puts the app's credentials in Kore.ai into the tracker's secret, once they are found to be usable. */
import { Command, Option } from 'commander';
import { parseCredentials } from '../../../contract/credentials.ts';
import { CommandError } from '../../command-error.ts';
import { credentialsProblem } from '../../credentials/check-credentials.ts';
import { callCommand } from '../../credentials/credentials-commands.ts';
import { writeSecret } from '../../credentials/stored-secret.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { readText, STANDARD_INPUT } from '../../read-text.ts';
import type { Act, Session } from '../../session.ts';
import { printable } from '../../text/printable.ts';
import { trackerTooOld } from '../../tracker/too-old.ts';

export function setCredentialsCommand(act: Act): Command {
  return new Command('set')
    .description("put them into the tracker's secret, from a file")
    .addOption(
      new Option(
        '--file <file>',
        'JSON: {"clientId", "clientSecret" or "privateKey", "algorithm"?, "subject"?}; - for standard input',
      ).makeOptionMandatory(),
    )
    .action(act(setCredentials));
}

async function setCredentials(session: Session, { file }: { file: string }): Promise<ExitStatus> {
  // Its name is not repeated: it may be the secret itself, in the wrong place.
  const told = { name: 'The file of --file', undone: UNDONE };
  const text = await readText(session, file, told);
  const problem = credentialsProblem(text);
  if (problem !== undefined) {
    throw new CommandError(problem.code, EXIT.wrongUsage, `${problem.message} ${UNDONE}`);
  }
  const { algorithm } = parseCredentials(text);
  const { secret, description } = await session.tracker();
  const { name } = description;
  if (secret === undefined) throw trackerTooOld(description, 'its secret');
  await writeSecret(secret, text);
  session.print({ written: true, tracker: name, secretArn: secret.arn, algorithm }, () => [
    `The secret of ${printable(name)} has the credentials; tokens are signed with ${algorithm}.`,
    ...(file === STANDARD_INPUT ? [] : ['Now delete the file, which holds them too.']),
    'Trackings that wait with NOT_CONFIGURED or INVALID_SECRET go on at their next check. Earlier credentials are used until Kore.ai refuses them, five minutes at most.',
    `To have Kore.ai try them: ${session.command(...callCommand(description))}`,
  ]);
  return EXIT.done;
}

const UNDONE = 'Nothing was written.';
