/**
 * Draws the pictures of the README: what `npm start` prints, and what a reader of a report sees first.
 *
 *     npm run pictures
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { html } from '../../cli/report/page/html.ts';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages } from './sample-campaign.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/pictures');
const SCHEMES = ['light', 'dark'] as const;

mkdirSync(FOLDER, { recursive: true });
await draw('local-run', terminalPage(), { viewport: { width: 900, height: 100 } }, true);
// Up to the reasons, and small enough for a repository.
const start = { viewport: { width: 1000, height: 1560 }, deviceScaleFactor: 0.9 };
await draw('report', htmlOf(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT })), start);

async function draw(name: string, text: string, size: BrowserContextOptions, fullPage = false) {
  for (const colorScheme of SCHEMES) {
    // One browser takes no second large picture on a small machine.
    const browser = await launchBrowser();
    const { page, close } = await openPage(browser, text, { colorScheme, ...size, timezoneId: 'UTC' });
    const path = join(FOLDER, `${name}-${colorScheme}.png`);
    const { length } = await page.screenshot({ path, fullPage });
    console.log(`${path}: ${Math.ceil(length / 1000)} kB`);
    await close();
    await browser.close();
  }
}

/** What a terminal shows of one run. */
function terminalPage(): string {
  const run = [join(ROOT, 'bin/local.ts'), '--request-id', 'ds-30bd9810-954b-400b-bc10-d31c5bb1ecaa'];
  const printed = execFileSync(process.execPath, run, { encoding: 'utf8', cwd: ROOT });
  return html`<!doctype html>
<meta charset="utf-8">
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 18px 22px; background: light-dark(#f6f8fa, #0d1117); color: light-dark(#1f2328, #e6edf3); }
  pre { margin: 0; font: 14px/1.45 monospace; white-space: pre-wrap; }
</style>
<pre>$ npm start

${printed}</pre>`.text;
}
