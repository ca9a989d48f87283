/** The list of those who were not reached, in a browser. */
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
  const opened = await openPage(browser, html);
  onTestFinished(() => opened.close());
  return opened;
}

const list = (page: Page) => page.locator('[data-list="not-reached"]');
const recipients = (page: Page) => list(page).locator('tbody td:first-child').allTextContents();
const status = (page: Page) => list(page).getByRole('status').textContent();
const move = (page: Page, name: string) => list(page).getByRole('button', { name, exact: true });
const head = (page: Page, name: string) => list(page).getByRole('columnheader', { name });

it('shows fifty at a time', async () => {
  const { page } = await open();

  expect(await recipients(page)).toHaveLength(50);
  expect(await status(page)).toBe('1 to 50 of 81');
});

it('goes to the next page and to the last', async () => {
  const { page } = await open();

  await move(page, 'Next').first().click();

  expect(await status(page)).toBe('51 to 81 of 81');
  expect(await move(page, 'Last').first().isDisabled()).toBe(true);
});

it('sorts by a column, and the other way round', async () => {
  const { page } = await open();
  const first = () => list(page).locator('tbody tr').first().locator('td').nth(4).textContent();

  await head(page, 'when').getByRole('button').click();
  const ascending = await first();
  await head(page, 'when').getByRole('button').click();

  expect(ascending).toBe('24 Nov 2026, 11:00:21');
  expect(await first()).toBe('24 Nov 2026, 11:27:25');
  expect(await head(page, 'when').getAttribute('aria-sort')).toBe('descending');
});

it('filters by words in any column', async () => {
  const { page } = await open();

  await list(page).getByRole('searchbox').fill('ESSEN reachable');

  expect(await status(page)).toBe('1 to 2 of 2, of 81 in all');
});

it('filters by a reason', async () => {
  const { page } = await open();

  await list(page).getByLabel('reason').selectOption('The recipient did not answer the call');

  expect(await status(page)).toBe('1 to 20 of 20, of 81 in all');
});

it('says that nothing matches', async () => {
  const { page } = await open();

  await list(page).getByRole('searchbox').fill('nobody of that name');

  expect(await status(page)).toBe('Nothing matches, of 81 in all');
});

it('is used with the keyboard alone', async () => {
  const { page } = await open();

  await list(page).getByRole('searchbox').focus();
  await page.keyboard.type('berlin');
  for (const _ of ['reason', 'the list', 'its first heading']) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  expect(await status(page)).toBe('1 to 30 of 30, of 81 in all');
  expect(await head(page, 'recipient').getAttribute('aria-sort')).toBe('ascending');
});

it('keeps the focus where a button goes out of use', async () => {
  const { page } = await open();

  await move(page, 'Last').first().focus();
  await page.keyboard.press('Enter');

  expect(await page.evaluate('document.activeElement.textContent')).toBe('First');
});

it('goes to its start from the buttons below it', async () => {
  const { page } = await open();

  await move(page, 'Next').last().click();

  expect(await status(page)).toBe('51 to 81 of 81');
  expect(await list(page).locator('.pager p').allTextContents()).toEqual([
    '51 to 81 of 81',
    '51 to 81 of 81',
  ]);
  const top = await page.evaluate(
    `document.querySelector('[data-list="not-reached"]').getBoundingClientRect().top`,
  );
  expect(Math.abs(Number(top))).toBeLessThan(2);
  expect(await page.evaluate('document.activeElement.textContent')).toBe('First');
});

it('has no buttons where one page is enough', async () => {
  const { page } = await open();

  await list(page).getByRole('searchbox').fill('berlin');

  expect(await list(page).locator('.moves:visible, .pager:visible').count()).toBe(1);
  expect(await page.locator('[data-list="notifications"] .moves:visible').count()).toBe(0);
});

it('shows those who have a reason, where that is chosen above', async () => {
  const { page } = await open();

  await page.getByRole('button', { name: 'The recipient did not answer the call' }).click();

  expect(await status(page)).toBe('1 to 20 of 20, of 81 in all');
  expect(await list(page).getByLabel('reason').inputValue()).toBe('The recipient did not answer the call');
});

it('says how long a notification took as the rest of the page does', async () => {
  const { page } = await open();

  const took = page.locator('[data-list="notifications"] tbody td:last-child');

  expect(await took.allTextContents()).toEqual([
    '28\u00a0min\u00a030\u00a0s',
    '21\u00a0min\u00a015\u00a0s',
    '15\u00a0min',
    '7\u00a0min\u00a020\u00a0s',
    'gave up after 1\u00a0h',
    '2\u00a0h so far',
  ]);
});

it('sorts notifications by how long they took, and keeps their sum', async () => {
  const { page } = await open();
  const notifications = page.locator('[data-list="notifications"]');

  const button = notifications.getByRole('columnheader', { name: 'took' }).getByRole('button');
  await button.click();
  await button.click();

  expect(await notifications.locator('tbody td:first-child').allTextContents()).toEqual([
    ...['ds-hamburg', 'ds-frankfurt', 'ds-berlin', 'ds-cologne', 'ds-dresden', 'ds-essen'],
  ]);
  expect(await notifications.locator('tfoot td').allTextContents()).toEqual([
    ...['all listed', '', '900', '704', '81', '9\u00a0%', '115', '', ''],
  ]);
});

it('tells people apart', async () => {
  const { page } = await open();

  expect(await recipients(page)).toContain('r…3@example.com (person\u00a01)');
});
