/** Lines of a log in a list: the same for a table and for CSV. */
import { csvRecord } from '../output/csv-record.ts';
import type { Cell } from '../text/csv.ts';
import { timestamp } from '../text/timestamp.ts';
import type { LogLine } from '../tracker/log-lines.ts';

/** What all lines of one notification or campaign repeat, or nobody reads. */
const LEFT_OUT = ['requestId', 'streamId', 'campaignId', 'correlationId', 'check', 'awsRequestId'];

export const LOG_HEAD = ['time', 'level', 'check', 'line'];

export function logCells({ time, level, message, fields }: LogLine): readonly string[] {
  const said = Object.entries(csvRecord(fields))
    .filter(([name]) => !LEFT_OUT.includes(name))
    .map(([name, value]) => `${name}=${value}`);
  return [timestamp(time), level, cellOf(fields.check), [message, ...said].join(' ')];
}

/** Where lines of many are mixed. */
export const LOG_HEAD_OF_ALL = ['time', 'level', 'about', 'check', 'line'];

export function logCellsOfAll(line: LogLine): readonly string[] {
  const [time = '', level = '', check = '', said = ''] = logCells(line);
  const { requestId, campaignId } = line.fields;
  return [time, level, cellOf(requestId ?? campaignId), check, said];
}

export const LOG_COLUMNS: Readonly<Record<string, (line: LogLine) => Cell>> = {
  time: ({ time }) => time,
  level: ({ level }) => level,
  message: ({ message }) => message,
  ...Object.fromEntries(
    [
      ...['requestId', 'streamId', 'campaignId', 'correlationId', 'check', 'outcome', 'status', 'code'],
      ...['reason', 'obstacle', 'counts.total', 'counts.delivered', 'counts.failed', 'nextCheckAt'],
    ].map((name) => [name, ({ fields }: LogLine) => csvRecord(fields)[name]]),
  ),
};

function cellOf(value: unknown): string {
  return value === undefined ? '' : String(value);
}
