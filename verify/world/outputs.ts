import type { DeployedTracker } from './deployed-tracker.ts';

/** One of the trackers by the outputs of its stack. */
export function trackerFrom(outputs: Readonly<Record<string, string>>, name: string): DeployedTracker {
  const output = (key: string) => {
    const value = outputs[`${name}${key}`];
    if (value === undefined) throw new Error(`the stack has no output ${name}${key}`);
    return value;
  };
  return {
    stateMachineArn: output('StateMachineArn'),
    tableArn: output('TableArn'),
    eventBusArn: output('EventBusArn'),
    functionName: output('FunctionName'),
    roleName: output('RoleName'),
  };
}
