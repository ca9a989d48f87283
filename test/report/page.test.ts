/** The page of a campaign in a browser: what a reader sees, does and prints. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages } from './sample-campaign.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let html: string;
beforeAll(async () => {
  browser = await launchBrowser();
  html = htmlOf(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT }));
});
afterAll(() => browser.close());

async function open(options?: BrowserContextOptions) {
  const opened = await openPage(browser, html, options);
  onTestFinished(() => opened.close());
  return opened;
}

const list = (page: Page) => page.locator('[data-list="not-reached"]');

describe('the page', () => {
  it('says the outcome in its heading', async () => {
    const { page } = await open();

    expect(await page.locator('h1').textContent()).toBe(
      'Not over yet: 704 recipients reached, 81 not reached, 115 or more without a result',
    );
  });

  it('asks for nothing from elsewhere', async () => {
    const { page, requests } = await open();
    await page.waitForLoadState('networkidle');

    expect(requests).toEqual([]);
  });

  it('complains of nothing', async () => {
    const { page, complaints } = await open();
    await list(page).getByRole('button', { name: 'Next' }).first().click();

    expect(complaints).toEqual([]);
  });

  it('may run no other script than its own', async () => {
    const { page, complaints } = await open();

    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
    }`);

    expect(await page.title()).toBe('Delivery report: campaign spring-2026');
    expect(complaints.join()).toContain('Content Security Policy');
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that axe objects to, when it is %s',
    async (colorScheme) => {
      const { page } = await open({ colorScheme, bypassCSP: true });

      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResult>('axe.run()');

      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    },
  );

  it('is dark where the reader wants it so', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open({ colorScheme });
      return page.evaluate('getComputedStyle(document.body).backgroundColor');
    };

    expect(await background('light')).toBe('rgb(255, 255, 255)');
    expect(await background('dark')).toBe('rgb(16, 20, 26)');
  });

  it.each([
    ['Europe/Berlin', '24 Nov 2026, 11:00:00'],
    ['America/New_York', '24 Nov 2026, 05:00:00'],
  ])('has times of the reader in %s', async (timezoneId, started) => {
    const { page } = await open({ timezoneId });

    expect(await page.locator('.facts').textContent()).toContain(`Started ${started}.`);
    expect(await page.locator('.facts').textContent()).toContain(timezoneId);
  });

  it('says everything but the lists without a script', async () => {
    const { page } = await open({ javaScriptEnabled: false });

    expect(await page.locator('.facts').textContent()).toContain('Started 2026-11-24 10:00:00Z');
    expect(await page.locator('noscript').last().textContent()).toContain('--csv');
  });

  it('is no wider than a telephone', async () => {
    const { page } = await open({ viewport: { width: 360, height: 700 } });

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
