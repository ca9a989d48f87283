/**
 * How long a browser takes to open a report, and how much memory it takes to make one.
 *
 *     node test/report/measure.ts [failed recipients]
 */
import { performance } from 'node:perf_hooks';
import { reportData } from '../../cli/report/data/report-data.ts';
import { Telling } from '../../cli/report/data/told-row.ts';
import { notReachedCsv } from '../../cli/report/not-reached-csv.ts';
import { htmlOf, launchBrowser, openPage } from './browser.ts';
import { manyPages } from './many-failures.ts';
import { asIfRead, dataOf, NOW } from './sample-campaign.ts';

const RUNS = 5;
const failed = Number(process.argv[2] ?? 100_000);

const idle = megabytes();
const started = performance.now();
const subject = { kind: 'campaign', id: 'autumn-2026', isOver: true, notifications: [] } as const;
const telling = new Telling(false);
const html = htmlOf(await reportData(subject, asIfRead(manyPages(failed)), telling, NOW));
console.log(`${failed} failed recipients: page made in ${Math.round(performance.now() - started)} ms`);
let csvBytes = 0;
for await (const text of notReachedCsv(asIfRead(manyPages(failed)), telling)) csvBytes += text.length;
console.log(
  `memory at most: ${megabytes() - idle} MB above the ${idle} MB of a start; CSV has ${csvBytes} bytes`,
);
const empty = htmlOf(await dataOf([]));
console.log(`page: ${html.length} bytes; ${empty.length} bytes without data`);

const browser = await launchBrowser();
const times: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  const before = performance.now();
  const { page, close } = await openPage(browser, html);
  await page.locator('footer').waitFor();
  times.push(Math.round(performance.now() - before));
  if (run === RUNS - 1) {
    const heading = page.locator('[data-list="not-reached"] th button').first();
    const sorting = performance.now();
    if (await heading.count()) await heading.click();
    console.log(`sorted in ${Math.round(performance.now() - sorting)} ms`);
    const search = page.locator('[data-list="not-reached"] input');
    const searching = performance.now();
    if (await search.count()) await search.fill('nobody');
    console.log(`filtered in ${Math.round(performance.now() - searching)} ms`);
  }
  await close();
}
await browser.close();
console.log(`opened and drawn in ${times.sort((a, b) => a - b).join(', ')} ms`);

function megabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
