import { describe, expect, it } from 'vitest';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { matchRows } from '../../../lambdas/check-delivery/rows/row-matching.ts';
import { tallying } from '../../../lambdas/check-delivery/rows/tally.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const notification = { requestId: 'ds-1', streamId: 'st-1' };
const saving = { now: NOW, askedAt: NOW, retentionDays: 90 };
const rowsOf = (...logs: unknown[]) => toRows(logs, notification, saving);

/** A row as 0.1.0 wrote it. */
function in010(logId: string, log: unknown): DeliveryLogRow {
  const [{ identity: _, askedAt: __, recipient, ...row }] = rowsOf(log) as [DeliveryLogRow];
  const wasText = typeof (log as { originalId?: unknown }).originalId === 'string';
  return { ...row, logId, ...(wasText && recipient !== undefined && { recipient }) };
}

/** Which keys are written for an answer, beside these rows, until nothing is left to write. */
function keysWritten(answer: readonly unknown[], ...there: readonly DeliveryLogRow[]) {
  const matching = matchRows(rowsOf(...answer));
  for (const row of there) matching.see(row);
  const keys: string[] = [];
  for (let writes = matching.plan(); writes.length > 0; writes = matching.plan()) {
    for (const write of writes) {
      keys.push(write.row.logId);
      matching.wrote(write);
    }
  }
  return { keys, ...matching.saved() };
}

const log = {
  _id: 'nl-1',
  originalId: 'a@example.com',
  channel: 'ivr',
  status: 'QUEUED',
  comments: 'on its way',
};
const changed = { ...log, status: 'SUCCESS', comments: 'sent' };

describe('a failure that is written again', () => {
  const failed = { ...log, status: 'FAILURE' };
  const writtenOver = (answer: object, there: DeliveryLogRow) => {
    const matching = matchRows(rowsOf(answer));
    matching.see(there);
    return matching.plan().map(({ row }) => row);
  };

  it('keeps its shard, also where its key is not the one that the log would have now', () => {
    for (const id of Array.from({ length: 30 }, (_, i) => `${i}`)) {
      const [first] = rowsOf({ ...failed, _id: undefined, channel: undefined, originalId: id });
      if (first === undefined) throw new Error('no row');
      const [again, ...others] = writtenOver({ ...failed, _id: undefined, originalId: id }, first);

      expect(others).toEqual([]);
      expect(again).toMatchObject({ logId: first.logId, failureOf: first.failureOf });
      expect(rowsOf({ ...failed, _id: undefined, originalId: id })[0]?.logId).not.toBe(first.logId);
    }
  });

  it('gets its shard where 0.1.0 wrote it without one', () => {
    const there = { ...in010('nl-1', failed), failureOf: 'st-1#2026-01-01' };
    const [fresh] = rowsOf(failed);

    expect(writtenOver({ ...failed, comments: 'changed' }, there)).toMatchObject([
      { logId: 'nl-1', failureOf: fresh?.failureOf },
    ]);
  });
});

describe('a failure is named', () => {
  const failed = { ...log, status: 'FAILURE' };
  const ofAnother = { ...failed, originalId: 'z@example.com' };

  it('by the key that it has in the end, beside that of the log which took its own meanwhile', () => {
    const counted = tallying(true);
    const matching = matchRows(rowsOf({ ...failed, comments: 'changed' }), counted);
    for (const row of rowsOf(failed)) matching.see(row);
    const [first] = matching.plan();
    for (const row of rowsOf(ofAnother)) matching.see(row);
    const [second] = matching.plan();
    if (second !== undefined) matching.wrote(second);

    expect(first?.row.logId).toBe('nl-1');
    expect(counted.notReached()?.toSorted()).toEqual(['nl-1', second?.row.logId]);
  });

  it('once where another check wrote a newer version of it meanwhile', () => {
    const counted = tallying(true);
    const matching = matchRows(rowsOf({ ...failed, comments: 'changed' }), counted);
    for (const row of rowsOf(failed)) matching.see(row);
    matching.plan();
    for (const row of rowsOf(failed)) matching.see({ ...row, askedAt: NOW + 1 });

    expect(matching.plan()).toEqual([]);
    expect(counted.notReached()).toEqual(['nl-1']);
  });

  it('no more once it is a success', () => {
    const counted = tallying(true);
    const matching = matchRows(rowsOf(changed), counted);
    for (const row of rowsOf(failed, { ...ofAnother, _id: 'nl-2' })) matching.see(row);
    for (const write of matching.plan()) matching.wrote(write);

    expect(counted.notReached()).toEqual(['nl-2']);
  });

  it('where it is one of several rows of 0.1.0 that the log does not go on with', () => {
    const counted = tallying(true);
    const matching = matchRows(rowsOf({ ...changed, _id: '' }), counted);
    const nameless = { ...failed, _id: '' };
    for (const key of ['sha256-2', 'sha256-0', 'sha256-1']) matching.see(in010(key, nameless));
    for (const write of matching.plan()) matching.wrote(write);

    expect(counted.notReached()?.toSorted()).toEqual(['sha256-1', 'sha256-2']);
  });
});

