/** What the command line asks of AWS, of Step Functions and CloudFormation most of all, over their wire protocols and from memory. */
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { executionArn } from '../../contract/execution-name.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';

export interface FakeExecution {
  status: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt?: number;
  input?: string;
  output?: string;
  error?: string;
  cause?: string;
  /** Oldest first. */
  events?: HistoryEvent[];
  /** With which it was started, by its place in `definitions`; the latest by default. */
  definition?: number;
}

/** A revision of the state machine. */
export interface FakeDefinition {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

export interface AwsOnLoopback {
  readonly origin: string;
  readonly stateMachineArn: string;
  readonly campaignStateMachineArn: string;
  /** By name. */
  readonly executions: Map<string, FakeExecution>;
  /** Executions of the state machine that tracks campaigns, by name. */
  readonly campaigns: Map<string, FakeExecution>;
  /** Of the state machine; the last is the current one. */
  readonly definitions: FakeDefinition[];
  /** Values of the outputs of each stack. */
  readonly stacks: Map<string, readonly string[]>;
  /** Texts of secrets, by ARN. */
  readonly secrets: Map<string, string>;
  /** Answers of other services, by operation; `error` is the name of one. */
  readonly others: Map<string, (request: Fields) => object>;
  /** Operations in the order of their requests. */
  readonly operations: string[];
  /** Refuses the operation with this error, until it is given another or none. */
  refuse(operation: string, error?: string): void;
  /** Does something right before the operation's next request is answered. */
  beforeNext(operation: string, act: () => void): void;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: requests as they come.
export type Fields = Record<string, any>;

const REGION = 'us-east-1';
const STATES = `arn:aws:states:${REGION}:000000000000`;
const STACKS_IN_PAGE = 2;
const EVENTS_IN_PAGE = 4;

export async function awsOnLoopback(): Promise<AwsOnLoopback> {
  const stateMachineArn = `${STATES}:stateMachine:Tracking`;
  const campaignStateMachineArn = `${STATES}:stateMachine:Campaigns`;
  const executions = new Map<string, FakeExecution>();
  const campaigns = new Map<string, FakeExecution>();
  const definitions: FakeDefinition[] = [{ text: '{}', updatedAt: 0 }];
  const stacks = new Map<string, readonly string[]>();
  const secrets = new Map<string, string>();
  const others = new Map<string, (request: Fields) => object>();
  const operations: string[] = [];
  const refusals = new Map<string, string>();
  const acts = new Map<string, () => void>();

  const server: Server = createServer(async (request, response) => {
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    const query = new URLSearchParams(body);
    const operation = target || query.get('Action') || restOperation(request.url);
    operations.push(operation);
    acts.get(operation)?.();
    acts.delete(operation);
    const refusal = refusals.get(operation);
    if (target === '' && others.has(operation) && refusal === undefined) {
      // SNS takes its requests as a form, Lambda in the path and the body.
      others.get(operation)?.(
        operation === 'Publish' ? Object.fromEntries(query) : { url: request.url, body },
      );
      response.writeHead(operation === 'Publish' ? 200 : 202).end(operation === 'Publish' ? PUBLISHED : '');
      return;
    }
    if (target !== '') {
      const answerTo = others.get(operation) ?? answers[operation];
      const answer = refusal === undefined ? answerTo?.(JSON.parse(body)) : { error: refusal };
      const { error, ...fields } = (answer ?? { error: 'UnknownOperationException' }) as { error?: string };
      response.writeHead(error === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
      // An error of AWS may quote the request.
      response.end(
        JSON.stringify(
          error === undefined
            ? fields
            : { __type: error, message: `${error}! ${operation === 'PutSecretValue' ? body : ''}` },
        ),
      );
      return;
    }
    const [status, xml] = refusal === undefined ? describeStacks(query) : [400, errorXml(refusal, 'No.')];
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  });

  const nameOf = ({ executionArn }: Fields) => String(executionArn).replace(/^.*:/, '');
  const arnOf = (name: string) => `${STATES}:execution:Tracking:${name}`;
  /** Of the state machine whose ARN it is, or that of one of its executions. */
  const executionsOf = (arn: string) => (/:Campaigns(:|$)/.test(arn) ? campaigns : executions);
  const described = (name: string, execution: FakeExecution) => ({
    executionArn: arnOf(name),
    stateMachineArn,
    name,
    status: execution.status,
    startDate: execution.startedAt / 1000,
    ...(execution.endedAt !== undefined && { stopDate: execution.endedAt / 1000 }),
  });
  const definitionAt = (index: number) => {
    const { text = '', updatedAt = 0 } = definitions[index] ?? {};
    // The first has no revision (AWS docs, DescribeStateMachineForExecution).
    const revision = index === 0 ? {} : { revisionId: `revision-${index}` };
    return { described: { stateMachineArn, name: 'Tracking', definition: text, ...revision }, updatedAt };
  };
  const unknown = { error: 'ExecutionDoesNotExist' };
  const answers: Record<string, (request: Fields) => object> = {
    StartExecution({ stateMachineArn: arn, name, input }) {
      const own = executionsOf(arn);
      if (own.has(name)) return { error: 'ExecutionAlreadyExists' };
      own.set(name, { status: 'RUNNING', startedAt: Date.now(), input });
      return { executionArn: executionArn(arn, name), startDate: Date.now() / 1000 };
    },
    DescribeExecution(request) {
      const execution = executionsOf(request.executionArn).get(nameOf(request));
      if (execution === undefined) return unknown;
      const { executionArn } = request;
      const { input, output, cause } = execution;
      // "error" is this server's own word for a refusal, and no test needs an execution's.
      return { ...described(nameOf(request), execution), executionArn, input, output, cause };
    },
    DescribeStateMachine: () => definitionAt(definitions.length - 1).described,
    DescribeStateMachineForExecution(request) {
      const execution = executionsOf(request.executionArn).get(nameOf(request));
      if (execution === undefined) return unknown;
      const found = definitionAt(execution.definition ?? definitions.length - 1);
      return { ...found.described, updateDate: found.updatedAt / 1000 };
    },
    StopExecution(request) {
      const execution = executions.get(nameOf(request));
      if (execution === undefined) return unknown;
      Object.assign(execution, { status: 'ABORTED', endedAt: Date.now(), cause: request.cause });
      return { stopDate: Date.now() / 1000 };
    },
    ListExecutions({ stateMachineArn: arn, statusFilter, maxResults = 1000, nextToken = 0 }) {
      const all = [...executionsOf(arn)]
        .filter(([, { status }]) => statusFilter === undefined || status === statusFilter)
        .sort(([, a], [, b]) => b.startedAt - a.startedAt)
        .map(([name, execution]) => ({
          ...described(name, execution),
          executionArn: executionArn(arn, name),
        }));
      const end = Number(nextToken) + Number(maxResults);
      return {
        executions: all.slice(Number(nextToken), end),
        ...(end < all.length && { nextToken: String(end) }),
      };
    },
    GetSecretValue({ SecretId }) {
      const SecretString = secrets.get(SecretId);
      return SecretString === undefined
        ? { error: 'ResourceNotFoundException' }
        : { ARN: SecretId, SecretString };
    },
    PutSecretValue({ SecretId, SecretString }) {
      secrets.set(SecretId, SecretString);
      return { ARN: SecretId };
    },
    GetExecutionHistory({ nextToken = 0, ...request }) {
      const { events = [] } = executions.get(nameOf(request as Fields)) ?? {};
      const end = Number(nextToken) + EVENTS_IN_PAGE;
      const page = events.toReversed().slice(Number(nextToken), end);
      const inSeconds = page.map((event) => ({ ...event, timestamp: Number(event.timestamp) / 1000 }));
      return { events: inSeconds, ...(end < events.length && { nextToken: String(end) }) };
    },
  };

  function describeStacks(query: URLSearchParams): [status: number, xml: string] {
    const name = query.get('StackName');
    const named = [...stacks].filter(([stack]) => name === null || stack === name);
    if (name !== null && named.length === 0) {
      return [400, errorXml('ValidationError', `Stack with id ${name} does not exist`)];
    }
    const from = Number(query.get('NextToken') ?? 0);
    const end = from + STACKS_IN_PAGE;
    const members = named.slice(from, end).map(([stack, values]) => {
      const outputs = values.map(
        (value, i) =>
          `<member><OutputKey>Output${i}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
      );
      return `<member><StackName>${stack}</StackName><CreationTime>2026-11-23T20:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs.join('')}</Outputs></member>`;
    });
    const next = end < named.length ? `<NextToken>${end}</NextToken>` : '';
    const result = `<DescribeStacksResult><Stacks>${members.join('')}</Stacks>${next}</DescribeStacksResult>`;
    return [200, `<DescribeStacksResponse>${result}</DescribeStacksResponse>`];
  }

  return {
    origin: await listenOnLoopback(server),
    ...{ stateMachineArn, campaignStateMachineArn },
    ...{ executions, campaigns },
    definitions,
    stacks,
    secrets,
    others,
    operations,
    refuse(operation, error) {
      if (error === undefined) refusals.delete(operation);
      else refusals.set(operation, error);
    },
    beforeNext: (operation, act) => acts.set(operation, act),
    close: () => closeServer(server),
  };
}

const PUBLISHED =
  '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

function restOperation(url = ''): string {
  return url.endsWith('/invocations') ? 'Invoke' : '';
}

function errorXml(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
