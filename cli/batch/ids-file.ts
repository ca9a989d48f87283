/** A file of notifications to track: a request id a line, with its bot and number of recipients where they are known. */

import { type TrackingInput, trackingInputSchema } from '../../contract/tracking-input.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { redact } from '../text/redact.ts';

export interface IdsFile {
  /** One for each notification, in the file's order. */
  readonly inputs: readonly TrackingInput[];
  /** Lines that repeat another. */
  readonly repeated: number;
}

/**
 * Reads `requestId[,streamId[,recipients]]`; blank lines, lines that begin with `#` and a header are skipped.
 *
 * @param defaults for lines without them.
 * @throws CommandError `INVALID_IDS_FILE`, naming the lines that are wrong.
 */
export function parseIdsFile(text: string, defaults: Omit<TrackingInput, 'requestId'>): IdsFile {
  const lines = new Map<string, { input: TrackingInput; number: number }>();
  const wrong: string[] = [];
  let repeated = 0;
  for (const { line, number } of meaningfulLines(text)) {
    const input = readLine(line, defaults);
    if (typeof input === 'string') {
      wrong.push(`line ${number}: ${input}`);
      continue;
    }
    const earlier = lines.get(input.requestId);
    if (earlier === undefined) lines.set(input.requestId, { input, number });
    else if (JSON.stringify(earlier.input) === JSON.stringify(input)) repeated += 1;
    else wrong.push(`line ${number}: its request id is that of line ${earlier.number}, with other values`);
  }
  if (wrong.length > 0) throw invalid(wrong);
  if (lines.size === 0) throw invalid(['it holds no request id']);
  return { inputs: [...lines.values()].map(({ input }) => input), repeated };
}

const HEADER = /^request_?id\s*(,|$)/i;

function* meaningfulLines(text: string): Iterable<{ line: string; number: number }> {
  let isFirst = true;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (!(isFirst && HEADER.test(line))) yield { line, number: index + 1 };
    isFirst = false;
  }
}

/** Returns a sentence where the line is wrong. */
function readLine(line: string, defaults: Partial<TrackingInput>): TrackingInput | string {
  const [requestId = '', streamId = '', recipients = '', ...others] = line.split(',').map(unquoted);
  if (others.length > 0) return `it has ${others.length + 3} values; requestId,streamId,recipients are all`;
  const parsed = trackingInputSchema.safeParse({
    ...defaults,
    requestId,
    ...(streamId !== '' && { streamId }),
    ...(recipients !== '' && { recipients: /^\d+$/.test(recipients) ? Number(recipients) : recipients }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0]);
  const value = { requestId, streamId, recipients }[field] ?? '';
  return `${field} "${redact(value).slice(0, LONGEST_SHOWN)}" ${issue?.message}`;
}

const LONGEST_SHOWN = 40;

function unquoted(value: string): string {
  return value.trim().replace(/^"(.*)"$/, '$1');
}

const MOST_SHOWN = 10;

function invalid(wrong: readonly string[]): CommandError {
  const rest = wrong.length - MOST_SHOWN;
  return new CommandError(
    'INVALID_IDS_FILE',
    EXIT.wrongUsage,
    'The file cannot be used, and nothing was started. Each line is requestId[,streamId[,recipients]]; these are not.',
    [...wrong.slice(0, MOST_SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])],
  );
}
