import { defineConfig } from 'vitest/config';

/** The tests that a mutant of the pure parts may be killed by. */
export default defineConfig({
  test: {
    include: [
      'test/lambdas/{check,tracking,recorded-ends,deadline,decision,invocation}.test.ts',
      'test/lambdas/{schedule,call-budget,call-limits,ledger,permit}.test.ts',
      'test/lambdas/rows/*.test.ts',
      'test/lambdas/{obstacle,overlapping-checks}.test.ts',
      'test/reliability/careless.test.ts',
      'test/lib/{failed-check,final-event-states,stack,delivery-tracker}.test.ts',
      'test/lambdas/kore/{status-word,status-answer,status-api,guarded-json,retry-after}.test.ts',
    ],
    globalSetup: ['test/synthesised-stack.ts'],
    isolate: false,
    env: { CDK_VALIDATION: 'false', CARELESS_SEEDS: '1', CARELESS_NOTIFICATIONS: '300' },
    testTimeout: 30_000,
  },
});
