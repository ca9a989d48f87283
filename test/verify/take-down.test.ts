/** One account that does not answer keeps nothing of the other from being deleted or told. */
import { expect, it, vi } from 'vitest';
import { deployedPlace } from '../../verify/world/deployed-place.ts';
import type { Stacks } from '../../verify/world/stacks.ts';

const { accounts } = vi.hoisted(() => ({ accounts: [] as unknown[] }));
vi.mock('../../verify/world/stacks.ts', () => ({ stacksOf: () => accounts.shift() }));
vi.mock('../../verify/world/leftovers.ts', () => ({ leftoversOf: async () => [] }));

function account(changes: Partial<Stacks>) {
  const deleted: string[] = [];
  accounts.push({
    list: async () => [],
    deleteAll: async () => {
      deleted.push('all');
      return [];
    },
    ...changes,
  });
  return deleted;
}

function place() {
  const access = { region: 'eu-central-1', profile: 'p' };
  return deployedPlace({
    runName: 'delivery-tracker-verify-1a2b3c4d',
    isEmulator: true,
    accountId: '123456789012',
    access,
    second: { accountId: '210987654321', access },
    environment: {},
  });
}

it('deletes in the second account where the first refuses, and says so', async () => {
  account({ deleteAll: () => Promise.reject(new Error('Rate exceeded')) });
  const deleted = account({});

  await expect(place().takeDown()).rejects.toThrow('CloudFormation left perhaps stacks: Rate exceeded');
  expect(deleted).toEqual(['all']);
});

it('lists what the second account has where the first cannot be asked', async () => {
  account({ list: () => Promise.reject(new Error('expired')) });
  account({ list: async () => [{ StackName: 'delivery-tracker-verify-1a2b3c4d-second' }] as never });

  expect(await place().list()).toEqual([
    'perhaps stacks: they could not be listed (expired)',
    'stack delivery-tracker-verify-1a2b3c4d-second',
  ]);
});
