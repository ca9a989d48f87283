/** The template of a release, which is deployed without the CDK. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, describe, expect, it } from 'vitest';
import { DeliveryTrackerStack } from '../../../lib/delivery-tracker-stack.ts';
import { TemplateStack } from '../../../package/template/template-stack.ts';
import { writeTemplate } from '../../../package/template.ts';
import project from '../../../package.json' with { type: 'json' };
import { type Json, withValues } from './with-values.ts';

const ZIP = `notification-delivery-tracker-${project.version}.zip`;
const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kore-AbCdEf';
const TOPIC_ARN = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const TRACKER_NAME = 'DeliveryTracker-Tracker';
/** Type and property by which a resource is named in its account; CloudFormation makes the names that are left out. */
const OWN_NAME = /^AWS::(?!IAM::Policy)\w+::(\w+) (\1)?Name$/;

const folder = mkdtempSync(join(tmpdir(), 'template-'));
afterAll(() => rmSync(folder, { recursive: true }));
const release = await writeTemplate(folder);
const text = readFileSync(release.template, 'utf8');
const template: Json = JSON.parse(text);
const parameter = (name: string) => {
  const { AllowedPattern, AllowedValues, Default } = template.Parameters[name];
  // CloudFormation takes a value that the pattern matches whole.
  const takes = (value: string) =>
    AllowedValues?.includes(value) ?? new RegExp(`^(${AllowedPattern})$`).test(value);
  return { takes, default: Default };
};

describe('the parameters of the template', () => {
  it('are what is passed on, and no more', () => {
    expect(Object.keys(template.Parameters)).toEqual([
      ...['CodeBucket', 'CodeKey', 'KoreSecretArn', 'KoreHost', 'KoreApiScope'],
      ...['AlarmTopicArn', 'Alarms', 'Dashboard'],
    ]);
  });

  it('have no default where there is none that works', () => {
    const required = Object.keys(template.Parameters).filter(
      (name) => !('Default' in template.Parameters[name]),
    );

    expect(required).toEqual(['CodeBucket', 'KoreSecretArn']);
  });

  it.each(['CodeKey', 'KoreHost', 'KoreApiScope', 'AlarmTopicArn', 'Alarms', 'Dashboard'])(
    'take their own default: %s',
    (name) => {
      expect(parameter(name).takes(parameter(name).default)).toBe(true);
    },
  );

  it.each([
    ['CodeKey', `releases/${ZIP}`],
    ['KoreSecretArn', SECRET_ARN],
    ['KoreHost', 'https://bots.example.com:8443'],
    ['KoreHost', 'http://127.0.0.1:4000'],
    ['AlarmTopicArn', TOPIC_ARN],
  ])('take %s %s', (name, value) => {
    expect(parameter(name).takes(value)).toBe(true);
  });

  it.each([
    ['CodeKey', 'notification-delivery-tracker-0.1.0.zip'],
    ['KoreSecretArn', SECRET_ARN.replace('-AbCdEf', '')],
    ['KoreHost', 'http://bots.example.com'],
    ['KoreHost', 'https://user@bots.example.com'],
    ['KoreHost', 'https://bots.example.com/'],
    ['AlarmTopicArn', SECRET_ARN],
    ['Alarms', 'yes'],
  ])('refuse %s %s', (name, value) => {
    expect(parameter(name).takes(value)).toBe(false);
  });
});

