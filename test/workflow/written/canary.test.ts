/** Whatever Kore writes of a person, in whatever form and place: it stays in the rows of the delivery log table. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  entry,
  type Fields,
  koreThat,
  STREAM_ID,
  says,
  type Tracked,
  type TrackingSetup,
  trackAt,
} from '../tracking-harness.ts';
import { CANARIES, ENCODINGS, encodingsIn, PHONE } from './canary.ts';

const INPUT = { requestId: 'ds-canary', streamId: STREAM_ID };
const TEXTS = CANARIES.map(({ text }) => text);
const LOGS = TEXTS.map((_, index) => entry(index));
/** Each log with its own form of the person. */
const logsWith = (change: (text: string) => Fields) =>
  LOGS.map((log, index) => ({ ...log, ...change(TEXTS[index] ?? '') }));
const everywhere = (text: string) => ({
  _id: text,
  originalId: text,
  channel: text,
  status: text,
  comments: text,
  [text]: { [text]: text, phone: PHONE },
});

/** Answers a call. */
type Kore = (call: number, response: ServerResponse) => void;

const answers = (status: string, statusLogs: readonly unknown[], others: Fields = {}): Kore =>
  function answer(_, response) {
    response.end(JSON.stringify({ status, statusLogs, streamId: STREAM_ID, ...others }));
  };
/** First under way, then at its end. */
const completesWith = (logs: readonly unknown[], others?: Fields): Kore =>
  function answer(call, response) {
    answers(call === 1 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS', logs, others)(call, response);
  };
/** One form a call, and then the end. */
const oneByOne = (one: (text: string, call: number, response: ServerResponse) => void): Kore =>
  function answer(call, response) {
    const text = TEXTS[call - 1];
    if (text === undefined) says(response, 'SUCCESS', [entry(1)]);
    else one(text, call, response);
  };
const STATUSES = [400, 401, 403, 404, 409, 429, 500, 503];
const refuses = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status).end(JSON.stringify(body));
};
const allAtOnce = Object.fromEntries(TEXTS.map((text) => [text, text]));
const untilTheDeadline: TrackingSetup = { environment: { DEADLINE_SECONDS: '60' } };

const PLACES: Readonly<Record<string, { kore: Kore; setup?: TrackingSetup }>> = {
  'the message of an error': {
    kore: oneByOne((msg, call, response) =>
      refuses(response, STATUSES[call % STATUSES.length] ?? 400, { errors: [{ msg, code: 4001 }] }),
    ),
  },
  'the message of the error that ends a tracking': {
    setup: untilTheDeadline,
    kore: (_, response) => refuses(response, 400, { errors: [{ msg: `${TEXTS[0]} ${TEXTS[1]}`, code: 1 }] }),
  },
  'the code of an error, and its other fields': {
    setup: untilTheDeadline,
    kore: (_, response) => refuses(response, 403, { errors: [{ code: PHONE, ...allAtOnce }], ...allAtOnce }),
  },
  'an error that is no JSON': {
    kore: oneByOne((text, call, response) => {
      response.writeHead(STATUSES[call % STATUSES.length] ?? 400).end(`<html>${text}</html>`);
    }),
  },
  'an answer that is no JSON': { kore: oneByOne((text, _, response) => response.end(text)) },
  'a comment': { kore: completesWith(logsWith((comments) => ({ comments }))) },
  'a channel': { kore: completesWith(logsWith((channel) => ({ channel }))) },
  'the status of a recipient': { kore: completesWith(logsWith((status) => ({ status }))) },
  'the name of a field of a log': { kore: completesWith(logsWith((name) => ({ [name]: name }))) },
  'the name of a field of the answer': {
    kore: completesWith(LOGS, { ...allAtOnce, next: TEXTS[0], cursor: allAtOnce }),
  },
  'the id of a log': { kore: completesWith(logsWith((_id) => ({ _id }))) },
  'a recipient': { kore: completesWith(logsWith((originalId) => ({ originalId }))) },
  'a number': {
    kore: completesWith([{ ...entry(1), originalId: PHONE, status: PHONE, channel: PHONE }], {
      count: PHONE,
      percentageComplete: PHONE,
    }),
  },
  'all fields of a log': { kore: completesWith([entry(0), ...logsWith(everywhere)]) },
  'logs that are texts': { kore: completesWith(TEXTS) },
  'the status of the whole': { kore: oneByOne((status, _, response) => says(response, status, LOGS)) },
  'the status of the whole at the deadline': {
    setup: untilTheDeadline,
    kore: (_, response) => says(response, TEXTS[9] ?? '', LOGS),
  },
};

describe.for(Object.entries(PLACES))('a person in %s', ([, { kore, setup }]) => {
  it('is in no log line, metric, event, state, summary or output', async () => {
    const tracked = await trackAt(await koreThat(kore), { input: INPUT, ...setup });

    expect(tracked.events).toHaveLength(1);
    expect(encodingsIn(await writtenOutsideRows(tracked))).toEqual([]);
  });
});

it('is found in each form in the rows', async () => {
  const kore = completesWith([entry(0), ...logsWith(everywhere)]);

  const { logs } = await trackAt(await koreThat(kore), { input: INPUT });

  expect(encodingsIn(logs)).toEqual([...Object.keys(ENCODINGS), 'number']);
});

async function writtenOutsideRows({ aws, executionArn, ...tracked }: Tracked): Promise<unknown> {
  const { logLines, events, checks, end, summary } = tracked;
  const finalEventRows = await aws.rowsOf(executionArn);
  if (summary === undefined || finalEventRows.length !== 1) throw new Error('an end left too few rows');
  return [logLines, events, checks, end, summary, finalEventRows, await aws.rowsOf('#bots')];
}
