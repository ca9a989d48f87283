/** The page on screens of several widths. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { manyPages } from './many-failures.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages } from './sample-campaign.ts';

let browser: Browser;
let html: string;
/** With ids as Kore.ai gives them. */
let longIds: string;
beforeAll(async () => {
  browser = await launchBrowser();
  html = htmlOf(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT }));
  longIds = htmlOf(await dataOf(manyPages(3_000)));
});
afterAll(() => browser.close());

async function open(width: number, text = html) {
  const { page, close } = await openPage(browser, text, { viewport: { width, height: 800 } });
  onTestFinished(close);
  return page;
}

const HIDDEN = '[...document.querySelectorAll(".scroll")].map((one) => one.scrollWidth - one.clientWidth)';

it.each([1280, 1024, 850, 700, 390, 360])('%s pixels show all columns of the lists', async (width) => {
  for (const text of [html, longIds]) {
    const page = await open(width, text);

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.evaluate(HIDDEN)).toEqual([0, 0]);
  }
});

describe('on a telephone', () => {
  it('each recipient is a card with the titles of its texts', async () => {
    const page = await open(390);
    const card = page.locator('[data-list="not-reached"] tbody tr').first();

    expect((await card.boundingBox())?.height).toBeLessThan(130);
    const title = await page.evaluate(
      `getComputedStyle(document.querySelector('[data-title="reason"]'), '::before').content`,
    );
    expect(title).toContain('reason');
  });

  it('the times of the picture can be read', async () => {
    const page = await open(390);

    const pixels = await page.evaluate(`(() => {
      const text = document.querySelector('.columns text');
      return parseFloat(getComputedStyle(text).fontSize) * text.getCTM().a;
    })()`);

    expect(pixels).toBeGreaterThan(10);
  });
});
