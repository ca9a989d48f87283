import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/synthesised-stack.ts'],
    testTimeout: 30_000,
    maxConcurrency: 4,
    // The tests wait for sockets and timers more than they compute.
    maxWorkers: 3,
  },
});
