/** As many recipients as a page holds, and more. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { manyPages } from './many-failures.ts';
import { dataOf, samplePages } from './sample-campaign.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('a page with 100,000 recipients who were not reached', () => {
  let html: string;
  beforeAll(async () => {
    html = htmlOf(await dataOf(manyPages(100_000)));
  });

  it('lists, sorts and filters all of them', async () => {
    const { page, complaints, close } = await openPage(browser, html);
    onTestFinished(close);
    const list = page.locator('[data-list="not-reached"]');
    const status = () => list.getByRole('status').textContent();

    expect(await status()).toBe('1 to 50 of 100,000');
    await list.getByRole('columnheader', { name: 'reason' }).getByRole('button').click();
    await list.getByRole('button', { name: 'Last' }).first().click();
    expect(await status()).toBe('99,951 to 100,000 of 100,000');
    await list.getByRole('searchbox').fill('person 77777)');
    expect(await status()).toBe('1 to 1 of 1, of 100,000 in all');
    expect(complaints).toEqual([]);
  });

  it('prints a thousand of them, and says so', async () => {
    const { page, close } = await openPage(browser, html);
    onTestFinished(close);
    const list = page.locator('[data-list="not-reached"]');

    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);

    expect(await list.locator('tbody tr').count()).toBe(1_000);
    expect(await list.getByRole('status').textContent()).toBe('1 to 1,000 of 100,000');
  });
});

describe('a page with more', () => {
  it('has totals and reasons, and points to CSV', async () => {
    const html = htmlOf(await dataOf(manyPages(100_001)));
    const { page, close } = await openPage(browser, html);
    onTestFinished(close);

    expect(await page.locator('h1').textContent()).toBe('100,001 of 100,001 recipients were not reached');
    expect(await page.locator('.notice').first().textContent()).toContain(
      'delivery-tracker report autumn-2026 --csv',
    );
    expect(await page.locator('[aria-labelledby="reasons"] tbody tr').count()).toBe(3);
    expect(await page.locator('[data-list="not-reached"]').count()).toBe(0);
    expect(html.length).toBeLessThan(300_000);
  });
});

it('is small without its data', async () => {
  expect(htmlOf(await dataOf(samplePages().slice(0, 1))).length).toBeLessThan(60_000);
});
