import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const MOTO_TABLES = join(import.meta.dirname, 'dynamodb', 'moto-table-server.ts');

export default defineConfig({
  test: {
    isolate: false,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'judges',
          include: ['test/judges/**/*.test.ts'],
          exclude: ['test/judges/dynamodb/**'],
          globalSetup: ['test/judges/setup.ts', 'test/judges/moto/setup.ts'],
        },
      },
      {
        extends: true,
        // Tests of the tables, as `npm test` runs them on dynalite.
        resolve: { alias: [{ find: /^.*\/table-server\.ts$/, replacement: MOTO_TABLES }] },
        test: {
          name: 'on moto',
          include: [
            'test/judges/dynamodb/*.test.ts',
            'test/lambdas/rows/delivery-log-stores.test.ts',
            'test/lambdas/rows/delivery-log-table.test.ts',
            'test/lambdas/budget/budget-stores.test.ts',
            'test/lambdas/ending/final-event-row.test.ts',
            'test/lambdas/campaign/campaign-stores.test.ts',
            'test/lambdas/campaign/final-event-reader.test.ts',
            'test/workflow/earlier-releases.test.ts',
          ],
          globalSetup: ['test/synthesised-stack.ts', 'test/judges/moto/setup.ts'],
          setupFiles: ['test/judges/dynamodb/skip-slow-tests.ts'],
          env: { CDK_VALIDATION: 'false' },
        },
      },
    ],
  },
});
