/** The state that invokes a function for one check of an execution. */
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { JsonPath, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** Longer than the function's own 60 s, so that its time-out is seen first. */
const CHECK_TIMEOUT = Duration.seconds(90);

/** @param more what the function is told beside its execution, input and state. */
export function invokeCheck(
  scope: Construct,
  id: string,
  lambdaFunction: IFunction,
  more: Readonly<Record<string, unknown>> = {},
): LambdaInvoke {
  return new LambdaInvoke(scope, id, {
    lambdaFunction,
    // Whole, so that a missing field is the check's clear error and not a path error, which nothing catches.
    payload: TaskInput.fromObject({
      execution: {
        id: JsonPath.stringAt('$$.Execution.Id'),
        name: JsonPath.stringAt('$$.Execution.Name'),
        startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
      },
      input: JsonPath.objectAt('$$.Execution.Input'),
      state: JsonPath.objectAt('$'),
      ...more,
    }),
    outputPath: '$.Payload',
    taskTimeout: Timeout.duration(CHECK_TIMEOUT),
    retryOnServiceExceptions: false,
  });
}
