/** Kore's answer to a status call, read tolerantly: unknown fields are kept, only what the tracker needs is demanded. */
import * as z from 'zod/mini';
import { ObstacleError } from '../../obstacle.ts';
import { isFinalStatus, type StatusWord, statusWord, wholeStatus } from '../words/status-word.ts';
import { fieldOf } from './field-of.ts';
import { guardedJson } from './guarded-json.ts';

export interface StatusAnswer {
  /** Kore's word for the whole, in its documented form; `UNKNOWN` where it is not listed. */
  readonly status: StatusWord;
  /** The entries of `statusLogs`, each exactly as Kore sent it. */
  readonly entries: readonly unknown[];
  /** How many logs Kore counts (`count`); absent where that is no number of any. */
  readonly announced?: number;
  /** Names of fields that tell of further pages, of which Kore's docs know nothing; absent where there are none. */
  readonly pageSigns?: readonly string[];
}

/** Kore.ai docs, Proactive Notification Status API: every other field is optional. */
const answerSchema = z.looseObject({
  status: z.string().check(z.regex(/\S/, { error: 'must not be empty' })),
  statusLogs: z.optional(z.array(z.unknown())),
});

/**
 * @throws ObstacleError `KORE_ANSWER_INVALID`, naming what is wrong but showing nothing of the body, which may hold
 * recipients' addresses.
 */
export function parseStatusAnswer(body: string): StatusAnswer {
  const parsed = answerSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unexpected shape' };
    throw wrongShape(path.length === 0 ? 'the body' : `"${path.join('.')}"`, message);
  }
  const { status: word, statusLogs = [], ...others } = parsed.data;
  if (statusLogs.length > MOST_ENTRIES) throw tooMany(`${MOST_ENTRIES} logs`);
  const status = wholeStatus(
    statusWord(word),
    statusLogs.map((entry) => statusWord(fieldOf(entry, 'status'))),
  );
  // After an end nothing else will come.
  if (parsed.data.statusLogs === undefined && !isFinalStatus(status))
    throw wrongShape('"statusLogs"', 'is missing');
  const pageSigns = Object.keys(others).filter((name) => PAGE_SIGN.test(name) && Boolean(others[name]));
  const { count } = others;
  return {
    status,
    entries: statusLogs,
    ...(isPlausible(count) && { announced: count }),
    ...(pageSigns.length > 0 && { pageSigns }),
  };
}

function isPlausible(count: unknown): count is number {
  return typeof count === 'number' && Number.isInteger(count) && count > 0 && count <= MOST_ENTRIES;
}

function wrongShape(field: string, fault: string): ObstacleError {
  return new ObstacleError(
    'KORE_ANSWER_INVALID',
    `Kore's answer has the wrong shape: ${field}: ${fault}. Check that the host is Kore.ai's API.`,
  );
}

/** As many APIs call them. */
const PAGE_SIGN = /^(hasMore|hasNext|next|nextPage|nextToken|nextCursor|cursor)$/i;

/** Kore.ai docs: 1,000 recipients in a notification. More logs than this could not be saved in a function's lifetime. */
const MOST_ENTRIES = 20_000;
/** 20,000 logs have some 200,000 values. Each takes far more memory than its few bytes of the body. */
const MOST_VALUES = 400_000;

/** DynamoDB takes 32 levels of a log, of which the tracker uses 30; the body and `statusLogs` are two above them. */
const DEEPEST = 32;

function parseJson(body: string): unknown {
  const guarded = guardedJson(body, { deepest: DEEPEST, mostValues: MOST_VALUES });
  if (guarded === undefined) throw tooMany(`${MOST_VALUES} values`);
  try {
    return JSON.parse(guarded, keepExactNumbers);
  } catch {
    // The parser's own message quotes the body.
    throw new ObstacleError(
      'KORE_ANSWER_INVALID',
      `Kore's answer is not readable JSON (${body.length} characters). Check that the host is Kore.ai's API.`,
    );
  }
}

function tooMany(limit: string): ObstacleError {
  return new ObstacleError(
    'KORE_ANSWER_INVALID',
    `Kore's answer has more than ${limit} and was not read. Check that the host is Kore.ai's API.`,
  );
}

/** A decimal of this many significant digits survives a double and back. */
const SAFE_DIGITS = 15;
/** DynamoDB keeps no number nearer to zero, other than zero. */
const SMALLEST_NUMBER = 1e-130;

/** A number that a double or the table cannot hold exactly stays as the text that Kore sent. */
function keepExactNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const { source } = context;
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+/, '');
  const readable = digits.length <= SAFE_DIGITS || String(value) === source;
  const size = Math.abs(value);
  const storable = size <= Number.MAX_SAFE_INTEGER && (size >= SMALLEST_NUMBER || digits === '');
  // The table knows no negative zero.
  return readable && storable ? value + 0 : source;
}
