/** What definitions reach, for either interpreter: the bundled functions, tables, an event bus, and faults in their tasks. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DeployedFunction, DeployedStateMachine, Deployment } from '../../../local/aws/deployment.ts';
import { recordsIn } from '../../../local/aws/dynamodb-tasks.ts';
import { type BusEvent, eventBus } from '../../../local/aws/event-bus.ts';
import { type ExecutionServer, executionServer } from '../../../local/aws/execution-server.ts';
import { functionRunner } from '../../../local/aws/function-runner.ts';
import { secretServer } from '../../../local/aws/secret-server.ts';
import type { TaskHandlers } from '../../../local/aws/state-machine.ts';
import { tableServer } from '../../../local/aws/table-server.ts';
import { LOCAL_REGION } from '../../../local/aws/template.ts';
import type { Clock } from '../../../local/clock.ts';
import { SECRET } from '../../workflow/tracking-harness.ts';

export interface World {
  /** For a definition; the function is the one that it invokes. */
  handlersFor(machine: DeployedStateMachine): TaskHandlers;
  readonly events: readonly BusEvent[];
  rowsOf(partition: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/**
 * What goes wrong in a task, each time that it is tried. It throws an error by whose name the state fails; what it does with
 * `perform` happens before. The number of the try begins at 1.
 */
export type Fault = (attempt: number, perform: () => Promise<unknown>) => unknown;
export type Faults = Partial<Readonly<Record<keyof TaskHandlers, Fault>>>;

/** What faults may be made of. */
export interface Surroundings {
  readonly tables: DynamoDBDocumentClient;
  readonly tableName: string;
  /** The executions that Step Functions is asked for. */
  readonly executions: ExecutionServer;
}

/** An error by whose name a state fails. */
export class TaskError extends Error {
  override readonly name: string;

  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

/** @param before tells the functions' ARNs, whatever a fault has done to a definition. */
export async function worldOf(
  deployment: Deployment,
  before: Deployment,
  clock: Clock,
  environment: Readonly<Record<string, string>>,
  faultsIn: (surroundings: Surroundings) => Faults = () => ({}),
): Promise<World> {
  const table = await tableServer(deployment.table, deployment.budgetTable);
  const secrets = await secretServer(deployment.secretArn, SECRET);
  const executions = await executionServer();
  const faults = faultsIn({ tables: table.client, tableName: deployment.table.name, executions });
  const variables = {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    AWS_ENDPOINT_URL_SFN: executions.endpoint,
    ...environment,
  };
  const { stateMachine, campaignStateMachine } = before;
  const run = (deployed: DeployedFunction) => functionRunner(deployed, variables, clock);
  const runners = new Map([
    [functionArnIn(stateMachine), run(deployment.function)],
    [functionArnIn(campaignStateMachine), run(deployment.campaignFunction)],
  ]);
  const bus = eventBus();
  const records = recordsIn(table.client);
  const putEvents = faulty(faults.putEvents, async (parameters) => bus.put(parameters));
  const updateItem = faulty(faults.updateItem, records.updateItem);
  const putItem = faulty(faults.putItem, records.putItem);
  return {
    handlersFor(machine) {
      const invoke = (payload: unknown) => runners.get(functionArnIn(machine))?.invoke(payload);
      return { invokeFunction: faulty(faults.invokeFunction, invoke), putEvents, updateItem, putItem };
    },
    events: bus.events,
    rowsOf: (partition) => table.rowsOf(partition),
    async close() {
      await Promise.all([...runners.values()].map((runner) => runner.close()));
      await Promise.all([table.close(), secrets.close(), executions.close()]);
    },
  };
}

/** That of the reporter, which invokes none, is empty. */
export function functionArnIn({ definition }: Pick<DeployedStateMachine, 'definition'>): string {
  return /"(arn:aws:lambda:[^"]+)"/.exec(definition)?.[1] ?? '';
}

type Task = (input: unknown) => unknown;

function faulty(fault: Fault = (_, perform) => perform(), task: Task): (input: unknown) => Promise<unknown> {
  let attempts = 0;
  return async (input) => {
    attempts += 1;
    return fault(attempts, async () => task(input));
  };
}
