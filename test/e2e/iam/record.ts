/** What functions and operators asked of AWS during the run, and what AWS asked of itself, for the judges of IAM. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ACCOUNT } from '../../../emulator/ministack.ts';
import { type Asked, type AwsRequest, askedBy } from '../../judges/iam/aws-request.ts';
import type { Names } from '../../judges/iam/deployed-names.ts';
import {
  operatorName,
  permissionsByCommand,
  permissionsOfOperators,
  trackerArns,
} from '../../judges/iam/documented-permissions.ts';
import { requestsInsideAws, roleOf } from '../../judges/iam/inside-aws.ts';
import type { Run } from '../../judges/iam/judge.ts';
import { policiesOf } from '../../judges/iam/policies.ts';
import { enteredStates } from '../deployed-stacks.ts';
import { commandOf } from './operators.ts';
import type { SignedRequest } from './recording-proxy.ts';

/** For those who want to read it. */
const FILE = join(import.meta.dirname, '..', '..', '..', 'dist', 'iam', 'run.json');

export interface RequestRecord {
  note(request: SignedRequest): void;
  /** @throws Error for a request that it cannot read, or whose sender nobody knows. */
  close(names: Names): Promise<Run>;
}

export function requestRecord(): RequestRecord {
  const asked = new Map<string, Asked & { readonly accessKeyId: string }>();
  const unreadable: unknown[] = [];
  return {
    note({ accessKeyId, userAgent, ...request }) {
      // The CDK deploys with roles of its own.
      if (userAgent.includes('aws-cdk')) return;
      try {
        for (const one of askedBy({ ...request, account: ACCOUNT })) {
          asked.set(`${accessKeyId} ${one.action} ${one.resource}`, { accessKeyId, ...one });
        }
      } catch (error) {
        unreadable.push(error);
      }
    },
    async close(names) {
      if (unreadable.length > 0) throw new AggregateError(unreadable, 'requests that the judge cannot read');
      const senders = sendersOf(names);
      const sent = [...asked.values()].flatMap((one) =>
        sentRequests({ ...one, resource: wholeArn(one.resource, names) }, senders),
      );
      const arns = trackerArns(names);
      const operators = [...permissionsByCommand(arns), permissionsOfOperators(arns)];
      const policies = policiesOf(names);
      const run = {
        policies: { ...policies, identity: [...policies.identity, ...operators] },
        requests: [...sent, ...requestsInsideAws(names, await enteredStates(names))],
      };
      mkdirSync(dirname(FILE), { recursive: true });
      writeFileSync(FILE, JSON.stringify(run, null, 1));
      return run;
    },
  };
}

/** On AWS the function knows its secret by its ARN, in the emulator by its name (docs/emulator.md). */
function wholeArn(resource: string, names: Names): string {
  const secrets = names.stacks.flatMap((stack) =>
    names.ofType(stack, 'AWS::SecretsManager::Secret').map(([id]) => names.arn(id, stack)),
  );
  return secrets.find((arn) => arn.replace(/-[^-]+$/, '') === resource) ?? resource;
}

type Sender = Pick<AwsRequest, 'principal' | 'principalArn'>;

/** An operator's request is judged by what the docs say of the command, and by what they say of all commands. */
function sentRequests(
  { accessKeyId, ...asked }: Asked & { readonly accessKeyId: string },
  senders: ReadonlyMap<string, Sender>,
): AwsRequest[] {
  const command = commandOf(accessKeyId);
  const sender = senders.get(accessKeyId);
  if (command === undefined && sender === undefined)
    throw new Error(`nobody knows who asked ${asked.action}`);
  const principalArn = `arn:aws:iam::${ACCOUNT}:user/operator`;
  const who =
    command === undefined
      ? [sender as Sender]
      : [command, 'any command'].map((one) => ({ principal: operatorName(one), principalArn }));
  const common = { context: { 'aws:SecureTransport': 'true' }, account: ACCOUNT, origin: 'sent' } as const;
  return who.map((one) => ({ ...one, ...asked, ...common }));
}

/** The emulator names the session of a function's role by a hash of both (ministack/core/lambda_runtime.py). */
function sendersOf(names: Names): Map<string, Sender> {
  const senders = new Map<string, Sender>();
  for (const stack of names.stacks) {
    for (const [id, { Properties }] of names.ofType(stack, 'AWS::Lambda::Function')) {
      const role = String(names.resolve(Properties?.Role, stack));
      const hash = createHash('sha256')
        .update(`${names.arn(id, stack)}:${role}`)
        .digest('hex');
      senders.set(`ASIA${hash.slice(0, 16).toUpperCase()}`, roleOf(names, role));
    }
  }
  return senders;
}
