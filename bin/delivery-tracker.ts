#!/usr/bin/env node
/** `delivery-tracker`: the command line for a deployed tracker. */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { programName } from '../cli/command-text.ts';
import { takesColours } from '../cli/display/terminal.ts';
import { EXIT } from '../cli/exit-status.ts';
import { runCommandLine } from '../cli/main.ts';
import { connect } from '../cli/tracker/aws-clients.ts';
import manifest from '../package.json' with { type: 'json' };

const { stdin, stdout, stderr, env } = process;
// V8 would rather grow than collect what a list leaves behind, page by page.
for (const flag of ['--optimize-for-size', '--semi-space-growth-factor=1']) setFlagsFromString(flag);
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C ends the process at once.
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  });
}
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `delivery-tracker list | head` closes the pipe; a full disk is no such end.
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed);
  });
}

const status = await runCommandLine(
  process.argv.slice(2),
  {
    program: programName(process.argv[1] ?? '', env),
    terminal: {
      stdout,
      stderr,
      colours: takesColours(stdout, env),
      confirm: stdin.isTTY && stderr.isTTY ? ask : undefined,
    },
    environment: env,
    interrupted: interruption.signal,
    readInput: () => text(stdin),
    clock: {
      now: Date.now,
      sleep: (milliseconds, signal) =>
        sleep(milliseconds, undefined, { ...(signal && { signal }) }).catch(() => {}),
    },
    connect,
  },
  manifest.version,
);
process.exitCode = status;
// Requests that are not waited for any more would keep the process alive.
if (interruption.signal.aborted) process.exit();

async function ask(question: string): Promise<boolean> {
  const reader = createInterface({ input: stdin, output: stderr });
  reader.once('SIGINT', () => interruption.abort());
  // Ctrl-D is no answer, and Ctrl-C ends the command before one.
  const noAnswer = once(reader, 'close').then(() => '');
  const answer = await Promise.race([reader.question(`${question} [y/N] `), noAnswer]);
  reader.close();
  return /^y(es)?$/i.test(answer.trim());
}
