/** `npm start`: tracks one notification on this machine, with what a deployment would run. */
import { takesColours } from '../cli/display/terminal.ts';
import { guardedLine, printable } from '../cli/text/printable.ts';
import type { CheckResult } from '../lambdas/check-delivery/invocation/invocation.ts';
import { ConfigurationError } from '../lib/configuration/configuration-error.ts';
import { realClock } from '../local/clock.ts';
import { type LocalOptions, parseOptions, UsageError } from '../local/options.ts';
import { OPTION_OF_PROP } from '../local/props-for.ts';
import { checkLine, closingLines, jsonText, type RunResult } from '../local/report.ts';
import { runLocally } from '../local/run.ts';

const EXIT = { complete: 0, failed: 1, wrongUsage: 2, timedOut: 3, interrupted: 130 };

process.exitCode = await main();

async function main(): Promise<number> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options === undefined) return EXIT.complete;
    const result = await run(options, interruption.signal);
    return interruption.signal.aborted ? EXIT.interrupted : exitStatusOf(result);
  } catch (error) {
    if (interruption.signal.aborted) return EXIT.interrupted;
    if (error instanceof UsageError) return refuse(error.message);
    if (error instanceof ConfigurationError) return refuse(inOptions(error.message));
    throw error;
  }
}

async function run(options: LocalOptions, interrupted: AbortSignal): Promise<RunResult> {
  const terminal = { colours: takesColours(process.stdout, process.env) };
  const say = options.json ? () => {} : (line: string) => console.log(guardedLine(line, terminal.colours));
  let startedAt = 0;
  const result = await runLocally(
    options,
    realClock(),
    {
      onStart({ host }) {
        startedAt = Date.now();
        const bot = options.streamId === undefined ? '' : ` on ${options.streamId}`;
        say(
          `Tracking ${options.requestId}${bot} at ${host}${options.host ? '' : ` (simulator, ${options.scenario})`}`,
        );
      },
      onCheck(check: CheckResult) {
        say(checkLine(check, (Date.now() - startedAt) / 1000, options.recipients, terminal));
      },
    },
    interrupted,
  );
  if (interrupted.aborted) return result;
  if (options.json) console.log(jsonText(result));
  else for (const line of closingLines(result, terminal)) say(line);
  return result;
}

function exitStatusOf({ end }: RunResult): number {
  if (end.status !== 'SUCCEEDED') return EXIT.failed;
  const { outcome } = end.output as { outcome: string };
  return outcome === 'complete' ? EXIT.complete : EXIT.timedOut;
}

function refuse(message: string): number {
  console.error(printable(message));
  return EXIT.wrongUsage;
}

/** The stack's errors name its props; users of the command line know their options. */
function inOptions(message: string): string {
  return Object.entries(OPTION_OF_PROP).reduce(
    (text, [prop, option]) => text.replaceAll(prop, option),
    message,
  );
}
