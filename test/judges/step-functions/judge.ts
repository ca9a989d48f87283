/**
 * Step Functions as somebody else wrote it: the interpreter of LocalStack, inside moto. It runs one execution at a time, since
 * all share its clock.
 *
 * Where it is known to differ from AWS, nothing is asserted:
 * - `States.ALL` catches `States.DataLimitExceeded` and `States.Runtime`; on AWS it does not (AWS docs, Error handling).
 * - A lost connection fails a task with `States.Runtime`, on AWS with the service's `SdkClientException`.
 * - An error of EventBridge's API is `States.Runtime` too; only `EventBridge.FailedEntry` has its name.
 * - A choice without a match does not fail with `States.NoChoiceMatched`.
 * - A bus that does not exist is refused; EventBridge takes the event and drops it.
 * - The size of a state's input is not limited after `Parameters`.
 * - A wait ends up to a second early.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { DeployedStateMachine } from '../../../local/aws/deployment.ts';
import type { ExecutionEnd } from '../../../local/aws/state-machine.ts';
import { LOCAL_REGION } from '../../../local/aws/template.ts';
import { motoServer } from '../moto/moto-server.ts';
import { type Services, servicesProxy } from './services-proxy.ts';

export interface Judge {
  /** @throws InvalidDefinition */
  load(stateMachine: DeployedStateMachine): Promise<JudgedStateMachine>;
  close(): Promise<void>;
}

export interface JudgedStateMachine {
  /** As the interpreter has it. */
  definition(): Promise<string>;
  start(execution: NewExecution, services: Services): Promise<JudgedExecution>;
}

export interface NewExecution {
  readonly name: string;
  readonly input: unknown;
}

export interface JudgedExecution {
  readonly arn: string;
  readonly ended: Promise<JudgedEnd>;
  stop(): Promise<void>;
}

export interface JudgedEnd extends ExecutionEnd {
  /** From the start, on moto's clock. */
  readonly seconds: number;
}

/** @param python the Python that has moto. */
export async function stepFunctionsJudge(python: string): Promise<Judge> {
  const proxy = await servicesProxy();
  const moto = await motoServer(python, proxy.endpoint);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SFNClient({ endpoint: moto.endpoint, region: LOCAL_REGION, credentials });
  const roleArn = 'arn:aws:iam::123456789012:role/local';
  let loaded = 0;
  return {
    async load({ definition }) {
      loaded += 1;
      const machine = { name: `StateMachine-${loaded}`, roleArn, definition };
      const { stateMachineArn = '' } = await client.send(new CreateStateMachineCommand(machine));
      return {
        async definition() {
          const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
          return described.definition ?? '';
        },
        start(execution, services) {
          proxy.use(services);
          return start(client, stateMachineArn, execution);
        },
      };
    },
    async close() {
      client.destroy();
      await moto.close();
      await proxy.close();
    },
  };
}

async function start(
  client: SFNClient,
  stateMachineArn: string,
  { name, input }: NewExecution,
): Promise<JudgedExecution> {
  const execution = { stateMachineArn, name, input: JSON.stringify(input) };
  const { executionArn = '' } = await client.send(new StartExecutionCommand(execution));
  return {
    arn: executionArn,
    ended: endOf(client, executionArn),
    async stop() {
      await client.send(new StopExecutionCommand({ executionArn }));
    },
  };
}

async function endOf(client: SFNClient, executionArn: string): Promise<JudgedEnd> {
  const describe = () => client.send(new DescribeExecutionCommand({ executionArn }));
  let described = await describe();
  while (described.status === 'RUNNING') {
    await sleep(20);
    described = await describe();
  }
  const { status, output, error, startDate, stopDate } = described;
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  return {
    status: status as ExecutionEnd['status'],
    output: output === undefined ? null : JSON.parse(output),
    ...(error !== undefined && { error }),
    states: events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []),
    errors: events.flatMap(errorIn),
    seconds: (Number(stopDate) - Number(startDate)) / 1000,
  };
}

function errorIn({ taskFailedEventDetails, taskTimedOutEventDetails }: HistoryEvent): string[] {
  const error = (taskFailedEventDetails ?? taskTimedOutEventDetails)?.error;
  return error === undefined ? [] : [error];
}
