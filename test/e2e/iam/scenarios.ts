/** After all scenarios: what they asked of AWS, judged by evaluators that are not ours. */
import assert from 'node:assert/strict';
import { EXPLANATIONS } from '../../judges/iam/explanations.ts';
import { type Run, refusals, superfluous } from '../../judges/iam/judge.ts';

export function iamScenarios(record: () => Promise<Run>) {
  let recorded: Promise<Run> | undefined;
  const run = () => {
    recorded ??= record();
    return recorded;
  };
  return [
    {
      name: 'two evaluators of IAM allow every request that was made',
      async run() {
        const judged = await run();
        assert.ok(judged.requests.length > 50);
        assert.deepEqual(refusals(judged), []);
      },
    },
    {
      name: 'every permission was used, or is explained',
      run: async () => assert.deepEqual(superfluous(await run(), EXPLANATIONS), []),
    },
  ];
}