describe('of logs with one id', () => {
  const people = ['a', 'b', 'c'].map((name) => ({ ...log, originalId: `${name}@example.com` }));

  it('one has the id as its key, and the others the id with a hash', () => {
    const { keys } = keysWritten(people);
    expect(keys[0]).toBe('nl-1');
    expect(keys.slice(1)).toEqual([1, 2].map(() => expect.stringMatching(/^nl-1~[0-9a-f]{32}$/)));
    expect(new Set(keys).size).toBe(3);
  });

  it('each has the same key in whatever order they come', () => {
    expect(keysWritten(people.toReversed()).keys).toEqual(keysWritten(people).keys);
  });

  it('none has the key that another’s row has', () => {
    const [row] = rowsOf({ ...log, originalId: 'z@example.com' }) as [DeliveryLogRow];
    expect(keysWritten(people, row).keys).not.toContain('nl-1');
  });

  it('none but one is written before it is known whose the id is', () => {
    const matching = matchRows(rowsOf(...people));
    expect(matching.plan()).toHaveLength(1);
  });
});

describe('a log finds its row', () => {
  it('of 0.1.0 under its id', () => {
    expect(keysWritten([changed], in010('nl-1', log)).keys).toEqual(['nl-1']);
  });

  it('of 0.1.0 under its id with a hash', () => {
    const other = { ...log, originalId: 'b@example.com' };
    const row = in010('nl-1~sha256-0', log);
    expect(keysWritten([changed, other], in010('nl-1', other), row).keys).toEqual(['nl-1~sha256-0']);
  });

  it('of 0.1.0 under a hash, where it has no id', () => {
    const { _id, ...nameless } = log;
    const row = in010('sha256-0', nameless);
    expect(keysWritten([{ ...nameless, status: 'SUCCESS' }], row).keys).toEqual(['sha256-0']);
  });

  it('of 0.1.0 with its log as text, whole or cut', () => {
    const row = in010('nl-1', log);
    const text = JSON.stringify(log);
    expect(keysWritten([changed], { ...row, log: text }).keys).toEqual(['nl-1']);
    expect(keysWritten([changed], { ...row, log: text.slice(0, 20) }).keys).toEqual(['nl-1']);
  });

  it('of 0.1.0 under a hash, with its log as text that was cut', () => {
    const nameless = { ...log, _id: '' };
    const row = { ...in010('sha256-0', nameless), log: JSON.stringify(nameless).slice(0, 20) };
    expect(keysWritten([{ ...changed, _id: '' }], row).keys).toEqual(['sha256-0']);
  });

  it('and not one on another channel, also where that is saved as text', () => {
    const row = { ...in010('nl-1', log), log: JSON.stringify({ ...log, channel: 'sms' }) };
    expect(keysWritten([log], row).keys).toEqual([expect.stringMatching(/^nl-1~/)]);
  });

  it('and does not write it where nothing changed', () => {
    expect(keysWritten([log], in010('nl-1', log))).toMatchObject({ keys: [], isWhole: true });
  });

  it('and writes it where the recipient’s key is another form of the address', () => {
    const number = { ...log, originalId: 4_917_112_345_678 };
    expect(keysWritten([number], in010('nl-1', number)).keys).toEqual(['nl-1']);
    const decomposed = { ...log, originalId: 'Zoe\u0308@example.com' };
    const row = { ...in010('nl-1', decomposed), recipient: 'zoe\u0308@example.com' };
    expect(keysWritten([decomposed], row).keys).toEqual(['nl-1']);
  });

  it.each([
    ['its channel', { ...log, channel: undefined }],
    ['its recipient', { ...log, originalId: undefined }],
    ['both', { _id: 'nl-1', status: 'QUEUED' }],
  ])('that did not say %s yet, or says no more', (_, less) => {
    const [lessRow, row] = [...rowsOf(less), ...rowsOf(log)] as [DeliveryLogRow, DeliveryLogRow];
    expect(keysWritten([changed], lessRow)).toMatchObject({
      keys: ['nl-1'],
      tally: { counts: { total: 1 } },
    });
    expect(keysWritten([less], row)).toMatchObject({ keys: ['nl-1'], tally: { counts: { total: 1 } } });
  });

  it.each([
    ['an id', log, { ...log, _id: 'nl-2' }],
    ['a recipient', { ...log, _id: '' }, { ...log, _id: '', originalId: 'b@example.com' }],
  ])('by %s, beside others, where it did not say its channel yet', (_, one, other) => {
    const [row] = rowsOf({ ...one, channel: undefined }).map((less) => ({ ...less, logId: 'x' }));
    expect(keysWritten([one, other], row as DeliveryLogRow).keys).toContain('x');
  });

  it('and where two logs have its id, neither has the row that names nobody', () => {
    const [row] = rowsOf({ _id: 'nl-1' }) as [DeliveryLogRow];
    const { keys, tally } = keysWritten([log, { ...log, originalId: 'b@example.com' }], row);
    expect(keys).toEqual([expect.stringMatching(/^nl-1~/), expect.stringMatching(/^nl-1~/)]);
    expect(tally.counts.total).toBe(3);
  });

  it('and of several of 0.1.0 always the same, while the others stay and count', () => {
    const rows = ['sha256-1', 'sha256-0', 'sha256-2'].map((key) => in010(key, { ...log, _id: '' }));
    const nameless = { ...changed, _id: '' };
    const found = keysWritten([nameless], ...rows);
    expect(found.keys).toEqual(['sha256-0']);
    expect(found.tally.counts).toEqual({ total: 3, delivered: 1, failed: 0 });
    expect(keysWritten([nameless], ...rows.toReversed()).keys).toEqual(['sha256-0']);
  });

  it('and of several counts each that it does not go on with as it is', () => {
    const [failed, queued] = (['FAILURE', 'QUEUED'] as const).map((status, index) =>
      in010(`sha256-${index}`, { ...log, _id: '', status }),
    ) as [DeliveryLogRow, DeliveryLogRow];
    const nameless = { ...changed, _id: '' };
    const [first, second] = [{ ...failed, logId: 'sha256-2' }, queued];
    for (const rows of [
      [first, second],
      [second, first],
    ]) {
      const found = keysWritten([nameless], ...rows);
      expect(found.keys).toEqual(['sha256-1']);
      expect(found.tally.counts).toEqual({ total: 2, delivered: 1, failed: 1 });
    }
  });

  it('rather than one of 0.1.0, once it has another', () => {
    const nameless = { ...log, _id: '' };
    const [current] = rowsOf(nameless).map((row) => ({ ...row, logId: 'sha256-9' })) as [DeliveryLogRow];
    const older = in010('sha256-0', nameless);
    const now = { ...changed, _id: '' };
    expect(keysWritten([now], current, older).keys).toEqual(['sha256-9']);
    expect(keysWritten([now], older, current).keys).toEqual(['sha256-9']);
  });

  it('under the key that it would have alone rather than under another', () => {
    const nameless = { ...log, _id: '' };
    const [{ logId }] = rowsOf(nameless) as [DeliveryLogRow];
    const rows = [in010(logId, nameless), in010('0', nameless)];
    const now = { ...changed, _id: '' };
    expect(keysWritten([now], ...rows).keys).toEqual([logId]);
    expect(keysWritten([now], ...rows.toReversed()).keys).toEqual([logId]);
  });

  it('rather than one that names no channel', () => {
    const [less] = rowsOf({ _id: 'nl-1', status: 'QUEUED' }) as [DeliveryLogRow];
    const [own] = rowsOf(log).map((row) => ({ ...row, logId: 'nl-1~0' })) as [DeliveryLogRow];
    expect(keysWritten([changed], less, own).keys).toEqual(['nl-1~0']);
    expect(keysWritten([changed], own, less).keys).toEqual(['nl-1~0']);
  });

  it('and never that of another', () => {
    const [row] = rowsOf({ ...log, originalId: 'b@example.com' }) as [DeliveryLogRow];
    expect(keysWritten([log], row)).toMatchObject({
      keys: [expect.stringMatching(/^nl-1~/)],
      tally: { counts: { total: 2 } },
    });
  });
});

