/** The page where others have written everything that they may: nothing of it runs, asks for anything, or takes the page apart. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RowsPage } from '../../cli/report/data/report-data.ts';
import type { Subject } from '../../cli/report/data/subject.ts';
import { HOSTILE } from '../hostile-text.ts';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { dataOf, sampleRow } from './sample-campaign.ts';

const RUN = 'globalThis.obeyed=true';
const PAYLOADS: Readonly<Record<string, string>> = {
  'an end of the data': `</script><script>${RUN}</script>`,
  'an end of the style': `</style><script>${RUN}</script>`,
  'a picture that fails': `<img src=x onerror="${RUN}">`,
  'an end of an attribute': `"'><svg/onload=${RUN}>`,
  'a comment': '<!--<script>',
  'a link': `<a href="javascript:${RUN}">here</a>`,
  'a frame': '<iframe src="https://example.com"></iframe>',
  'a style': '<style>*{display:none}</style><link rel=stylesheet href=https://example.com/a.css>',
  'another base':
    '<base href="https://example.com/"><meta http-equiv=refresh content="0;url=https://example.com">',
  entities: '&lt;script&gt;&#60;b&#62;',
  'a template': `\${${RUN}}{{${RUN}}}$&$\`$'`,
  'names of properties': '__proto__',
  'another name of a property': 'constructor',
  'control characters and turned writing': HOSTILE,
  'one long word': 'W'.repeat(5_000),
  'stacked accents': `Z${'\u0301\u0320'.repeat(400)}`,
  'half of a character': '\ud83d',
  'line separators': 'a\u2028b\u2029c',
  'nothing but spaces': '   ',
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** In every field of every row, of the campaign and of its notifications. */
async function pageWith(payload: string, showAddresses: boolean) {
  const rows = Array.from({ length: 4 }, (_, index) => ({
    ...sampleRow({ requestId: payload, index, recipient: payload, failsFor: payload, channel: payload }),
    ...(index === 2 && { createdOn: payload }),
    ...(index === 3 && { status: payload }),
  }));
  const pages: RowsPage[] = [{ requestId: payload, rows, ended: { errorCode: payload, startedAt: payload } }];
  const notification = { requestId: payload, state: payload, endedAt: payload, durationSeconds: payload };
  const subject = {
    ...{ kind: 'campaign', id: payload, isOver: false, startedAt: payload, expectedNotifications: payload },
    notifications: [notification, { requestId: `${payload} 2`, state: 'timed-out', errorCode: payload }],
  } as unknown as Subject;
  const data = await dataOf(pages, { subject, showAddresses });
  const opened = await openPage(browser, htmlOf(data), { viewport: { width: 1000, height: 800 } });
  onTestFinished(() => opened.close());
  return opened;
}

describe.each(Object.entries(PAYLOADS))('%s in each field', (_, payload) => {
  it.each([true, false])('is not obeyed, with addresses: %s', async (showAddresses) => {
    const { page, requests, complaints } = await pageWith(payload, showAddresses);
    const list = page.locator('[data-list="not-reached"]');
    await list.getByRole('columnheader', { name: 'reason' }).getByRole('button').click();
    await page.waitForLoadState('networkidle');

    expect(await page.evaluate('globalThis.obeyed')).toBeUndefined();
    expect([requests, complaints]).toEqual([[], []]);
    expect(await page.locator('main img, main iframe, main a, main style, main script').count()).toBe(0);
  });

  it('leaves the page as wide and as complete as it is', async () => {
    const { page } = await pageWith(payload, true);

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1000);
    expect(await page.locator('h2').count()).toBe(7);
    expect(await page.locator('[data-list="not-reached"] tbody tr').count()).toBe(3);
    expect(await page.locator('footer').isVisible()).toBe(true);
  });
});

it('shows a hostile name as the text that it is', async () => {
  const { page } = await pageWith('<b>"Zoë" & Co</b>', true);

  expect(await page.locator('[data-list="not-reached"] tbody td').first().textContent()).toBe(
    '<b>"Zoë" & Co</b>',
  );
});
