/** Answers that no API should give, and what becomes of each. docs/reliability.md repeats them. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { entry, type Fields } from '../workflow/tracking-harness.ts';

export interface HostileAnswer {
  /** In the words of docs/reliability.md. */
  readonly result: string;
  answer(response: ServerResponse, elsewhere: string): void;
  /** What keeps the check from using it. The next one goes on. */
  readonly obstacle?: string;
  /** Kore is asked again for logs that it announces. */
  readonly isShort?: boolean;
  /** What the table holds of the logs, in any order; only these fields are compared. */
  readonly rows?: readonly Fields[];
}

const MB = 1024 * 1024;
const FINE = entry(1);
const FINE_ROW = { logId: 'nl-1', recipient: 'person.1@example.com', log: FINE };
const bodyOf = (...statusLogs: readonly unknown[]) => JSON.stringify({ status: 'SUCCESS', statusLogs });
const json =
  (body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
  };
const refusedBy = (obstacle: string) => ({ obstacle, rows: [FINE_ROW] });

/** Writes as long as somebody reads. */
function endlessly(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"status":"SUCCESS","statusLogs":["');
  const chunk = 'x'.repeat(64 * 1024);
  const write = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', write);
  write();
}

/** A byte each second. */
function trickling(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 1_000);
  response.on('close', () => clearInterval(timer));
}

