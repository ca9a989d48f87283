/**
 * Draws the pictures of the README: what a reader of a report sees first.
 *
 *     npm run pictures
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages } from './sample-campaign.ts';

const FOLDER = join(import.meta.dirname, '../../docs/pictures');

mkdirSync(FOLDER, { recursive: true });
const html = htmlOf(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT }));
for (const colorScheme of ['light', 'dark'] as const) {
  // One browser takes no second large picture on a small machine.
  const browser = await launchBrowser();
  // Up to the reasons, and small enough for a repository.
  const size = { viewport: { width: 1000, height: 1310 }, deviceScaleFactor: 0.9 };
  const { page, close } = await openPage(browser, html, { colorScheme, ...size, timezoneId: 'UTC' });
  const path = join(FOLDER, `report-${colorScheme}.png`);
  const { length } = await page.screenshot({ path });
  console.log(`${path}: ${Math.ceil(length / 1000)} kB`);
  await close();
  await browser.close();
}