describe('a row that is seen', () => {
  it('again is as it is now, and counts once', () => {
    const matching = matchRows(rowsOf(changed));
    const [row] = rowsOf(log) as [DeliveryLogRow];
    matching.see(row);
    matching.see({ ...row, log: changed, status: 'SUCCESS' });
    expect(matching.plan()).toEqual([]);
    expect(matching.saved()).toMatchObject({
      tally: { counts: { total: 1, delivered: 1 } },
      isWhole: true,
    });
  });

  it('once its log has another counts as it is', () => {
    const nameless = { ...changed, _id: '' };
    const matching = matchRows(rowsOf(nameless));
    matching.see(in010('sha256-1', nameless));
    matching.plan();
    matching.see(in010('sha256-0', { ...nameless, status: 'FAILURE' }));
    expect(matching.saved().tally.counts).toEqual({ total: 2, delivered: 1, failed: 1 });
  });

  it.each([
    ['half', 0, []],
    ['less than half', -1, ['nl-1']],
    ['nothing', -50 * 86_400, ['nl-1']],
  ])('with %s of its time left is written accordingly', (_, more, keys) => {
    const [row] = rowsOf(log) as [DeliveryLogRow];
    const expiresAt = NOW / 1000 + 45 * 86_400 + more;
    expect(keysWritten([log], { ...row, expiresAt }).keys).toEqual(keys);
  });
});

