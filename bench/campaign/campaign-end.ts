/**
 * How long after its last notification a campaign ends, and what following it costs.
 *
 *     npm run bench -- campaign-end
 */
import { type CampaignSettings, fromEnvironment } from '../../lambdas/check-campaign/environment.ts';
import { PRICES, pricesInWords } from '../cost/prices.ts';
import { type Course, follow, INDEX_LAG_MS } from '../following/course.ts';
import { withCampaignFunction } from '../following/deployed-function.ts';
import type { MeasuredCheck } from '../following/measured-check.ts';
import { readUnitsOf } from '../following/summaries.ts';
import { markdownTable, number, type Section } from '../page/section.ts';
import { randomFrom, seedOf } from './campaign.ts';
import { measureChecks } from './campaign-size.ts';

const SIZES = [120, 10_000];
/** From the start to the last end, roughly. */
const LAST_ENDS = { '10 min': 600, '1 h': 3_600, '6 h': 21_600, '24 h': 86_400 } as const;
type LastEnd = keyof typeof LAST_ENDS;
const DEADLINES = { '24 h': 86_400, '30 h': 108_000, '3 days': 259_200, '7 days': 604_800 } as const;
/** Seconds, where the longest wait is five minutes. */
const MANY_WAITS = 3_600;
const CAMPAIGNS = 200;
const MEMORY_GB = 0.5;

const MOST_SECONDS = 60;
const MOST_DOLLARS = 0.01;

interface Figures {
  readonly lags: readonly number[];
  readonly checks: number;
  readonly transitions: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly gigabyteSeconds: number;
  readonly dollars: number;
}

interface Deployed {
  readonly settings: CampaignSettings;
  /** What a check takes, by the number of notifications. */
  readonly measured: ReadonlyMap<number, MeasuredCheck>;
}

export async function campaignEndSection(): Promise<Section> {
  const deployed = await withCampaignFunction<Deployed>(async (one) => ({
    settings: fromEnvironment(one.environment),
    measured: await measureChecks(one, SIZES),
  }));
  const oneWait = deployed.settings.waitSeconds + 1;
  const cells: { size: number; lastEnd: LastEnd; figures: Figures }[] = [];
  for (const size of SIZES) {
    for (const lastEnd of Object.keys(LAST_ENDS) as LastEnd[]) {
      const campaign = { notifications: size, lastEnd, deadlineSeconds: DEADLINES['24 h'], spread: oneWait };
      cells.push({ size, lastEnd, figures: await figuresOf(campaign, deployed) });
    }
  }
  const deadlines: string[][] = [];
  for (const [name, deadlineSeconds] of Object.entries(DEADLINES)) {
    const campaign = { notifications: 120, lastEnd: '6 h', deadlineSeconds, spread: MANY_WAITS } as const;
    const { lags, checks } = await figuresOf(campaign, deployed);
    deadlines.push([name, number(checks), ...percentiles(lags)]);
  }
  const [one] = cells.filter(({ size, lastEnd }) => size === 120 && lastEnd === '1 h');
  const worst = Math.max(...cells.map(({ figures }) => percentile(figures.lags, 0.95)));
  const dollars = one?.figures.dollars ?? Number.NaN;
  return {
    name: 'campaign end',
    command: 'npm run bench -- campaign-end',
    text: [
      `Seconds from the end of the last notification, as its summary tells it, to the campaign's event; ${CAMPAIGNS} campaigns each (seed ${seedOf(0)}), whose last ends are spread over one wait around the time in the table. The campaigns have the default deadline of 24 h.`,
      markdownTable(
        [
          'notifications',
          'last end after',
          'lag, mean',
          'p95',
          'max',
          'checks',
          'read units',
          'write units',
          'Lambda GB s',
          'dollars',
        ],
        cells.map(({ size, lastEnd, figures }) => [
          number(size),
          lastEnd,
          ...percentiles(figures.lags).toSpliced(1, 1),
          ...[figures.checks, figures.readUnits, figures.writeUnits].map(number),
          figures.gigabyteSeconds.toFixed(0),
          `$${figures.dollars.toFixed(4)}`,
        ]),
        2,
      ),
      `Counts are means. A check is three transitions. Write units are the campaign's own rows and one for each summary in the index. All other notifications are taken to have ended before the first check, so reading and Lambda cost at most this. A check takes ${SIZES.map((size) => `${checkSecondsOf(deployed.measured, size).toFixed(2)} s (${number(size)})`).join(' or ')} at 512 MB, as measured by \`campaign-size\`; the index is ${INDEX_LAG_MS / 1_000} s late, and each call of the function or of EventBridge takes 0.1 to 0.4 s more: assumed.`,
      'A longer deadline, for 120 notifications whose last end comes after 5.5 to 6.5 h:',
      markdownTable(['deadline', 'checks', 'lag, mean', 'p50', 'p95', 'max'], deadlines),
      pricesInWords(),
      `Bounds: the event at most ${MOST_SECONDS} s after the last end at p95, with the default deadline: ${holds(worst <= MOST_SECONDS)} (${worst.toFixed(1)} s at most). Under a cent for 120 notifications over an hour: ${holds(dollars < MOST_DOLLARS)} ($${dollars.toFixed(4)}).`,
    ].join('\n\n'),
  };
}

