import type { Scenario } from '../scenario.ts';

export const DEPLOY: Scenario = {
  name: 'deploy',
  does: 'Reads what became of the stack with two trackers.',
  settles: [
    {
      id: 'template-accepted',
      says: 'CloudFormation accepts the whole template of a tracker',
      agrees: ['CREATE_COMPLETE'],
      notInEmulator: 'it accepts templates that CloudFormation refuses, and gets one without the saved query',
    },
  ],
  async run({ stack }) {
    return { seen: { 'template-accepted': stack.status }, fixtures: { stack } };
  },
};
