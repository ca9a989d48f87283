/** Lines of the functions' logs, in the order of their times. */
import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { redact } from '../text/redact.ts';
import type { AwsClients } from './aws-clients.ts';

/** A line that says something; those with metrics alone are left out. */
export interface LogLine {
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** `INFO`, `WARN`, `ERROR`. */
  readonly level: string;
  readonly message: string;
  /** What else it says, such as `requestId`, `check`, `outcome` and `code`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Wanted {
  /** Lines that have at least one of these values; a field of an object is named by its path, `record.status`. */
  readonly anyOf: readonly (readonly [field: string, value: string])[];
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly until?: number | undefined;
}

/**
 * FilterLogEvents rather than Logs Insights: Insights is billed by what it scans, gives nothing before it has read everything, and has a
 * limit of 10,000 lines. Both read the whole span (AWS docs, FilterLogEvents).
 */
export async function* logLines(
  { cloudWatchLogs }: Pick<AwsClients, 'cloudWatchLogs'>,
  logGroupName: string,
  { anyOf, since, until }: Wanted,
): AsyncGenerator<LogLine> {
  // AWS takes no span that ends before it begins, and none that begins before 1970.
  if (until !== undefined && until < since) return;
  const terms = anyOf.map(([field, value]) => `$.${field} = "${value}"`);
  const request = {
    ...{ logGroupName, startTime: Math.max(0, since), filterPattern: `{ ${terms.join(' || ')} }` },
    ...(until !== undefined && { endTime: until }),
  };
  for await (const { events = [] } of paginateFilterLogEvents({ client: await cloudWatchLogs() }, request)) {
    for (const { message, timestamp } of events) {
      const said = objectIn(message);
      // An emulator may not know patterns.
      const isWanted = anyOf.some(([field, value]) => valueAt(said, field) === value);
      const line = isWanted ? lineOf(said, timestamp) : undefined;
      if (line !== undefined) yield line;
    }
  }
}

/** The lines of several logs, each of which is in the order of its times. */
export async function* inOrderOfTime(logs: readonly AsyncIterator<LogLine>[]): AsyncGenerator<LogLine> {
  const heads = await Promise.all(logs.map(async (log) => ({ log, head: await log.next() })));
  for (;;) {
    const left = heads.filter(({ head }) => !head.done);
    const [first, ...others] = left;
    if (first === undefined) return;
    const next = others.reduce(
      (one, other) => (other.head.value.time < one.head.value.time ? other : one),
      first,
    );
    yield next.head.value;
    next.head = await next.log.next();
  }
}

function lineOf(said: Readonly<Record<string, unknown>>, timestamp = 0): LogLine | undefined {
  const { level = 'ERROR', message, timestamp: _, service: __, ...fields } = said;
  const line = { time: new Date(timestamp).toISOString(), level: String(level) };
  if (typeof message === 'string') return { ...line, message, fields };
  // What a function threw (AWS docs, Configuring JSON and plain text log formats).
  if (isObject(message)) {
    return { ...line, message: redact(`${message.errorType}: ${message.errorMessage}`), fields };
  }
  // How an invocation ended (AWS docs, Lambda Telemetry API event schema).
  const { record } = fields;
  if (fields.type !== 'platform.report' || !isObject(record)) return undefined;
  const { status, errorType, metrics } = record;
  const durationMs = valueAt(metrics, 'durationMs');
  return { ...line, message: `invocation ended: ${status}`, fields: { errorType, durationMs } };
}

function objectIn(text = ''): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
