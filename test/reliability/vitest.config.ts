import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/reliability/**/*.test.ts'],
    globalSetup: ['test/synthesised-stack.ts'],
    env: { CDK_VALIDATION: 'false', TZ: 'America/St_Johns' },
    isolate: false,
    // Most of the time these wait for time-outs, so many run side by side.
    maxConcurrency: 24,
    maxWorkers: 2,
    testTimeout: 300_000,
  },
});
