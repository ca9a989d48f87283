/** What became of a batch, for machines and for people. */
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { batchText } from './batch-progress.ts';
import { type Batch, doneOf } from './start-batch.ts';

export function notStarted(batch: Batch): number {
  return batch.inputs.length - doneOf(batch);
}

export function batchStatus(batch: Batch): ExitStatus {
  if (notStarted(batch) > 0) return EXIT.interrupted;
  return batch.failures.length > 0 ? EXIT.failed : EXIT.done;
}

export function batchDocument(batch: Batch) {
  const { inputs, started, alreadyTracked, failures } = batch;
  const counts = { total: inputs.length, started, alreadyTracked, failed: failures.length };
  return { ...counts, notStarted: notStarted(batch), failures };
}

const MOST_SHOWN = 5;

/** @param facts between the numbers and the failures. */
export function batchLines(batch: Batch, facts: readonly string[]): string[] {
  const { inputs, failures } = batch;
  const left = notStarted(batch);
  const rest = failures.length - MOST_SHOWN;
  const number = `${inputs.length} ${inputs.length === 1 ? 'notification' : 'notifications'}`;
  return [
    `${number}: ${batchText(batch)}${left > 0 ? `, ${left} not begun` : ''}.`,
    ...facts,
    ...failures.slice(0, MOST_SHOWN).map(({ requestId, message }) => `  ${requestId}: ${message}`),
    ...(rest > 0 ? [`  and ${rest} more; --json lists them all`] : []),
    ...(left > 0 || failures.length > 0
      ? ['Run the same command again to start the rest; what is tracked is not started twice.']
      : []),
  ];
}
