import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/report/**/*.test.ts'],
    env: { TZ: 'America/St_Johns' },
    // A browser takes as much as there is.
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
