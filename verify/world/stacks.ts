/** CloudFormation stacks of a run: made, and deleted whatever state they are in. */
import {
  CancelUpdateStackCommand,
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  paginateDescribeStacks,
  paginateListStackResources,
  type Stack,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { TAG } from './run-name.ts';
import type { Until } from './until.ts';

const CREATED_WITHIN_SECONDS = 300;
const DELETED_WITHIN_SECONDS = 900;
const ROUNDS = 3;

/** How the creation of a stack ended. */
export interface Creation {
  readonly isCreated: boolean;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Of the resources that failed. */
  readonly reasons: readonly { readonly type: string; readonly reason: string }[];
}

export interface Stacks {
  /** Makes `RUN-name` from a template; also returns where CloudFormation refuses it. */
  create(name: string, template: unknown): Promise<Creation>;
  delete(name: string): Promise<void>;
  /** How many resources `RUN-name` has. */
  count(name: string): Promise<number>;
  /** All of the run that are not deleted. */
  list(): Promise<Stack[]>;
  /** Deletes all of the run, in several rounds. Returns the resources that CloudFormation left, and stacks that are still there. */
  deleteAll(): Promise<readonly string[]>;
}

/**
 * @param ended nothing is made any more.
 * @param until waits also after the end, since deletions do.
 */
export function stacksOf(
  runName: string,
  cloudFormation: CloudFormationClient,
  ended: AbortSignal,
  until: Until,
): Stacks {
  async function list(): Promise<Stack[]> {
    const found: Stack[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudFormation }, {})) {
      found.push(...Stacks.filter(({ StackName = '' }) => StackName.startsWith(runName)));
    }
    return found.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  }

  async function find(StackName: string): Promise<Stack | undefined> {
    try {
      const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
      return Stacks.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    } catch (error) {
      if ((error as Error).name === 'ValidationError') return undefined;
      throw error;
    }
  }

  async function resourcesOf(StackName: string | undefined): Promise<StackResourceSummary[]> {
    const found: StackResourceSummary[] = [];
    for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName })) {
      found.push(...(page.StackResourceSummaries ?? []));
    }
    return found;
  }

  async function resourcesLeft(StackName: string | undefined): Promise<string[]> {
    // CloudFormation knows them by the stack's id for some months (AWS docs, ListStackResources).
    try {
      const left = (await resourcesOf(StackName)).filter(
        ({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE',
      );
      return left.map(({ ResourceType, PhysicalResourceId }) => `${ResourceType} ${PhysicalResourceId}`);
    } catch (error) {
      return [`perhaps resources of ${StackName}: they could not be listed (${(error as Error).message})`];
    }
  }

  async function remove({ StackId, StackName = '', StackStatus }: Stack): Promise<string[]> {
    if (StackStatus === 'UPDATE_IN_PROGRESS') {
      await cloudFormation.send(new CancelUpdateStackCommand({ StackName })).catch(() => {});
    }
    if (isUpdating(StackStatus)) {
      await until(`${StackName} is updated`, DELETED_WITHIN_SECONDS, async () => {
        return !isUpdating((await find(StackName))?.StackStatus);
      });
    }
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
    const end = await until(`${StackName} is deleted`, DELETED_WITHIN_SECONDS, async () => {
      const { StackStatus: status = 'gone' } = (await find(StackName)) ?? {};
      return /^(gone|DELETE_FAILED)$/.test(status) && status;
    });
    return end === 'gone' ? resourcesLeft(StackId) : [];
  }

  return {
    list,
    async create(name, template) {
      ended.throwIfAborted();
      const StackName = `${runName}-${name}`;
      await cloudFormation.send(
        new CreateStackCommand({
          StackName,
          TemplateBody: JSON.stringify(template),
          Capabilities: ['CAPABILITY_IAM'],
          OnFailure: 'DO_NOTHING',
          Tags: [{ Key: TAG, Value: runName }],
        }),
      );
      const stack = await until(`${StackName} is made`, CREATED_WITHIN_SECONDS, async () => {
        const made = await find(StackName);
        return !made?.StackStatus?.endsWith('IN_PROGRESS') && made;
      });
      const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
      return {
        isCreated: stack.StackStatus === 'CREATE_COMPLETE',
        status: stack.StackStatus ?? '',
        outputs: outputsOf(stack),
        reasons: StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED').map(
          ({ ResourceType = '', ResourceStatusReason = '' }) => ({
            type: ResourceType,
            reason: ResourceStatusReason,
          }),
        ),
      };
    },
    async delete(name) {
      const stack = await find(`${runName}-${name}`);
      if (stack !== undefined) await remove(stack);
    },
    count: async (name) => (await resourcesOf(`${runName}-${name}`)).length,
    async deleteAll() {
      const left = new Set<string>();
      const whys = new Map<string | undefined, string>();
      async function round(): Promise<boolean> {
        const stacks = await list();
        await Promise.all(
          stacks.map(async (stack) => {
            try {
              for (const one of await remove(stack)) left.add(one);
            } catch (error) {
              whys.set(stack.StackName, ` (${(error as Error).message})`);
            }
          }),
        );
        return stacks.length > 0;
      }
      // More than once: a request that was under way at an interruption may still make one, and one that failed may succeed.
      for (let rounds = 0; rounds < ROUNDS && (await round().catch(() => true)); rounds += 1);
      return [
        ...left,
        ...(await list()).map(({ StackName }) => `stack ${StackName}${whys.get(StackName) ?? ''}`),
      ];
    },
  };
}

function isUpdating(status: string | undefined): boolean {
  return status !== undefined && /^UPDATE_.*IN_PROGRESS$/.test(status);
}

function outputsOf({ Outputs = [] }: Stack): Record<string, string> {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}
