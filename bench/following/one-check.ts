/**
 * The same check again and again by the bundled function, in a process of its own with the function's environment. Prints what each
 * took, with the import before the first, and the most memory that the process had.
 */
import { readFileSync } from 'node:fs';

export interface ChecksToRun {
  /** The bundle's file. */
  readonly bundle: string;
  readonly event: unknown;
  readonly times: number;
}

export interface ChecksRun {
  readonly taken: readonly { readonly wallMs: number; readonly cpuMs: number }[];
  readonly peakMb: number;
  /** What the last check returned. */
  readonly result: unknown;
}

const LIMIT_MS = 60_000;

if (import.meta.main) {
  const { bundle, event, times }: ChecksToRun = JSON.parse(process.argv[2] ?? '');
  const taken: { wallMs: number; cpuMs: number }[] = [];
  let result: unknown;
  for (let check = 0; check < times; check += 1) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const { handler } = await import(bundle);
    const deadline = Date.now() + LIMIT_MS;
    const getRemainingTimeInMillis = () => deadline - Date.now();
    result = await handler(event, { getRemainingTimeInMillis });
    const { user, system } = process.cpuUsage(cpu);
    taken.push({ wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 });
  }
  const run: ChecksRun = { taken, peakMb: peakKilobytes() / 1024, result };
  process.stdout.write(`\n${JSON.stringify(run)}\n`);
}

/** Linux counts what the parent had before exec into `maxRSS`, and not into this. */
function peakKilobytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
