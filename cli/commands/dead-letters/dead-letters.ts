/** `dead-letters`: events that a rule's target did not take. */
import { Command } from 'commander';
import type { Act } from '../../session.ts';
import { forwardCommand } from './forward.ts';
import { listCommand } from './list.ts';

export function deadLettersCommand(act: Act): Command {
  return new Command('dead-letters')
    .description('events that the target of a rule did not take: list them, or send them there again')
    .addCommand(listCommand(act))
    .addCommand(forwardCommand(act));
}
