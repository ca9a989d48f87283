/** What may be shown, and how: addresses, texts of others, times and tables. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { recipientCell, shownRow } from '../../../cli/display/shown-row.ts';
import { tableLines } from '../../../cli/display/table-layout.ts';
import { paint, takesColours } from '../../../cli/display/terminal.ts';
import { maskAddress, maskText } from '../../../cli/text/mask-address.ts';
import { peopleOf } from '../../../cli/text/people.ts';
import { guardedLine, printable, printableJson } from '../../../cli/text/printable.ts';
import { duration, timestamp } from '../../../cli/text/timestamp.ts';

const terminal = (colours = false) => ({
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  colours,
  confirm: undefined,
});

describe('an address', () => {
  it.each([
    ['recipient.0006@example.com', 'r…6@example.com'],
    ['al@example.com', '…@example.com'],
    ['a@b@example.com', 'a…b@example.com'],
    ['john@evil domain', 'j…n'],
    ['+49 (151) 123-4567', '…67'],
    ['4915112345678', '…78'],
    ['whatsapp:+4915112345678', 'w…8'],
    ['john.doe', 'j…e'],
    ['@john', '@…n'],
    ['jo', '…'],
    ['', '…'],
    ['👩‍👩‍👧x', '👩…x'],
  ])('%s is shown as %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
});

describe('a reason', () => {
  it.each([
    ['No route to john@example.com now', [], 'No route to [address] now'],
    ['Identity JOHN.DOE is unknown', ['john.doe'], 'Identity [address] is unknown'],
    ['Call +49 151 1234567 failed', [], 'Call [number] failed'],
    ['a.c is not abc', ['a.c'], '[address] is not abc'],
    ['It is out', ['is'], 'It is out'],
  ])('%s is shown as it is, but for addresses', (reason, known, masked) => {
    expect(maskText(reason, known)).toBe(masked);
  });
});

const masked = () => peopleOf({ showAddresses: false });

describe('a row', () => {
  const row = {
    requestId: 'ds-1',
    logId: 'nl-1',
    recipient: 'john.doe@example.com',
    status: 'FAILURE',
    createdOn: '2026-11-23T20:14:15.000Z',
    savedAt: '2026-11-23T20:14:20.000Z',
    expiresAt: 1,
    log: {
      originalId: 'John.Doe@example.com',
      channelId: '+4915112345',
      channel: 'ivr',
      comments: 'john.doe is out',
    },
  };

  it('holds nothing of an address unless it is asked for', () => {
    expect(JSON.stringify(shownRow(row, masked()))).not.toMatch(/doe@|John\.Doe|4915112345|nl-1/i);
    expect(shownRow(row, peopleOf({ showAddresses: true }))).toMatchObject({
      recipient: row.recipient,
      logId: 'nl-1',
      log: row.log,
    });
  });

  it('is read out of a log that had to be kept as text', () => {
    expect(shownRow({ ...row, log: JSON.stringify(row.log) }, masked())).toMatchObject({ channel: 'ivr' });
    expect(shownRow({ ...row, log: '{"cut' }, masked())).not.toHaveProperty('reason');
  });

  it('may lack everything that Kore may leave out', () => {
    const { recipient: _, ...rest } = row;
    expect(shownRow({ ...rest, log: null }, masked())).toEqual({
      requestId: 'ds-1',
      status: 'FAILURE',
      createdOn: row.createdOn,
    });
  });
});

describe('people whose masks look the same', () => {
  const row = (recipient: string) => ({
    requestId: 'ds-1',
    logId: 'nl-1',
    recipient,
    status: 'FAILURE',
    createdOn: '2026-11-23T20:14:15.000Z',
    savedAt: '2026-11-23T20:14:15.000Z',
    expiresAt: 1,
  });

  it('have numbers, and one person has the same number throughout an output', () => {
    const people = masked();

    const cells = ['john@example.com', 'jan@example.com', 'john@example.com'].map((address) =>
      recipientCell(shownRow(row(address), people)),
    );

    expect(cells).toEqual(['j…n@example.com #1', 'j…n@example.com #2', 'j…n@example.com #1']);
  });

  it('are one where the address has several forms', () => {
    const people = masked();

    const numbers = ['zo\u00eb@example.com', 'zoe\u0308@example.com'].map(
      (address) => shownRow(row(address), people).person,
    );

    expect(numbers).toEqual([1, 1]);
  });

  it('need no number where their addresses are shown', () => {
    expect(recipientCell(shownRow(row('jan@example.com'), peopleOf({ showAddresses: true })))).toBe(
      'jan@example.com',
    );
  });
});

describe('a terminal', () => {
  it('is not taken over by a text of others', () => {
    expect(printable('a\u001b[2Jb\u0007\u009b31mc\u202ed\ne')).toBe('abcd e');
  });

  it('is not taken over by a document of others, which says the same all the same', () => {
    const document = { 'a\u009b2J': ['b\u202e\u007f\u2028', 'c\u{e0041}\n', 'é 日本 👍'] };

    expect(printableJson(document)).toBe(
      String.raw`{"a\u009b2J":["b\u202e\u007f\u2028","c\udb40\udc41\n","é 日本 👍"]}`,
    );
    expect(JSON.parse(printableJson(document, 2))).toEqual(document);
  });

  it('gets nothing but colours from a line, and those only where it takes them', () => {
    const text = '\u001b[31mred\u001b[39m\u001b[2J\u009b31m\u0007\r\u202e  end';

    expect(guardedLine(text, true)).toBe('\u001b[31mred\u001b[39m[2J31m  end');
    expect(guardedLine(text, false)).toBe('[31mred[39m[2J31m  end');
  });

  it('has colours unless NO_COLOR or its kind forbids them', () => {
    const tty = Object.assign(new PassThrough(), { isTTY: true });
    expect(takesColours(tty, {})).toBe(true);
    expect(takesColours(tty, { NO_COLOR: '1' })).toBe(false);
    expect(takesColours(tty, { TERM: 'dumb' })).toBe(false);
    expect(takesColours(new PassThrough(), {})).toBe(false);
    expect(paint(terminal(true), 'red', 'no')).toBe('\u001b[31mno\u001b[39m');
    expect(paint(terminal(), 'red', 'no')).toBe('no');
  });

  it('shows tables in columns, without lines and trailing space', () => {
    expect(
      tableLines(
        terminal(),
        ['recipient', 'reason'],
        [
          ['r…6@example.com', 'out'],
          ['…67', 'no\nanswer'],
        ],
      ),
    ).toEqual(['recipient        reason', 'r…6@example.com  out', '…67              no answer']);
  });
});

describe('a time', () => {
  it('is in UTC and says so', () => {
    expect(timestamp(Date.UTC(2026, 10, 23, 20, 14, 15))).toBe('2026-11-23 20:14:15Z');
  });

  it.each([
    [-3, '0 s'],
    [11.4, '11 s'],
    [60, '1 min'],
    [185, '3 min 5 s'],
    [7800, '2 h 10 min'],
    [86_400, '24 h'],
  ])('of %d s is %s long', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
