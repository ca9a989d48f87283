/**
 * Changes the decision, the schedule, the call budget and the delivery log in every small way, and fails where the
 * tests do not notice enough of the changes, or where one that they miss has no reason in survivors.json.
 *
 *     npm run mutation
 */
import { Stryker } from '@stryker-mutator/core';
import { judge } from './survivors.ts';

const { unexplained, outdated } = judge(await new Stryker({}).runMutationTest());
for (const change of unexplained) console.error(`survived without a reason: ${change}`);
for (const change of outdated)
  console.error(`no longer survives, so take it out of survivors.json: ${change}`);
if (unexplained.length + outdated.length > 0) process.exitCode = 1;
