import { Argument, Command } from 'commander';
import { requestId, streamId } from '../arguments.ts';
import type { Act } from '../session.ts';

/** What most commands are about. */
const ARGUMENTS = {
  notification: () => new Argument('<request-id>', 'the notification, ds-…').argParser(requestId),
  bot: () =>
    new Argument('<bot>', 'its stream id, st-…, or the client id where trackings name no bot').argParser(
      streamId,
    ),
};

/** A command with one argument. */
export function commandOn(
  argument: keyof typeof ARGUMENTS,
  name: string,
  description: string,
  action: ReturnType<Act>,
): Command {
  return new Command(name).description(description).addArgument(ARGUMENTS[argument]()).action(action);
}
