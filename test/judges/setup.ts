/** Installs the judges, and synthesises every variant and every example once, for all tests that judge templates. */

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import type { TestProject } from 'vitest/node';
import { bundleFunctions } from '../../lambdas/bundle.ts';
import { installPythonPrograms, pythonProgram } from '../e2e/python.ts';
import { installIamSimulate } from './iam/iam-simulate.ts';
import { installJavaJudges } from './java/java-judges.ts';
import { VARIANTS } from './templates/variants.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with a cloud assembly for each variant and example. */
    assemblies: string;
    /** Path of cfn-lint. */
    cfnLint: string;
  }
}

const PROJECT = join(import.meta.dirname, '..', '..');
const EXAMPLES = join(PROJECT, 'examples');

/** Neither the code of functions nor a second judgement of the template is wanted. */
const QUICKLY = { 'aws:cdk:bundling-stacks': [] };

export default async function setup({ provide }: TestProject) {
  installJavaJudges();
  installIamSimulate();
  await installPythonPrograms();
  provide('cfnLint', pythonProgram('cfn-lint'));
  await bundleFunctions();
  const assemblies = mkdtempSync(join(tmpdir(), 'judged-'));
  const examples = readdirSync(EXAMPLES).map((name) => synthesiseExample(name, assemblies));
  for (const [name, build] of Object.entries(VARIANTS)) {
    const app = new App({
      outdir: join(assemblies, name),
      context: QUICKLY,
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
    });
    build(app);
    app.synth();
  }
  await Promise.all(examples);
  provide('assemblies', assemblies);
  provide('assembly', join(assemblies, 'plain'));
  return () => rmSync(assemblies, { recursive: true, force: true });
}

/** As the CDK CLI runs it; tsx finds what it imports by tsconfig.json. */
async function synthesiseExample(name: string, assemblies: string): Promise<void> {
  const program = join(EXAMPLES, name, 'app.ts');
  if (!existsSync(program)) throw new Error(`the example ${name} has no app.ts`);
  await promisify(execFile)('npx', ['tsx', program], {
    cwd: PROJECT,
    env: {
      ...process.env,
      CDK_OUTDIR: join(assemblies, `example ${name}`),
      CDK_CONTEXT_JSON: JSON.stringify(QUICKLY),
      CDK_VALIDATION: 'false',
    },
  });
}
