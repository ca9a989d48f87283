import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT, exitStatusOf } from '../../verify/report/exit-status.ts';
import { masker } from '../../verify/report/mask.ts';
import { reportLines } from '../../verify/report/print-report.ts';
import { folderOf, writeReport } from '../../verify/report/write-report.ts';
import type { Report } from '../../verify/verify.ts';

const ARN = 'arn:aws:events:eu-central-1:998877665544:event-bus/b';
const REPORT: Report = {
  place: { name: 'delivery-tracker-verify-1a2b3c4d', isEmulator: false },
  scenarios: [
    {
      name: 'one',
      seconds: 3,
      findings: [
        { id: 'a', says: 'It is so', verdict: 'as assumed', seen: 'so' },
        { id: 'b', says: 'It is so too', verdict: 'differs', seen: { bus: ARN } },
        { id: 'c', says: 'Nobody knows', verdict: 'not shown', why: 'needs --second-profile' },
      ],
      fixtures: { event: { resources: [ARN] } },
    },
  ],
  left: ['queue q'],
  isInterrupted: false,
};
const mask = masker({ 'delivery-tracker-verify-1a2b3c4d': 'delivery-tracker-verify-run' });

it('is printed with each verdict, and with what is left', () => {
  const text = reportLines(REPORT, mask).join('\n');

  expect(text).toMatch(/as assumed +a +It is so/);
  expect(text).toMatch(/differs +b +saw \{"bus":"arn:aws:events:eu-central-1:1{12}:event-bus\/b"\}/);
  expect(text).toMatch(/not shown +c +needs --second-profile/);
  expect(text).toContain('1 as assumed, 1 differ, 1 not shown');
  expect(text).toContain('LEFT BEHIND:\n  queue q');
});

it('of an emulator says that it settles nothing', () => {
  const report = { ...REPORT, place: { name: 'run', isEmulator: true }, left: [] };

  expect(reportLines(report, mask).slice(-2)).toEqual([
    'In an emulator: what AWS does is not settled by any of this.',
    'Nothing is left behind.',
  ]);
});

it('is written with its fixtures, masked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-report-'));
  try {
    writeReport(join(folder, 'today'), REPORT, mask);

    const files = readdirSync(join(folder, 'today'));
    const text = files.map((file) => readFileSync(join(folder, 'today', file), 'utf8')).join('');
    expect(files.toSorted()).toEqual(['findings.json', 'one.event.json']);
    expect(text).not.toMatch(/998877665544|1a2b3c4d/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('has a folder for each run, also of the same day', () => {
  const first = folderOf(new Date('2026-01-01T10:00:00Z'), false);

  expect(first).toBe('verify-results/2026-01-01T100000');
  expect(folderOf(new Date('2026-01-01T10:20:00Z'), false)).not.toBe(first);
  expect(folderOf(new Date('2026-01-01T10:00:00Z'), true)).toMatch(/^dist\//);
});

describe('the exit status', () => {
  const [one] = REPORT.scenarios;
  const [good, bad, hidden] = one?.findings ?? [];
  const of = (findings: readonly unknown[], changes: Partial<Report> = {}) =>
    exitStatusOf({ ...REPORT, left: [], scenarios: [{ ...one, findings }] as never, ...changes });

  it.each([
    ['0 where something is as assumed and nothing differs', of([good, hidden]), EXIT.asAssumed],
    ['1 where something differs', of([good, bad]), EXIT.differs],
    ['1 where nothing was shown', of([hidden]), EXIT.differs],
    ['1 where something is left', of([good], { left: ['queue q'] }), EXIT.differs],
    ['1 where the taking down failed', of([good], { error: 'no' }), EXIT.differs],
    ['130 where it was interrupted', of([bad], { isInterrupted: true }), EXIT.interrupted],
    [
      '0 where an emulator shows nothing',
      of([hidden], { place: { name: 'r', isEmulator: true } }),
      EXIT.asAssumed,
    ],
  ])('is %s', (_, status, expected) => {
    expect(status).toBe(expected);
  });
});
