/** Runs what is too large for a test runner, one attempt after the other, and reports it. */

export interface Result {
  readonly name: string;
  readonly result: 'passed' | 'FAILED';
  readonly seconds: number;
  readonly error?: unknown;
}

export async function attempt(name: string, run: () => unknown): Promise<Result> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;
  try {
    await run();
    console.log(`  passed  ${name}`);
    return { name, result: 'passed', seconds: seconds() };
  } catch (error) {
    // At once as well as at the end, for a log that is cut.
    console.log(`  FAILED  ${name}: ${error}`);
    return { name, result: 'FAILED', seconds: seconds(), error };
  }
}

/** Sets the exit status where one failed. */
export function report(results: readonly Result[]): void {
  console.table(results.map(({ name, result, seconds }) => ({ name, result, seconds })));
  const failures = results.filter(({ result }) => result === 'FAILED');
  for (const { name, error } of failures) console.error(`\n${name}:`, error);
  console.log(`${results.length - failures.length} passed, ${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
}