interface Followed {
  readonly notifications: number;
  readonly lastEnd: LastEnd;
  readonly deadlineSeconds: number;
  /** The last end comes anywhere within so many seconds around its time. */
  readonly spread: number;
}

async function figuresOf(
  { notifications, lastEnd, deadlineSeconds, spread }: Followed,
  { settings, measured }: Deployed,
): Promise<Figures> {
  const checkSeconds = checkSecondsOf(measured, notifications);
  // One generator for all: the first numbers of neighbouring seeds are alike.
  const random = randomFrom(seedOf(0));
  const courses: Course[] = [];
  while (courses.length < CAMPAIGNS) {
    const lastEndSeconds = LAST_ENDS[lastEnd] + (random() - 0.5) * spread;
    courses.push(
      await follow({ notifications, lastEndSeconds, deadlineSeconds, checkSeconds, settings }, random),
    );
  }
  const mean = (figure: keyof Course) => courses.reduce((sum, one) => sum + one[figure], 0) / CAMPAIGNS;
  const checks = mean('checks');
  const used = {
    checks,
    // Check, choice and wait; in the end publish and succeed in place of the wait.
    transitions: 3 * checks,
    readUnits: checks * readUnitsOf(notifications),
    writeUnits: mean('writeUnits') + notifications,
    gigabyteSeconds: checks * checkSeconds * MEMORY_GB,
  };
  const lags = courses.map(({ lag }) => lag).sort((a, b) => a - b);
  return { ...used, lags, dollars: dollarsOf(used) };
}

function dollarsOf({
  checks,
  transitions,
  readUnits,
  writeUnits,
  gigabyteSeconds,
}: Omit<Figures, 'lags' | 'dollars'>) {
  return (
    transitions * PRICES.transition +
    checks * PRICES.invocation +
    gigabyteSeconds * PRICES.gigabyteSecond +
    readUnits * PRICES.readUnit +
    writeUnits * PRICES.writeUnit +
    PRICES.event
  );
}

function checkSecondsOf(measured: ReadonlyMap<number, MeasuredCheck>, notifications: number): number {
  return measured.get(notifications)?.seconds ?? Number.NaN;
}

/** @param sorted from the shortest. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

function percentiles(sorted: readonly number[]): string[] {
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length;
  return [mean, percentile(sorted, 0.5), percentile(sorted, 0.95), percentile(sorted, 1)].map((one) =>
    one.toFixed(1),
  );
}

function holds(does: boolean): string {
  return does ? 'holds' : 'DOES NOT HOLD';
}
