/** What cfn-lint, and a walk for what it lets pass, say of the template of every variant. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import type { Template } from '../../../local/aws/template.ts';
import { judgedTemplates } from './judged-templates.ts';
import { templateFaults } from './template-faults.ts';

const TEMPLATES = judgedTemplates();
const PLAIN = TEMPLATES.find(({ name }) => name.startsWith('plain'))?.template as Template;
/** What `aws cloudformation deploy` takes without a bucket (AWS docs, CloudFormation quotas); the CDK always has one. */
const WITHOUT_BUCKET_BYTES = 51_200;
/** A quarter of what CloudFormation takes with a bucket, so that a user's stack has room for more than a tracker. */
const LARGE_BYTES = 250_000;

it('there are two dozen templates', () => {
  expect(TEMPLATES.length).toBeGreaterThanOrEqual(20);
});

it.each(TEMPLATES.map(({ name, template }) => [name, template] as const))(
  'nothing that CloudFormation refuses is in %s',
  (_, template) => {
    expect(templateFaults(template)).toEqual([]);
  },
);

it('cfn-lint finds nothing', async () => {
  expect(await lint(TEMPLATES.map(({ file }) => file))).toBe('');
}, 120_000);

it('their sizes are known', () => {
  const sizes = TEMPLATES.map(({ name, file, template }) => {
    const bytes = statSync(file).size;
    const inOneLine = Buffer.byteLength(JSON.stringify(template));
    return {
      template: name,
      bytes,
      'in one line': inOneLine,
      'needs a bucket': bytes > WITHOUT_BUCKET_BYTES,
    };
  });
  console.table(sizes.sort((a, b) => b.bytes - a.bytes));

  expect(sizes[0]?.bytes).toBeLessThan(LARGE_BYTES);
});

const statement = (index: number) => ({
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
  Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [`Rule${index}`, 'Arn'] } } },
});
const queuePolicy = (statements: number) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { PolicyDocument: { Statement: Array.from({ length: statements }, (_, i) => statement(i)) } },
});

it.each<[string, object, string[]]>([
  [
    'a null in a pattern',
    {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { detail: { error: [null, { exists: false }] } } },
    },
    ['Resources.Planted.Properties.EventPattern.detail.error.0 is null'],
  ],
  [
    '30 statements in the policy of a queue',
    queuePolicy(30),
    [
      'Planted: statements of the policy: 30, and 20 are the most',
      expect.stringContaining('bytes of the policy'),
    ],
  ],
  [
    'an environment of more than 4 KB',
    {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { BOTS: 'x'.repeat(4_096) } } },
    },
    ['Planted: bytes of the environment: 4107, and 4096 are the most'],
  ],
  [
    'six targets of a rule',
    { Type: 'AWS::Events::Rule', Properties: { Targets: Array(6).fill({}) } },
    ['Planted: targets: 6, and 5 are the most'],
  ],
  [
    'a name that is too long',
    {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { StateMachineName: 'x'.repeat(81), DefinitionString: '' },
    },
    ['Planted: characters of StateMachineName: 81, and 80 are the most'],
  ],
])('the walk finds %s', (_, planted, faults) => {
  const template = { ...PLAIN, Resources: { ...PLAIN.Resources, Planted: planted } } as Template;

  expect(templateFaults(template)).toEqual(faults);
});

it('cfn-lint that cannot look is no clean bill', async () => {
  await expect(lint([], '/bin/false')).rejects.toThrow();
});

it('cfn-lint finds a property that does not exist', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'planted.template.json');
  const planted = { Type: 'AWS::SQS::Queue', Properties: { QueueNome: 'dead-letters' } };
  writeFileSync(file, JSON.stringify({ ...PLAIN, Resources: { ...PLAIN.Resources, Planted: planted } }));

  expect(await lint([file])).toMatch(/E3002 .*'QueueNome'/);
}, 60_000);

/**
 * What cfn-lint says of the templates; nothing where it finds nothing.
 *
 * @throws where it could not look.
 */
async function lint(files: readonly string[], program = inject('cfnLint')): Promise<string> {
  // W3005: the CDK itself writes dependencies that an attribute implies.
  const options = ['--ignore-checks', 'W3005', '--', ...files];
  try {
    return (await promisify(execFile)(program, options)).stdout;
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    if (stdout === '') throw error;
    return stdout;
  }
}
