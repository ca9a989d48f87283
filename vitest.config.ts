import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/**/*.test.ts'],
    // Minutes, not seconds, a browser, or what npm does not install: `npm run test:reliability`, `test:browser`, `test:judges`.
    exclude: ['test/reliability/**', 'test/report/**', 'test/judges/**'],
    globalSetup: ['test/synthesised-stack.ts'],
    // Files share a worker's imports, of which the CDK is the longest; no module here keeps state that a test could see.
    isolate: false,
    // Validation of templates belongs to `cdk synth`; and code that forgets UTC must fail on a machine that has it.
    env: { CDK_VALIDATION: 'false', TZ: 'America/St_Johns' },
    testTimeout: 30_000,
    maxConcurrency: 4,
    // The tests wait for sockets and timers more than they compute.
    maxWorkers: Math.min(8, Math.max(3, availableParallelism())),
  },
});
