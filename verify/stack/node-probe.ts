/** A function that tells how Lambda starts Node where the memory and NODE_OPTIONS are those of `check-delivery`. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type CfnFunction, Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { roleThatLogs } from './role-that-logs.ts';

const SOURCE = `
exports.handler = async () => ({
  node: process.version,
  execArgv: process.execArgv,
  nodeOptions: process.env.NODE_OPTIONS ?? null,
  heapSizeLimit: require('node:v8').getHeapStatistics().heap_size_limit,
});
`;

export function nodeProbe(scope: Construct, id: string, { node, runtime, architecture }: LambdaFunction) {
  const { memorySize, environment } = node.defaultChild as CfnFunction;
  const { variables = {} }: { variables?: Record<string, string> } = Stack.of(scope).resolve(environment);
  const { NODE_OPTIONS = '' } = variables;
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: RetentionDays.ONE_DAY,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new LambdaFunction(scope, id, {
    code: Code.fromInline(SOURCE),
    handler: 'index.handler',
    runtime,
    architecture,
    memorySize: memorySize ?? 128,
    environment: { NODE_OPTIONS },
    logGroup,
    role: roleThatLogs(scope, `${id}Role`, logGroup),
  });
}