describe('a write says', () => {
  /** What is planned for `changed`, where this row is there. */
  function planned(...there: readonly DeliveryLogRow[]) {
    const matching = matchRows(rowsOf(changed));
    for (const row of there) matching.see(row);
    return matching.plan();
  }

  it('that no row was seen', () => {
    expect(planned()).toMatchObject([{ isKnown: false, alsoOf: undefined }]);
  });

  it('that the row of the very log was seen', () => {
    expect(planned(...rowsOf(log))).toMatchObject([{ isKnown: true, alsoOf: undefined }]);
    expect(planned(in010('nl-1', log))).toMatchObject([{ isKnown: true, alsoOf: undefined }]);
  });

  it('whose row was seen, where that said less', () => {
    const [less] = rowsOf({ ...log, channel: undefined }) as [DeliveryLogRow];
    expect(planned(less)).toMatchObject([{ isKnown: true, alsoOf: less.identity }]);
  });
});

describe('logs with neither id nor recipient', () => {
  it('stay apart from each other', () => {
    const logs = [{ status: 'SUCCESS' }, { status: 'FAILURE' }];
    expect(keysWritten(logs).tally.counts).toEqual({ total: 2, delivered: 1, failed: 1 });
    expect(keysWritten([logs[1]], ...rowsOf(logs[0])).tally.counts.total).toBe(2);
  });

  it('find their rows of 0.1.0, as text too', () => {
    const nobodys = { status: 'SUCCESS' };
    const [{ logId }] = rowsOf(nobodys) as [DeliveryLogRow];
    expect(keysWritten([nobodys], in010(logId, nobodys)).keys).toEqual([]);
    const text = { ...in010(logId, nobodys), log: JSON.stringify(nobodys) };
    expect(keysWritten([nobodys], text)).toMatchObject({ keys: [], tally: { counts: { total: 1 } } });
  });
});

it('gives a log whose hash is the id of another a key of its own', () => {
  const nameless = { originalId: 'a@example.com' };
  const [{ logId }] = rowsOf(nameless) as [DeliveryLogRow];
  const { keys } = keysWritten([nameless, { _id: logId }]);
  expect(new Set(keys).size).toBe(2);
  expect(keys[0]).toBe(logId);
  expect(keys[1]).toMatch(/^sha256-[0-9a-f]{32}~[0-9a-f]{32}$/);
});
