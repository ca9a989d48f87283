import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/judges/**/*.test.ts'],
    globalSetup: ['test/judges/setup.ts'],
    isolate: false,
    maxWorkers: 2,
    testTimeout: 120_000,
  },
});
