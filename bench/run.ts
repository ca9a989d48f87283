/**
 * Prints each benchmark's tables and writes them, with their charts, into docs/performance.md.
 *
 *     npm run bench              all of them; the campaigns take up to 20 minutes
 *     npm run bench -- cost      one of them
 */
import { announcingSection } from './announcing.ts';
import { besideBoundSections } from './beside-bound/sections.ts';
import { boundSection } from './bound/table.ts';
import { campaignEndSection } from './campaign/campaign-end.ts';
import { campaignSizeSection } from './campaign/campaign-size.ts';
import { campaignSections, simulateCampaigns } from './campaign/campaigns.ts';
import { checkTimeSection } from './check-time.ts';
import { coldStartSection } from './cold-start.ts';
import { costSection } from './cost/cost.ts';
import { massFailureSection } from './failures.ts';
import { firstChecksSection } from './first-checks.ts';
import { learningSection } from './learning.ts';
import { writeSection } from './page/performance-page.ts';
import type { Section } from './page/section.ts';
import { reservationsSection } from './reservations.ts';
import { rowsSection } from './rows/rows.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<readonly Section[]>>> = {
  campaigns: async () => campaignSections(await simulateCampaigns()),
  learning: async () => [await learningSection()],
  cost: async () => [await costSection()],
  announcing: async () => [await announcingSection()],
  'campaign-end': async () => [await campaignEndSection()],
  'campaign-size': async () => [await campaignSizeSection()],
  'cold-start': async () => [await coldStartSection()],
  'check-time': async () => [await checkTimeSection()],
  rows: async () => [await rowsSection()],
  reservations: async () => [await reservationsSection()],
  failures: async () => [await massFailureSection(), await firstChecksSection()],
  bound: async () => [boundSection(), ...(await besideBoundSections())],
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in BENCHMARKS));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}". There are ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const start = performance.now();
  for (const section of await run()) {
    console.log(`\n## ${section.name}\n\n${section.text}`);
    await writeSection(section);
  }
  console.log(`\n(${name}: ${((performance.now() - start) / 1_000).toFixed(0)} s)`);
}
