import { expect, it } from 'vitest';
import { LARGEST_PAYLOAD_BYTES, loadStateMachine, startExecution } from '../../../local/aws/state-machine.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { deployment } from '../../workflow/tracking-harness.ts';

it('refuses a payload beyond its limit, so that no test passes with one', async () => {
  const tooLarge = { outcome: 'complete', detail: 'x'.repeat(LARGEST_PAYLOAD_BYTES), output: {} };
  const handlers = {
    invokeFunction: async () => tooLarge,
    putEvents: async () => ({}),
    updateItem: async () => ({}),
    putItem: async () => ({}),
  };

  const execution = startExecution(
    loadStateMachine(deployment().stateMachine),
    { name: 'ds-1', input: {} },
    handlers,
    jumpingClock(),
  );

  await expect(execution.ended).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
});
