/** The page on paper, printed straight from the screen. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages } from './sample-campaign.ts';

let browser: Browser;
let html: string;
beforeAll(async () => {
  browser = await launchBrowser();
  html = htmlOf(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT }));
});
afterAll(() => browser.close());

async function open() {
  const opened = await openPage(browser, html, { colorScheme: 'dark' });
  onTestFinished(() => opened.close());
  return opened.page;
}

const list = (page: Page) => page.locator('[data-list="not-reached"]');
const status = (page: Page) => list(page).getByRole('status').textContent();

async function printed(page: Page) {
  const pdf = (await page.pdf({ format: 'A4', tagged: true })).toString('latin1');
  const count = (pattern: RegExp) => pdf.match(pattern)?.length ?? 0;
  return { rows: count(/\/S\s*\/TR\b/g), pages: count(/\/Type\s*\/Page\b/g) };
}

/** As the page is when the browser lays it out for paper. */
async function prepare(page: Page) {
  await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
  await page.emulateMedia({ media: 'print' });
}

it('has everybody, on a few pages', async () => {
  const page = await open();

  const whole = await printed(page);
  await list(page).getByRole('searchbox').fill('nobody of that name');
  const withoutThem = await printed(page);

  expect(whole.rows - withoutThem.rows).toBe(81);
  expect(whole.pages).toBeLessThanOrEqual(8);
});

it('leaves the screen as it was', async () => {
  const page = await open();
  await list(page).getByRole('button', { name: 'Next' }).first().click();

  await printed(page);

  expect(await status(page)).toBe('51 to 81 of 81');
});

it('offers no reason to be selected, as the screen does', async () => {
  const page = await open();
  const hint = page.getByText('Select a reason to list those who have it.');

  expect(await hint.isVisible()).toBe(true);
  await prepare(page);
  expect(await hint.isVisible()).toBe(false);
});

it('has no dark ground, and nothing that is there to be pressed', async () => {
  const page = await open();

  await prepare(page);

  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  expect(await page.locator('input:visible, select:visible, summary:visible, .moves:visible').count()).toBe(
    0,
  );
  expect(await list(page).locator('tbody tr').count()).toBe(81);
});

it('says what it is filtered by', async () => {
  const page = await open();
  await list(page).getByRole('searchbox').fill('berlin');
  await list(page).getByLabel('reason').selectOption('The number is not reachable');
  expect(await list(page).locator('.on-paper').isVisible()).toBe(false);

  await prepare(page);

  expect(await list(page).locator('.on-paper').isVisible()).toBe(true);
  expect(await list(page).locator('.on-paper').textContent()).toBe(
    'Filtered: only those with “berlin” and of the reason “The number is not reachable”.',
  );
});

it('has headings that are no buttons, which Chromium leaves out of the headings of later pages', async () => {
  const page = await open();

  await prepare(page);

  const displays = await page.evaluate(
    `[...document.querySelectorAll('thead button')].map((one) => getComputedStyle(one).display)`,
  );
  expect(displays).toEqual(Array.from({ length: 9 + 5 }, () => 'contents'));
});
