/** `credentials`: the tracker's secret, which proves to Kore.ai who it is. */
import { Command } from 'commander';
import type { Act } from '../../session.ts';
import { checkCredentialsCommand } from './check.ts';
import { setCredentialsCommand } from './set.ts';

export function credentialsCommand(act: Act): Command {
  return new Command('credentials')
    .description(
      "put the app's credentials in Kore.ai into the tracker's secret, or check them; never shows them",
    )
    .addCommand(setCredentialsCommand(act))
    .addCommand(checkCredentialsCommand(act));
}
