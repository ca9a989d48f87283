/** How far a batch is: a bar on a terminal, a line now and then elsewhere, on standard error both. */
import { SingleBar } from 'cli-progress';
import type { Session } from '../session.ts';
import { type Batch, doneOf } from './start-batch.ts';

export interface BatchProgress {
  update(): void;
  end(): void;
}

const LINE_EVERY_MS = 5_000;

export function batchProgress({ terminal, clock, format }: Session, batch: Batch): BatchProgress {
  if (terminal.stderr.isTTY) return barOn(terminal.stderr, batch);
  // A machine reads the document at the end.
  if (format !== 'table') return { update: () => {}, end: () => {} };
  let lineAt = clock.now() + LINE_EVERY_MS;
  return {
    update() {
      if (clock.now() < lineAt) return;
      lineAt = clock.now() + LINE_EVERY_MS;
      terminal.stderr.write(`${doneOf(batch)} of ${batch.inputs.length}: ${batchText(batch)}\n`);
    },
    end: () => {},
  };
}

/** Such as `120 started, 80 already tracked, 0 failed`. */
export function batchText({ started, alreadyTracked, failures }: Batch): string {
  return `${started} started, ${alreadyTracked} already tracked, ${failures.length} failed`;
}

function barOn(stream: NodeJS.WritableStream, batch: Batch): BatchProgress {
  const bar = new SingleBar({
    stream,
    fps: 10,
    hideCursor: true,
    gracefulExit: false,
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    format: '{bar} {percentage} %  {value} of {total}: {text}, {eta_formatted} left',
  });
  bar.start(batch.inputs.length, 0, { text: 'starting' });
  return {
    update: () => bar.update(doneOf(batch), { text: batchText(batch) }),
    end: () => bar.stop(),
  };
}
