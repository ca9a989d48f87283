import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../../lambdas/check-delivery/kore/answer/retry-after.ts';

const NOW = Date.parse('1994-11-06T08:49:37Z');
const YEAR = 31_536_000;

it.each([
  ['120', 120],
  [' 120 ', 120],
  ['007', 7],
])('the delay %j is %d seconds', (header, seconds) => {
  expect(retryAfterSeconds(header, NOW)).toBe(seconds);
});

it.each(['Sun, 06 Nov 1994 08:51:37 GMT', 'Sunday, 06-Nov-94 08:51:37 GMT', 'Sun Nov  6 08:51:37 1994'])(
  'the date %j is so far away as the clock says',
  (header) => {
    expect(retryAfterSeconds(header, NOW)).toBe(120);
    expect(retryAfterSeconds(header, NOW - 500)).toBe(120.5);
  },
);

it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:36 GMT', 'Wed, 01 Jan 1975 00:00:00 GMT'])(
  'the date %j is ignored once it has come',
  (header) => {
    expect(retryAfterSeconds(header, NOW)).toBeUndefined();
  },
);

it('the obsolete form without a zone may have a day of two digits', () => {
  expect(retryAfterSeconds('Sun Nov 13 08:49:37 1994', NOW)).toBe(7 * 86_400);
});

it('a year is the longest', () => {
  expect(retryAfterSeconds('9'.repeat(400), NOW)).toBe(YEAR);
  expect(retryAfterSeconds('Fri, 31 Dec 9999 23:59:59 GMT', NOW)).toBe(YEAR);
});

it.each([
  null,
  '',
  '0',
  '-5',
  '+5',
  '1.5',
  '1e3',
  '0x10',
  '٥',
  'soon',
  '120, 120',
  '120 seconds',
  '2030-01-01T00:00:00Z',
  'Sun, 06 Nov 2094 25:49:37 GMT',
  'Sun, 06 Foo 2094 08:49:37 GMT',
  'Sun, 06 Nov 2094 08:49:37 PST',
  '? Sat, 06 Nov 2094 08:49:37 GMT',
  'Sat, 06 Nov 2094 08:49:37 GMT?',
  'Sat, 06 Nov 2094 08:49:37 GMT GMT',
  '? Saturday, 06-Nov-94 08:51:37 GMT',
  'Saturday, 06-Nov-94 08:51:37 GMT?',
  'Saturday, 06-Nov-94 08:51:37 GMT GMT',
  '? Sat Nov  6 08:51:37 2094',
  'Sat Nov  6 08:51:37 2094 GMT',
])('%j is ignored', (header) => {
  expect(retryAfterSeconds(header, NOW)).toBeUndefined();
});

it('whatever is sent, the wait is a number of seconds from above 0 to a year, or none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (header) => {
      const seconds = retryAfterSeconds(header, NOW) ?? YEAR;

      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(YEAR);
    }),
  );
});
