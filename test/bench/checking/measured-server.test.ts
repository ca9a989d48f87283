import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { measuredServer } from '../../../bench/checking/measured-server.ts';

const ANSWER = JSON.stringify({ padding: 'x'.repeat(10_000) });

async function started() {
  const server = await measuredServer(() => ANSWER);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(async () => {
    agent.destroy();
    await server.close();
  });
  const post = async (body: string) => {
    const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      request(server.origin, { agent, method: 'POST' }).on('response', resolve).on('error', reject).end(body);
    });
    return text(response);
  };
  return { server, post };
}

it('counts what has passed since it was asked last', async () => {
  const { server, post } = await started();
  await post('first');
  server.take();

  expect(await post('y'.repeat(5_000))).toBe(ANSWER);

  const { requests, bytesToServer, bytesFromServer } = server.take();
  expect(requests).toBe(1);
  expect(bytesToServer).toBeGreaterThan(5_000);
  expect(bytesToServer).toBeLessThan(5_500);
  expect(bytesFromServer).toBeGreaterThan(ANSWER.length);
  expect(bytesFromServer).toBeLessThan(ANSWER.length + 500);
});

it('has nothing to tell where nobody asked', async () => {
  const { server, post } = await started();
  await post('first');
  server.take();

  expect(server.take()).toEqual({ requests: 0, bytesToServer: 0, bytesFromServer: 0, busyMs: 0 });
});