export const HOSTILE_ANSWERS: Readonly<Record<string, HostileAnswer>> = {
  '50 MB of JSON': {
    result: 'read up to 8 MB, then `KORE_ANSWER_INVALID`; checks go on',
    answer: json(bodyOf(FINE, 'x'.repeat(50 * MB))),
    ...refusedBy('KORE_ANSWER_INVALID'),
  },
  'a body without end': {
    result: 'read up to 8 MB, then `KORE_ANSWER_INVALID`; checks go on',
    answer: endlessly,
    ...refusedBy('KORE_ANSWER_INVALID'),
  },
  'a body that trickles': {
    result: 'given up after 10 s, `KORE_UNREACHABLE`; checks go on',
    answer: trickling,
    ...refusedBy('KORE_UNREACHABLE'),
  },
  'a gzip bomb': {
    result: 'unpacked up to 8 MB, then `KORE_ANSWER_INVALID`; checks go on',
    answer: json(gzipSync(bodyOf(FINE, ' '.repeat(200 * MB))), { 'content-encoding': 'gzip' }),
    ...refusedBy('KORE_ANSWER_INVALID'),
  },
  'two million empty objects in 8 MB': {
    result: 'not parsed: more than 400,000 values are `KORE_ANSWER_INVALID`; checks go on',
    answer: json(`{"status":"SUCCESS","statusLogs":[${'{},'.repeat(2_000_000)}{}]}`),
    ...refusedBy('KORE_ANSWER_INVALID'),
  },
  'more than 20,000 logs': {
    result: '`KORE_ANSWER_INVALID`; checks go on',
    answer: json(bodyOf(...Array.from({ length: 20_001 }, (_, i) => ({ _id: `nl-${i}` })))),
    ...refusedBy('KORE_ANSWER_INVALID'),
  },
  'a redirect to another host': {
    result: 'never followed, since it would carry the token there: `KORE_REQUEST_REFUSED`; checks go on',
    answer: (response, elsewhere) => response.writeHead(302, { location: elsewhere }).end(),
    ...refusedBy('KORE_REQUEST_REFUSED'),
  },
  'a log nested 100,000 levels deep': {
    result: 'all other logs are saved whole; of this one, what is below 30 levels is cut',
    answer: json(
      `{"status":"SUCCESS","statusLogs":[${JSON.stringify(FINE)},{"_id":"deep","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}]}`,
    ),
    rows: [FINE_ROW, { logId: 'deep', log: expectInside('[nested too deeply]') }],
  },
  'a log nested 900 levels deep beside a number of 20 digits': {
    result: 'the number is the text that Kore.ai sent; of the deep log, what is below 30 levels is cut',
    answer: json(
      `{"status":"SUCCESS","statusLogs":[{"_id":"nl-1","long":12345678901234567890},{"_id":"deep","x":${'['.repeat(900)}${']'.repeat(900)}}]}`,
    ),
    rows: [
      { logId: 'nl-1', log: { _id: 'nl-1', long: '12345678901234567890' } },
      { logId: 'deep', log: expectInside('[nested too deeply]') },
    ],
  },
  '1,000 logs with 400 commas in a text of each': {
    result: 'saved as they are: commas inside texts are no values',
    answer: json(
      bodyOf(...Array.from({ length: 1_000 }, (_, i) => ({ ...entry(i), comments: ','.repeat(400) }))),
    ),
    rows: Array.from({ length: 1_000 }, (_, i) => ({ logId: `nl-${i}` })),
  },
  'the wrong content type': {
    result: 'read as JSON all the same',
    answer: json(bodyOf(FINE), { 'content-type': 'text/html' }),
    rows: [FINE_ROW],
  },
  'the wrong charset': {
    result: 'read as UTF-8, which JSON is',
    answer: json(bodyOf(FINE, { _id: 'nl-2', comments: 'zugestellt für Zoë' }), {
      'content-type': 'application/json; charset=iso-8859-1',
    }),
    rows: [FINE_ROW, { logId: 'nl-2', log: { _id: 'nl-2', comments: 'zugestellt für Zoë' } }],
  },
  'invalid UTF-8': {
    result: 'the bytes in question become U+FFFD; everything else is saved as it is',
    answer: json(
      Buffer.concat([
        Buffer.from('{"status":"SUCCESS","statusLogs":[{"_id":"nl-2","comments":"a'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(`b"},${JSON.stringify(FINE)}]}`),
      ]),
    ),
    rows: [FINE_ROW, { logId: 'nl-2', log: { _id: 'nl-2', comments: 'a\uFFFD\uFFFDb' } }],
  },
  'logs of two people with one id': {
    result: 'two rows: the id, and the id with a hash',
    answer: json(bodyOf(FINE, { ...FINE, originalId: 'other@example.com' })),
    rows: [{ recipient: 'person.1@example.com' }, { recipient: 'other@example.com' }],
  },
  'logs of two people without an id': {
    result: 'two rows, whose keys are hashes of recipient and channel',
    answer: json(
      bodyOf({ ...FINE, _id: undefined }, { ...FINE, _id: null, originalId: 'other@example.com' }),
    ),
    rows: [{ recipient: 'person.1@example.com' }, { recipient: 'other@example.com' }],
  },
  'one log in two versions': {
    result: 'one row, with the later by `createdOn`, or else the later in the list',
    answer: json(bodyOf({ ...FINE, status: 'QUEUED' }, FINE)),
    rows: [FINE_ROW],
  },
  'the same log twice': {
    result: 'one row',
    answer: json(bodyOf(FINE, FINE)),
    rows: [FINE_ROW],
  },
  'two logs for one recipient': {
    result: 'two rows; `recipient ADDRESS` shows both',
    answer: json(bodyOf(FINE, { ...FINE, _id: 'nl-2' })),
    rows: [FINE_ROW, { logId: 'nl-2', recipient: 'person.1@example.com' }],
  },
  'logs of another request or bot': {
    result: 'saved under the notification that was asked about; Kore.ai’s fields stay as they are',
    answer: json(bodyOf({ ...FINE, requestId: 'ds-other', streamId: 'st-other' })),
    rows: [{ logId: 'nl-1', log: { ...FINE, requestId: 'ds-other', streamId: 'st-other' } }],
  },
  'a count that disagrees with the logs': {
    result: 'Kore.ai is asked again for logs that the count announces',
    answer: json(JSON.stringify({ status: 'SUCCESS', count: 7, statusLogs: [FINE] })),
    isShort: true,
    rows: [FINE_ROW],
  },
  'a log id of 2 KB': {
    result: 'its row’s key is a hash of recipient and channel',
    answer: json(bodyOf({ ...FINE, _id: 'i'.repeat(2_048) }, entry(2))),
    rows: [{ log: { ...FINE, _id: 'i'.repeat(2_048) } }, { logId: 'nl-2' }],
  },
  'a phone number as a number': {
    result: 'its text is the recipient’s key',
    answer: json(bodyOf({ ...FINE, originalId: 4_917_112_345_678 })),
    rows: [{ logId: 'nl-1', recipient: '4917112345678' }],
  },
  'half of a surrogate pair in an address': {
    result:
      'U+FFFD stands for it in the recipient’s key; where the table refuses the log, it is saved as text',
    answer: json('{"status":"SUCCESS","statusLogs":[{"_id":"nl-1","originalId":"a\\ud800b"}]}'),
    rows: [{ logId: 'nl-1', recipient: 'a\ufffdb' }],
  },
  'a log of 400 KB': {
    result: 'saved as the first 350,000 bytes of its JSON text; its keys and status are whole',
    answer: json(bodyOf(FINE, { _id: 'large', status: 'SUCCESS', comments: 'x'.repeat(400 * 1024) })),
    rows: [FINE_ROW, { logId: 'large', status: 'SUCCESS', log: expectText('"comments":"xxx') }],
  },
  'dates that are no dates': {
    result: 'the row’s `createdOn` is the time of saving; the log keeps what Kore.ai sent',
    answer: json(bodyOf({ ...FINE, createdOn: 'yesterday' })),
    rows: [{ logId: 'nl-1', log: { ...FINE, createdOn: 'yesterday' } }],
  },
  'numbers beyond the table’s range': {
    result: 'saved as the text that Kore.ai sent',
    answer: json(
      '{"status":"SUCCESS","statusLogs":[{"_id":"nl-1","cost":1e400,"long":12345678901234567890}]}',
    ),
    rows: [{ logId: 'nl-1', log: { _id: 'nl-1', cost: '1e400', long: '12345678901234567890' } }],
  },
  'empty text where an index wants a key': {
    result: 'the row has no such key, and is not in that index',
    answer: json(bodyOf({ _id: '', originalId: ' ', status: 'FAILURE', createdOn: '' })),
    rows: [{ status: 'FAILURE', log: { _id: '', originalId: ' ', status: 'FAILURE', createdOn: '' } }],
  },
  'HTTP/1.0 without a length': {
    result: 'read until the connection ends',
    answer(response) {
      response.socket?.end(`HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${bodyOf(FINE)}`);
    },
    rows: [FINE_ROW],
  },
};

/** Stands for any value with this text in it. */
function expectInside(text: string) {
  return { asymmetricMatch: (value: unknown) => JSON.stringify(value).includes(text) };
}

/** Stands for any text with this in it. */
function expectText(part: string) {
  return { asymmetricMatch: (text: unknown) => typeof text === 'string' && text.includes(part) };
}
