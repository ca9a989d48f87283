import { NotShown, type Scenario } from '../scenario.ts';
import { busProbeTemplate } from '../stack/small-templates.ts';

export const MISSING_BUS: Scenario = {
  name: 'missing-bus',
  does: "Deploys the tracker's probe of its bus for a bus that does not exist.",
  settles: [
    {
      id: 'missing-bus-fails-deployment',
      says: 'A rule on a bus that does not exist makes a deployment fail',
      agrees: ['the rule was refused'],
      notInEmulator: 'it makes rules on buses that do not exist',
    },
  ],
  async run({ place, stacks }) {
    const { isCreated, status, reasons } = await stacks.create(
      'no-bus',
      busProbeTemplate(`${place.name}-mistyped`),
    );
    await stacks.delete('no-bus');
    const isRefused = reasons.some(({ type }) => type === 'AWS::Events::Rule');
    const seen = isRefused ? 'the rule was refused' : status;
    const hasOtherReason = !isCreated && !isRefused;
    return {
      seen: {
        'missing-bus-fails-deployment': hasOtherReason
          ? new NotShown(`${status}, and not for the rule`)
          : seen,
      },
      fixtures: { creation: { status, reasons } },
    };
  },
};
