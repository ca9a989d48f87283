import { defineConfig } from 'vitest/config';

/** The tests that a mutant of the pure parts may be killed by. */
export default defineConfig({
  test: {
    include: [
      'test/lambdas/*.test.ts',
      'test/lambdas/{announcing,budget,campaign,ending,invocation,rows,schedule}/*.test.ts',
      'test/lambdas/kore/{call-kore,status-api}.test.ts',
      'test/lambdas/kore/{answer,words}/*.test.ts',
      'test/lib/{stack,delivery-tracker}.test.ts',
      'test/lib/workflow/**/*.test.ts',
      'test/reliability/careless.test.ts',
    ],
    globalSetup: ['test/synthesised-stack.ts'],
    isolate: false,
    env: { CDK_VALIDATION: 'false', CARELESS_SEEDS: '1', CARELESS_NOTIFICATIONS: '300' },
    testTimeout: 30_000,
  },
});
