import { NotShown, type Scenario } from '../scenario.ts';

export const VPC: Scenario = {
  name: 'vpc',
  does: 'Nothing yet: a function is idle only after weeks.',
  settles: [
    {
      id: 'idle-vpc-function-wakes',
      says: 'The first invocations of a VPC function that was idle for weeks fail for about a minute',
      agrees: [],
    },
  ],
  async run() {
    const why = 'not implemented: Lambda takes weeks to make a function idle, and this run takes minutes';
    return { seen: { 'idle-vpc-function-wakes': new NotShown(why) } };
  },
};
