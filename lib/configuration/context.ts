/** The tracker's props from the CDK context: `cdk.json`, or `cdk deploy -c tracker:host=…`. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DeliveryTrackerProps } from './delivery-tracker-props.ts';
import { ConfigurationError } from './settings.ts';

const PREFIX = 'tracker:';

/** What the context can say, beside the props that it becomes. */
const KEYS = [
  'host',
  'apiScope',
  'defaultStreamId',
  'secretArn',
  'secretKeyArn',
  'eventBusName',
  'eventSource',
  'firstCheckSeconds',
  'floorSeconds',
  'checkWorthSeconds',
  'capSeconds',
  'callsPerMinute',
  'callsPerHour',
  'deadlineSeconds',
  'notFoundGraceSeconds',
  'retentionDays',
  'logRetentionDays',
  'removalPolicy',
  'encryptionKeyArn',
  'alarmTopicArn',
  'runbookUrl',
  'dashboard',
  'alarms',
  'savedQuery',
] as const;
type ContextKey = (typeof KEYS)[number];

/**
 * @param scope where a secret, bus or key that the context names is looked up.
 * @throws ConfigurationError for a key that does not exist or a value of the wrong kind.
 */
export function propsFromContext(scope: Construct): DeliveryTrackerProps {
  refuseUnknownKeys(scope.node.getAllContext());
  const text = (key: ContextKey) => textOf(scope, key);
  const number = (key: ContextKey) => numberOf(scope, key);
  const flag = (key: ContextKey) => flagOf(scope, key);
  const seconds = (key: ContextKey) => made(key, number(key), Duration.seconds);
  return {
    host: text('host'),
    apiScope: text('apiScope') as DeliveryTrackerProps['apiScope'],
    defaultStreamId: text('defaultStreamId'),
    secret: made('secretArn', text('secretArn'), (arn) => secretWith(scope, arn, text('secretKeyArn'))),
    eventBus: made('eventBusName', text('eventBusName'), (name) =>
      EventBus.fromEventBusName(scope, 'ContextEventBus', name),
    ),
    eventSource: text('eventSource'),
    schedule: {
      firstCheck: seconds('firstCheckSeconds'),
      floor: seconds('floorSeconds'),
      checkWorth: seconds('checkWorthSeconds'),
      cap: seconds('capSeconds'),
    },
    callLimits: { perMinute: number('callsPerMinute'), perHour: number('callsPerHour') },
    deadline: seconds('deadlineSeconds'),
    notFoundGrace: seconds('notFoundGraceSeconds'),
    retention: made('retentionDays', number('retentionDays'), Duration.days),
    logRetention: made('logRetentionDays', number('logRetentionDays'), logRetentionOf),
    removalPolicy: made('removalPolicy', text('removalPolicy'), removalPolicyOf),
    encryptionKey: made('encryptionKeyArn', text('encryptionKeyArn'), (arn) =>
      Key.fromKeyArn(scope, 'ContextKey', arn),
    ),
    monitoring: {
      alarmTopic: made('alarmTopicArn', text('alarmTopicArn'), (arn) =>
        Topic.fromTopicArn(scope, 'ContextAlarmTopic', arn),
      ),
      runbookUrl: text('runbookUrl'),
      dashboard: flag('dashboard'),
      alarms: flag('alarms'),
      savedQuery: flag('savedQuery'),
    },
  };
}

function refuseUnknownKeys(context: Record<string, unknown>): void {
  const known: readonly string[] = KEYS.map((key) => PREFIX + key);
  const unknown = Object.keys(context).find((key) => key.startsWith(PREFIX) && !known.includes(key));
  if (unknown === undefined) return;
  throw new ConfigurationError(`the context has "${unknown}", which is none of ${known.join(', ')}.`);
}

function textOf(scope: Construct, key: ContextKey): string | undefined {
  const value: unknown = scope.node.tryGetContext(PREFIX + key);
  if (value === undefined || typeof value === 'string') return value;
  throw new ConfigurationError(
    `${PREFIX}${key} in the context must be a string; it is ${JSON.stringify(value)}.`,
  );
}

/** A number; the CDK's `-c` gives it as text. */
function numberOf(scope: Construct, key: ContextKey): number | undefined {
  const value: unknown = scope.node.tryGetContext(PREFIX + key);
  if (value === undefined || typeof value === 'number') return value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new ConfigurationError(
    `${PREFIX}${key} in the context must be a number; it is ${JSON.stringify(value)}.`,
  );
}

/** A yes or no; the CDK's `-c` gives it as text. */
function flagOf(scope: Construct, key: ContextKey): boolean | undefined {
  const value: unknown = scope.node.tryGetContext(PREFIX + key);
  if (value === undefined) return undefined;
  if (String(value) === 'true' || String(value) === 'false') return String(value) === 'true';
  throw new ConfigurationError(
    `${PREFIX}${key} in the context must be true or false; it is ${JSON.stringify(value)}.`,
  );
}

/** The key is needed only for a secret under a key of its own. */
function secretWith(scope: Construct, secretCompleteArn: string, keyArn: string | undefined): ISecret {
  const encryptionKey = made('secretKeyArn', keyArn, (arn) => Key.fromKeyArn(scope, 'ContextSecretKey', arn));
  return Secret.fromSecretAttributes(scope, 'ContextSecret', { secretCompleteArn, encryptionKey });
}

function removalPolicyOf(word: string): RemovalPolicy {
  if (word === 'retain') return RemovalPolicy.RETAIN;
  if (word === 'destroy') return RemovalPolicy.DESTROY;
  throw new Error('it must be "retain" or "destroy"');
}

function logRetentionOf(days: number): RetentionDays {
  const allowed = Object.values(RetentionDays).filter((value) => typeof value === 'number');
  if (allowed.includes(days)) return days;
  throw new Error(`CloudWatch Logs knows only ${allowed.sort((a, b) => a - b).join(', ')}`);
}

/** Names the key in whatever the CDK has to say of its value. */
function made<In, Out>(key: ContextKey, value: In | undefined, make: (value: In) => Out): Out | undefined {
  if (value === undefined) return undefined;
  try {
    return make(value);
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigurationError(
      `${PREFIX}${key} in the context is ${JSON.stringify(value)}: ${message.replace(/\.$/, '')}.`,
    );
  }
}
