import { Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { campaignDisplay } from '../../local/campaign/campaign-display.ts';
import { COURSES } from '../../local/kore/scenario.ts';
import { obeyedIn } from '../hostile-text.ts';

const IDS = ['ds-11111111-2222', 'ds-33333333-4444'] as const;
const campaign = {
  campaignId: 'campaign-1',
  notifications: IDS.map((requestId) => ({ requestId, course: COURSES.partial })),
};
const HOST = { host: 'http://127.0.0.1:8080' };

const check = (total: number, changes: object = {}) =>
  ({
    outcome: 'waiting',
    progress: { checks: 2, status: 'IN_PROGRESS', counts: { total, delivered: total, failed: 0 } },
    ...changes,
  }) as unknown as CheckResult;
const ended = {
  outcome: 'complete',
  detail: { data: { checks: 3, status: 'SUCCESS', counts: { total: 24, delivered: 24, failed: 0 } } },
} as unknown as CheckResult;
const campaignWaits = { outcome: 'waiting', checks: 2 } as CampaignCheckResult;

/** A display, and all that it has written. */
function display(stream: { isTTY?: boolean; rows?: number }) {
  const written: string[] = [];
  const stdout = Object.assign(
    new Writable({
      write(chunk, _, done) {
        written.push(String(chunk));
        done();
      },
    }),
    { columns: 120, ...stream },
  );
  let now = 1_000;
  const shown = campaignDisplay({ stdout, colours: false }, { campaign, recipients: 24 }, { now: () => now });
  onTestFinished(() => shown.end());
  return {
    ...shown,
    pass(milliseconds: number) {
      now += milliseconds;
    },
    text: () => written.join(''),
  };
}

describe('where output is no terminal', () => {
  it('each check is a line that names its notification', () => {
    const shown = display({});

    shown.onStart(HOST);
    shown.pass(2_260);
    shown.onCheck(IDS[0], check(6));
    shown.onCheck(IDS[1], ended);
    shown.onCampaignCheck(campaignWaits);
    shown.end();

    expect(shown.text().split('\n')).toEqual([
      'Tracking campaign-1 and its 2 notifications at http://127.0.0.1:8080 (simulator)',
      '   2.3 s  ds-11111111…  check 2    IN_PROGRESS      6 of 24         █████░░░░░░░░░░░░░░░  25 %',
      '   2.3 s  ds-33333333…  check 3    SUCCESS          24 of 24        ████████████████████ 100 %',
      '   2.3 s  campaign      check 1    in progress      1 of 2          ██████████░░░░░░░░░░  50 %',
      '',
    ]);
    expect(obeyedIn(shown.text())).toEqual([]);
  });

  it('the same holds for a terminal with too few rows', () => {
    const shown = display({ isTTY: true, rows: 3 });

    shown.onStart(HOST);
    shown.onCheck(IDS[0], check(6));

    expect(shown.text()).toContain('   0.0 s  ds-11111111…  check 2 ');
    expect(obeyedIn(shown.text())).toEqual([]);
  });
});

describe('on a terminal', () => {
  it.each([[{ rows: 24 }], [{ rows: 0 }], [{}]])('there is a line for each, from the start (%o)', (size) => {
    const shown = display({ isTTY: true, ...size });

    shown.onStart(HOST);
    shown.end();

    for (const name of ['ds-11111111…', 'ds-33333333…', 'campaign    ']) {
      expect(shown.text()).toContain(`${name}  before its first check`);
    }
  });

  it('each line ends with what was seen last, within 80 columns', () => {
    const shown = display({ isTTY: true });

    shown.onStart(HOST);
    shown.onCheck(IDS[0], check(6));
    shown.onCheck(IDS[1], check(1));
    shown.onCheck(IDS[0], ended);
    shown.end();

    expect(shown.text()).toContain(
      'ds-11111111…  check 3    SUCCESS          24 of 24        ███████████████ 100 %',
    );
    expect(shown.text()).toContain(
      'ds-33333333…  check 2    IN_PROGRESS      1 of 24         █░░░░░░░░░░░░░░   4 %',
    );
    expect(shown.text()).not.toContain('6 of 24');
    const lines = shown
      .text()
      .split('\n')
      .filter((line) => line.includes('check '));
    for (const line of lines) expect(line.replaceAll(/\p{Cc}\[\??\d*[A-Za-z]/gu, '').length).toBeLessThan(80);
  });

  it('the cursor comes back in the end', () => {
    const shown = display({ isTTY: true });
    const SHOW = '\u001b[?25h';

    shown.onStart(HOST);
    expect(shown.text()).not.toContain(SHOW);
    shown.end();

    expect(shown.text()).toContain(SHOW);
  });

  it('nothing is written by a run that never started', () => {
    const shown = display({ isTTY: true });

    shown.end();

    expect(shown.text()).toBe('');
  });
});
