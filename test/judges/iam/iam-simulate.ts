/** `@cloud-copilot/iam-simulate`, an evaluator that knows conditions and policies of resources. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES } from './iam-simulate-packages.ts';
import type { Statement } from './policies.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'dist', 'iam-simulate');
const ENTRY = join(FOLDER, 'node_modules', '@cloud-copilot', 'iam-simulate', 'dist', 'esm', 'index.js');
const PROGRAM = join(import.meta.dirname, 'iam-simulate-process.mjs');

export interface SimulatedCase {
  /** ARN of a role or user, or the name of a service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Of the resource. */
  readonly account: string;
  readonly context: Readonly<Record<string, string>>;
  readonly identity: readonly Statement[];
  /** The resource's own policy, where it has one. */
  readonly resourcePolicy?: readonly Statement[] | undefined;
}

export type Verdict = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

/**
 * What iam-simulate says of each case. The first call installs it.
 *
 * @throws Error for a policy, an action or a resource that AWS does not know.
 */
export function simulated(cases: readonly SimulatedCase[]): Verdict[] {
  installIamSimulate();
  const answers: { result?: Verdict; error?: string }[] = JSON.parse(
    execFileSync(process.execPath, [PROGRAM, ENTRY], {
      input: JSON.stringify(cases.map(simulationOf)),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    }),
  );
  return answers.map(({ result, error }, index) => {
    if (result !== undefined) return result;
    throw new Error(`iam-simulate cannot judge ${JSON.stringify(cases[index])}: ${error}`);
  });
}

function simulationOf({
  principal,
  action,
  resource,
  account,
  context,
  identity,
  resourcePolicy,
}: SimulatedCase) {
  const document = (Statement: readonly Statement[]) => ({ Version: '2012-10-17', Statement });
  const everything = document([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  const isService = !principal.startsWith('arn:');
  return {
    request: { principal, action, resource: { resource, accountId: account }, contextVariables: context },
    identityPolicies: identity.length === 0 ? [] : [{ name: 'identity', policy: document(identity) }],
    // No organisation forbids anything.
    serviceControlPolicies: isService
      ? []
      : [{ orgIdentifier: 'r-root', policies: [{ name: 'all', policy: everything }] }],
    resourceControlPolicies: [],
    ...(resourcePolicy !== undefined && { resourcePolicy: document(resourcePolicy) }),
  };
}

/** Outside package.json: its licence lets us use it as a tool, and nothing of it is passed on. */
export function installIamSimulate(): void {
  const isInstalled = () => {
    const lock = join(FOLDER, 'node_modules', '.package-lock.json');
    if (!existsSync(lock)) return false;
    const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
    const found = Object.entries<{ integrity: string }>(packages);
    return (
      found.length === PACKAGES.length &&
      PACKAGES.every(({ name, integrity }) => packages[`node_modules/${name}`]?.integrity === integrity)
    );
  };
  if (isInstalled()) return;
  console.log('Installing iam-simulate into dist/iam-simulate …');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const wanted = PACKAGES.map(({ name, version }) => `${name}@${version}`);
  const options = ['--prefix', FOLDER, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...options, ...wanted], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!isInstalled()) throw new Error('npm installed other packages than the judge knows by their hashes');
}
