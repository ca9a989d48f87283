import { expect, it } from 'vitest';
import type { ExecutionEnd } from '../../local/aws/state-machine.ts';
import { exitStatusOf } from '../../local/exit-status.ts';

const end = (status: ExecutionEnd['status'], outcome?: string): ExecutionEnd => ({
  status,
  output: outcome === undefined ? null : { outcome },
  states: [],
  errors: [],
});
const COMPLETE = end('SUCCEEDED', 'complete');
const TIMED_OUT = end('SUCCEEDED', 'timed-out');
const FAILED = end('FAILED');

it.each([
  ['complete', [COMPLETE], 0],
  ['timed out', [TIMED_OUT], 3],
  ['failed', [FAILED], 1],
  ['stopped', [end('ABORTED')], 1],
  ['all complete', [COMPLETE, COMPLETE], 0],
  ['one timed out of several', [COMPLETE, COMPLETE, TIMED_OUT], 3],
  ['one failed, and another timed out', [COMPLETE, TIMED_OUT, FAILED], 1],
])('of what is %s', (_, ends, status) => {
  expect(exitStatusOf(...ends)).toBe(status);
});
