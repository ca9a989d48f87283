import { defineConfig } from 'vitest/config';

/** The tests that a mutant of the pure parts may be killed by. */
export default defineConfig({
  test: {
    include: [
      'test/lambdas/{decision,schedule,call-budget,call-limits,ledger,permit}.test.ts',
      'test/lambdas/{delivery-log,delivery-log-stores,overlapping-checks,row-matching,tally}.test.ts',
      'test/lambdas/{status-answer,status-api,retry-after,obstacle}.test.ts',
    ],
    globalSetup: ['test/synthesised-stack.ts'],
    isolate: false,
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
  },
});