describe('the template', () => {
  it('is the construct, but for the code, the conditions, and the name of the bus', () => {
    const { Resources, Outputs } = withValues(template, {
      KoreSecretArn: SECRET_ARN,
      KoreHost: parameter('KoreHost').default,
      KoreApiScope: parameter('KoreApiScope').default,
      AlarmTopicArn: TOPIC_ARN,
      'AWS::StackName': TRACKER_NAME,
    });

    const expected = withValues(deployedByCdk(), {});
    expect(Outputs).toEqual(expected.Outputs);
    expect(comparable(Resources)).toEqual(comparable(expected.Resources));
  });

  it('gives nothing a name that a second stack could not have', () => {
    const names = Object.values<Json>(template.Resources).flatMap(({ Type, Properties }) => {
      const named = Object.keys(Properties).filter((key) => OWN_NAME.test(`${Type} ${key}`));
      return named.map((key) => JSON.stringify(Properties[key]));
    });

    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !/AWS::Stack(Name|Id)/.test(name))).toEqual([]);
  });

  it('needs no bootstrap, and has nothing that only the CDK reads', () => {
    expect(Object.keys(template)).toEqual([
      ...['Description', 'Resources', 'Outputs', 'Parameters', 'Conditions'],
    ]);
    expect(text.match(/cdk|hnb659fds|"Metadata"|Custom::/)).toBeNull();
  });

  it.each([
    ['HasAlarms', 'AWS::CloudWatch::Alarm'],
    ['HasDashboard', 'AWS::CloudWatch::Dashboard'],
    ['HasDashboard', 'AWS::Logs::QueryDefinition'],
  ])('makes only with %s each %s', (condition, type) => {
    const conditions = Object.values<Json>(template.Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Condition }) => Condition);

    expect(new Set(conditions)).toEqual(new Set([condition]));
  });

  it.each([true, false])('names nothing that is not made, with Alarms and Dashboard %s', (areMade) => {
    const parts = withValues(template, {}, areMade);
    const conditional = Object.keys(template.Resources).filter((id) => template.Resources[id].Condition);
    const made = Object.entries<Json>(parts.Resources).filter(([id]) => areMade || !conditional.includes(id));
    const named = referencesIn([Object.fromEntries(made), parts.Outputs]);

    expect(conditional.filter((id) => named.has(id)).length > 0).toBe(areMade);
  });

  it('tells the command line what the deployment is told', () => {
    const values = { KoreHost: 'https://bots.example.com', KoreApiScope: 'admin-console' };

    const told = JSON.stringify(withValues(template, values).Outputs.TrackerCommandLineDA1129FC);

    expect(told).toContain(String.raw`\"host\":\"https://bots.example.com\",\"apiScope\":\"admin-console\"`);
  });

  it('makes all else always', () => {
    const conditional = Object.values<Json>(template.Resources).filter(({ Condition }) => Condition);

    expect(new Set(conditional.map(({ Type }) => Type))).toEqual(
      new Set(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::Logs::QueryDefinition']),
    );
  });

  it('is in one line, with room below what CloudFormation takes from a bucket', () => {
    // AWS docs, CloudFormation quotas: 1 MB, and 51,200 bytes in the request itself (docs/without-cdk.md says so).
    const bytes = Buffer.byteLength(text);

    expect(text).not.toContain('\n');
    expect(bytes).toBeGreaterThan(51_200);
    expect(bytes).toBeLessThan(100_000);
  });

  it('says its release', () => {
    expect(template.Description).toContain(`notification-delivery-tracker ${project.version}`);
  });
});

it('a template with other values has them, and its bus', () => {
  const app = new App({
    context: { 'tracker:deadlineSeconds': 3_600, 'tracker:eventBusName': 'company' },
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });

  const own = Template.fromStack(new TemplateStack(app));

  own.resourceCountIs('AWS::Events::EventBus', 0);
  own.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { KORE_HOST: { Ref: 'KoreHost' }, DEADLINE_SECONDS: '3600' } },
  });
});

it('a value for which there is a parameter is refused', () => {
  const app = new App({ context: { 'tracker:host': 'https://bots.example.com' } });

  expect(() => new TemplateStack(app)).toThrow(
    'the context has "tracker:host", which the template has a parameter for. Leave it out, and give KoreHost to the deployment.',
  );
});

/** What `cdk deploy` would deploy, told the same secret and topic. */
function deployedByCdk(): Json {
  const app = new App({
    context: { 'tracker:secretArn': SECRET_ARN, 'tracker:alarmTopicArn': TOPIC_ARN },
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  return Template.fromStack(new DeliveryTrackerStack(app, 'DeliveryTracker')).toJSON();
}

/** The logical ids that `Ref` and `Fn::GetAtt` name. */
function referencesIn(value: Json): Set<string> {
  const ids = new Set<string>();
  JSON.stringify(value, (key, part) => {
    if (key === 'Ref') ids.add(part);
    if (key === 'Fn::GetAtt') ids.add(part[0]);
    return part;
  });
  return ids;
}

/** Without what is meant to differ. */
function comparable(resources: Json): Json {
  return Object.fromEntries(
    Object.entries<Json>(resources).map(([id, { Condition: _, ...resource }]) => {
      const { Code: __, Handler: ___, ...properties } = resource.Properties;
      if (resource.Type === 'AWS::Events::EventBus') delete properties.Name;
      return [id, { ...resource, Properties: properties }];
    }),
  );
}
