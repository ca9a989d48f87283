/** One check by the bundled function, in a process of its own: prints what it returned, and the most memory it had. */
import { existsSync, readFileSync } from 'node:fs';

const [bundle = '', event = ''] = process.argv.slice(2);
const { handler } = await import(bundle);
const result = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 60_000 });
process.stdout.write(`\n${JSON.stringify({ result, peakMb: peakKilobytes() / 1024 })}\n`);

/** Linux counts what the parent had before exec into `maxRSS`, and not into this. */
function peakKilobytes(): number {
  const status = '/proc/self/status';
  if (!existsSync(status)) return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]);
}
