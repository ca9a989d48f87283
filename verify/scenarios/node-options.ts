import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Scenario } from '../scenario.ts';

const MEBIBYTE = 1024 * 1024;
const OLD = 460;
/** Three semi-spaces of 8. */
const YOUNG = 24;

export const NODE_OPTIONS: Scenario = {
  name: 'node-options',
  does: 'Invokes a function with the memory and NODE_OPTIONS of check-delivery, which tells how Node was started.',
  settles: [
    {
      id: 'node-options-alone-size-the-heap',
      says: "Where NODE_OPTIONS sizes V8's spaces, Lambda's bootstrap sizes neither",
      agrees: [{ sizedByBootstrap: [], heapSizeLimit: (OLD + YOUNG) * MEBIBYTE }],
      notInEmulator: 'it starts Node in its own way',
    },
  ],
  async run({ aws, probeName }) {
    const { Payload, FunctionError } = await aws.lambda.send(new InvokeCommand({ FunctionName: probeName }));
    const told = JSON.parse(Payload?.transformToString() ?? 'null');
    if (FunctionError !== undefined) throw new Error(`the probe failed: ${JSON.stringify(told)}`);
    const sizedByBootstrap = told.execArgv.filter((option: string) => /space|heap/.test(option));
    return {
      seen: { 'node-options-alone-size-the-heap': { sizedByBootstrap, heapSizeLimit: told.heapSizeLimit } },
      fixtures: { node: told },
    };
  },
};
