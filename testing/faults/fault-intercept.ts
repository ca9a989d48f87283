/** Lets the faults of a plan happen in a local AWS. */
import type { Intercept } from '../../local/aws/local-aws.ts';
import type { FaultPlan } from './fault-plan.ts';
import { faultyEnvironment } from './faulty-environment.ts';
import { EVENT_ERRORS, FUNCTION_ERRORS, faultyTask } from './faulty-task.ts';

export function faultIntercept(plan: FaultPlan): Intercept {
  return {
    environment: (variables, crash) => faultyEnvironment(variables, plan, crash),
    task(name, perform) {
      const errors = name === 'final event' ? EVENT_ERRORS : FUNCTION_ERRORS;
      return faultyTask(name, errors, plan, perform);
    },
  };
}
