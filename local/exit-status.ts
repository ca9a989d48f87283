/** With which status `npm start` exits. */
import type { ExecutionEnd } from './aws/state-machine.ts';

export const EXIT = { complete: 0, failed: 1, wrongUsage: 2, timedOut: 3, interrupted: 130 } as const;

/** That of the worst of several. */
export function exitStatusOf(...ends: readonly ExecutionEnd[]): number {
  const all = ends.map(statusOf);
  return [EXIT.failed, EXIT.timedOut].find((status) => all.includes(status)) ?? EXIT.complete;
}

function statusOf({ status, output }: ExecutionEnd) {
  if (status !== 'SUCCEEDED') return EXIT.failed;
  const { outcome } = output as { outcome: string };
  return outcome === 'complete' ? EXIT.complete : EXIT.timedOut;
}
