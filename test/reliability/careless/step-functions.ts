/** What Step Functions does with a tracking, out of the synthesised definitions. */
import { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Choice, type Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { ANNOUNCED_LATER } from '../../../contract/state-names.ts';
import { announceFailures } from '../../../lib/workflow/announce-failures.ts';
import { outputOf, type States } from '../../../local/aws/jsonata-state.ts';
import { deploymentWithDeadline } from '../../workflow/tracking-harness.ts';
import { DEADLINE_SECONDS } from './plan.ts';

type Evaluated = (states: States) => Promise<unknown>;

export interface StepFunctions {
  /** How often it tries to publish again. */
  readonly eventRetries: number;
  /** `Check failed`. */
  readonly checkFailed: Evaluated;
  /** What it goes on by where an announcement could not be published. */
  readonly putOff: (announcing: object) => Promise<unknown>;
  /** `Describe interruption`. */
  readonly describeInterruption: Evaluated;
  readonly campaigns: CampaignStepFunctions;
}

export interface CampaignStepFunctions {
  readonly stateMachineArn: string;
  /** `Check failed`. */
  readonly checkFailed: Evaluated;
  /** `Read final event`. */
  readonly readFinalEvent: Evaluated;
}

export function synthesisedStepFunctions(random = Math.random): StepFunctions {
  const { stateMachine, reporter, campaignStateMachine } = deploymentWithDeadline(DEADLINE_SECONDS);
  const { States } = JSON.parse(stateMachine.definition);
  const { States: ofCampaigns } = JSON.parse(campaignStateMachine.definition);
  const putOff = outputOf(putOffState(), random);
  return {
    eventRetries: States['Publish delivery complete'].Retry[0].MaxAttempts,
    checkFailed: outputOf(States['Check failed'], random),
    putOff: (announcing) => putOff({ input: announcing, context: {} }),
    describeInterruption: outputOf(JSON.parse(reporter.definition).States['Describe interruption']),
    campaigns: {
      stateMachineArn: campaignStateMachine.arn,
      checkFailed: outputOf(ofCampaigns['Check failed'], random),
      readFinalEvent: outputOf(ofCampaigns['Read final event']),
    },
  };
}

/** `Announce with the next check`, which the synthesised definition has only where a tracker announces failures. */
function putOffState() {
  const stack = new Stack();
  const eventBus = EventBus.fromEventBusName(stack, 'Bus', 'bus');
  announceFailures(stack, { eventBus, eventSource: 'tracker' }, new Choice(stack, 'Delivery final?'));
  return (stack.node.findChild(ANNOUNCED_LATER) as Pass).toStateJson() as Parameters<typeof outputOf>[0];
}
