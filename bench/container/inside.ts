/** The inside of a container's process: invokes the bundle's handler as often as it is told to, and says what each invocation took. */
import { readFileSync } from 'node:fs';
import type { InvocationReply, InvocationRequest } from './container.ts';

process.on('message', async (request: InvocationRequest) => {
  process.send?.(await reply(request));
});
// Connections that the SDK keeps open must not outlive who measures.
process.on('disconnect', () => process.exit());

async function reply({ bundle, event, timeLimitMs }: InvocationRequest): Promise<InvocationReply> {
  const [start, cpu, deadline] = [performance.now(), process.cpuUsage(), Date.now() + timeLimitMs];
  try {
    const { handler } = await import(bundle);
    const getRemainingTimeInMillis = () => deadline - Date.now();
    const result = await handler(event, { getRemainingTimeInMillis });
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs, cpuMs: (user + system) / 1_000, peakMb: peakKilobytes() / 1024, result };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Linux counts what the parent had before exec into `maxRSS`, and not into this. */
function peakKilobytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
