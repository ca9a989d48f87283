/** The tracker's props from the CDK context: `cdk.json`, or `cdk deploy -c tracker:host=…`. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ConfigurationError } from './configuration-error.ts';
import type { DeliveryTrackerProps } from './delivery-tracker-props.ts';
import { IN_PLACE_OF } from './removed-settings.ts';

const PREFIX = 'tracker:';

/** What the context has under a key, without `tracker:`. */
type Lookup = (key: string) => unknown;

/**
 * @param scope where a secret, bus or key that the context names is looked up.
 * @throws ConfigurationError for a key that does not exist or a value of the wrong kind.
 */
export function propsFromContext(scope: Construct): DeliveryTrackerProps {
  refuseUnknownKeys(scope);
  return propsFrom(scope, (key) => scope.node.tryGetContext(PREFIX + key));
}

/** The keys that become props, without `tracker:`. */
export function contextKeys(scope: Construct): readonly string[] {
  const keys: string[] = [];
  propsFrom(scope, (key) => void keys.push(key));
  return keys;
}

function propsFrom(scope: Construct, lookup: Lookup): DeliveryTrackerProps {
  const text = (key: string) => textFrom(lookup, key);
  const number = (key: string) => numberFrom(lookup, key);
  const flag = (key: string) => flagFrom(lookup, key);
  const seconds = (key: string) => made(key, number(key), Duration.seconds);
  const secretKeyArn = text('secretKeyArn');
  return {
    host: text('host'),
    apiScope: text('apiScope') as DeliveryTrackerProps['apiScope'],
    defaultStreamId: text('defaultStreamId'),
    secret: made('secretArn', text('secretArn'), (arn) => secretWith(scope, arn, secretKeyArn)),
    eventBus: made('eventBusName', text('eventBusName'), (name) =>
      EventBus.fromEventBusName(scope, 'ContextEventBus', name),
    ),
    previousEventBuses: made('previousEventBusNames', text('previousEventBusNames'), (names) =>
      busesNamed(scope, names),
    ),
    eventArchive: made('eventArchiveDays', number('eventArchiveDays'), Duration.days),
    announceFailures: flag('announceFailures'),
    eventSource: text('eventSource'),
    pace: text('pace') as DeliveryTrackerProps['pace'],
    schedule: { floor: seconds('floorSeconds'), cap: seconds('capSeconds') },
    callLimits: { perMinute: number('callsPerMinute'), perHour: number('callsPerHour') },
    deadline: seconds('deadlineSeconds'),
    notFoundGrace: seconds('notFoundGraceSeconds'),
    retention: made('retentionDays', number('retentionDays'), Duration.days),
    warmWriteThroughput: number('warmWriteThroughput'),
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

function refuseUnknownKeys(scope: Construct): void {
  const known = contextKeys(scope).map((key) => PREFIX + key);
  const context: Record<string, unknown> = scope.node.getAllContext();
  const unknown = Object.keys(context).find((key) => key.startsWith(PREFIX) && !known.includes(key));
  if (unknown === undefined) return;
  const instead = IN_PLACE_OF.get(unknown.slice(PREFIX.length).replace(/Seconds$/, ''));
  if (instead !== undefined) {
    throw new ConfigurationError(`the context has "${unknown}", which is no setting any more. ${instead}`);
  }
  throw new ConfigurationError(`the context has "${unknown}", which is none of ${known.join(', ')}.`);
}

function textFrom(lookup: Lookup, key: string): string | undefined {
  const value = lookup(key);
  if (value === undefined || typeof value === 'string') return value;
  throw new ConfigurationError(
    `${PREFIX}${key} in the context must be a string; it is ${JSON.stringify(value)}.`,
  );
}

/** A number; the CDK's `-c` gives it as text. */
function numberFrom(lookup: Lookup, key: string): number | undefined {
  const value = lookup(key);
  if (value === undefined || typeof value === 'number') return value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new ConfigurationError(
    `${PREFIX}${key} in the context must be a number; it is ${JSON.stringify(value)}.`,
  );
}

/** A yes or no; the CDK's `-c` gives it as text. */
function flagFrom(lookup: Lookup, key: string): boolean | undefined {
  const value = lookup(key);
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

/** @param names between commas. */
function busesNamed(scope: Construct, names: string): IEventBus[] {
  const trimmed = names.split(',').map((name) => name.trim());
  if (trimmed.includes('')) throw new Error('give names of buses with a comma between them');
  return trimmed.map((name, index) =>
    EventBus.fromEventBusName(scope, `ContextPreviousEventBus${index + 1}`, name),
  );
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
function made<In, Out>(key: string, value: In | undefined, make: (value: In) => Out): Out | undefined {
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
