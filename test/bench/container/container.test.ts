import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { billedMs, startContainer } from '../../../bench/container/container.ts';

const FUNCTION = {
  handler: 'index.handler',
  environment: { COLOUR: 'blue' },
  timeoutSeconds: 60,
  memoryMb: 512,
};

function containerOf(source: string) {
  const assetPath = mkdtempSync(join(tmpdir(), 'container-'));
  writeFileSync(join(assetPath, 'index.mjs'), source);
  const container = startContainer({ ...FUNCTION, assetPath }, { SHAPE: 'round' });
  onTestFinished(async () => {
    await container.stop();
    rmSync(assetPath, { recursive: true });
  });
  return container;
}

it("runs the bundle in one process with the function's environment and what is added", async () => {
  const container = containerOf(`
    let invocations = 0;
    export async function handler(event, { getRemainingTimeInMillis }) {
      invocations += 1;
      const { COLOUR, SHAPE } = process.env;
      return { invocations, event, COLOUR, SHAPE, hasTime: getRemainingTimeInMillis() > 50_000 };
    }`);

  await container.invoke('first');
  const { result, peakMb } = await container.invoke('second');

  expect(result).toEqual({ invocations: 2, event: 'second', COLOUR: 'blue', SHAPE: 'round', hasTime: true });
  expect(peakMb).toBeGreaterThan(10);
});

it('says what the function threw', async () => {
  const container = containerOf('export async function handler() { throw new Error("out of order"); }');

  await expect(container.invoke({})).rejects.toThrow('out of order');
});

it('notices a process that ends without an answer', async () => {
  const container = containerOf('export async function handler() { process.exit(1); }');

  await expect(container.invoke({})).rejects.toThrow('the process ended');
});

it("bills the processor's work by the share of a processor that the memory brings", () => {
  const taken = { wallMs: 100, cpuMs: 10, peakMb: 0, result: undefined };

  expect(billedMs({ ...FUNCTION, assetPath: '', memoryMb: 1_769 }, taken)).toBe(100);
  expect(billedMs({ ...FUNCTION, assetPath: '', memoryMb: 1_769 / 2 }, taken)).toBe(110);
});
