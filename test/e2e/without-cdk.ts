/**
 * Deploys the template of a release into an emulator of its own, by the commands of docs/without-cdk.md as they are written
 * there, and tracks a notification. The CDK takes no part.
 *
 *     node test/e2e/without-cdk.ts
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { descriptionIn } from '../../cli/tracker/find-tracker.ts';
import { parseCredentials } from '../../contract/credentials.ts';
import { useEmulator } from '../../emulator/ministack.ts';
import { InstallationError } from '../../emulator/python-environment.ts';
import { realClock } from '../../local/clock.ts';
import { koreSimulator } from '../../local/kore/simulator.ts';
import { writeTemplate } from '../../package/template.ts';
import { attempt, report } from '../attempts.ts';
import { type Fields, openAccount, type TrackerOutputs } from './account.ts';
import { startEmulator } from './emulator.ts';
import { installPythonPrograms, pythonProgram } from './python.ts';
import { course, oneInEight, RECIPIENTS, SECRET, STREAM_ID } from './scenarios.ts';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'without-cdk.md');
const REQUEST_ID = 'ds-without-cdk';

const cleanUp: (() => unknown)[] = [];
const interrupted = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal))).then(() => {
  throw new Error('interrupted');
});
try {
  await Promise.race([main(), interrupted]);
} catch (error) {
  console.error(error instanceof InstallationError ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const step of cleanUp.reverse()) await step();
}
// Requests of an interrupted scenario would keep the process alive.
process.exit();

async function main(): Promise<void> {
  await installPythonPrograms();
  const emulator = await startEmulator(() => {});
  cleanUp.push(() => emulator.stop());
  useEmulator(emulator);
  report([await attempt('a tracking completes in a stack that the AWS CLI deployed alone', trackWithoutCdk)]);
}

async function trackWithoutCdk(): Promise<void> {
  const kore = await koreSimulator(parseCredentials(SECRET), realClock());
  cleanUp.push(() => kore.close());
  const folder = mkdtempSync(join(tmpdir(), 'tracker-without-cdk-'));
  cleanUp.push(() => rmSync(folder, { recursive: true }));
  await writeTemplate(folder);
  writeFileSync(join(folder, 'secret.json'), SECRET, { mode: 0o600 });
  const run = shellIn(folder, { KORE_HOST: kore.origin });
  const { upload, deploy, outputs, start, look } = commandsOfPage();

  await run(upload, deploy);
  const deployed = await outputsOf('delivery-tracker');
  const [description] = Object.values(deployed).flatMap((value) => descriptionIn(value) ?? []);
  assert.equal(description?.host, kore.origin);
  assert.deepEqual(description?.alarms, {});
  const account = await openAccount(deployed);
  cleanUp.push(() => account.stopListening());
  kore.send({
    ...{ requestId: REQUEST_ID, streamId: STREAM_ID, recipients: RECIPIENTS },
    course: course({ fails: oneInEight }),
  });
  const { executionArn } = JSON.parse(await run(outputs, start));

  const { detail, 'detail-type': detailType } = await account.finalEvent(REQUEST_ID);
  const counts = { total: RECIPIENTS, delivered: 21, failed: 3 };
  assert.equal(detailType, 'Notification Delivery Complete');
  assert.equal(detail.metadata.id, executionArn);
  assert.deepEqual(detail.data.counts, counts);
  const { Items } = JSON.parse(await run(outputs, look));
  const [summary, ...logs] = Items.sort(byLogId);
  assert.deepEqual(summary.outcome, { S: 'complete' });
  assert.equal(logs.length, RECIPIENTS);
  assert.equal(logs.filter(({ status }: Fields) => status.S === 'FAILURE').length, counts.failed);
}

/** "#summary" comes before every log. */
function byLogId(one: Fields, other: Fields): number {
  return one.logId.S < other.logId.S ? -1 : 1;
}

/** The commands of the page, of which all but one run as they are. */
function commandsOfPage() {
  const [, section = ''] = /## With the AWS CLI\n([\s\S]*?)\n## /.exec(readFileSync(PAGE, 'utf8')) ?? [];
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands = '']) => commands);
  const [upload, deploy, outputs, start, look, ...others] = blocks;
  assert.ok(upload && deploy && outputs && start && look && others.length === 0);
  // Kore.ai is a simulator, and the emulator knows neither saved queries nor alarms with metric math (docs/emulator.md).
  const forEmulator = `${deploy.trimEnd()} KoreHost="$KORE_HOST" Alarms=false Dashboard=false\n`;
  return { upload, deploy: forEmulator, outputs, start, look };
}

function shellIn(folder: string, variables: Readonly<Record<string, string>>) {
  const env = {
    ...process.env,
    ...variables,
    ...{ CODE_BUCKET: 'delivery-tracker-code', REQUEST_ID, STREAM_ID },
    PATH: [dirname(pythonProgram('aws')), process.env.PATH].join(delimiter),
  };
  return async (...commands: readonly string[]): Promise<string> => {
    const script = ['set -euo pipefail', ...commands].join('\n');
    return (await promisify(execFile)('bash', ['-c', script], { cwd: folder, env })).stdout;
  };
}

async function outputsOf(StackName: string): Promise<TrackerOutputs> {
  const { Stacks = [] } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName }));
  const outputs = Stacks[0]?.Outputs ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}
