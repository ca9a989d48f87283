/** What Step Functions does with a tracking, out of the synthesised definitions. */
import { outputOf } from '../../../local/aws/jsonata-state.ts';
import { deploymentWithDeadline } from '../../workflow/tracking-harness.ts';
import type { StepFunctions } from './execution.ts';
import { DEADLINE_SECONDS } from './plan.ts';

export function synthesisedStepFunctions(random = Math.random): StepFunctions {
  const { stateMachine, reporter } = deploymentWithDeadline(DEADLINE_SECONDS);
  const { States } = JSON.parse(stateMachine.definition);
  return {
    eventRetries: States['Publish delivery complete'].Retry[0].MaxAttempts,
    checkFailed: outputOf(States['Check failed'], random),
    describeInterruption: outputOf(JSON.parse(reporter.definition).States['Describe interruption']),
  };
}
