/**
 * What one check of a large campaign takes: time, memory, requests and read units, by the number of its summaries.
 *
 *     npm run bench -- campaign-size
 */
import type { DeployedFunction } from '../../local/aws/deployment.ts';
import { type LargeCampaign, WAITS_MS } from '../following/aws-server.ts';
import { withCampaignFunction } from '../following/deployed-function.ts';
import { type MeasuredCheck, type Measuring, measureCheck } from '../following/measured-check.ts';
import { ITEM_BYTES, readUnitsOf } from '../following/summaries.ts';
import { markdownTable, number, type Section } from '../page/section.ts';

/** Notifications of the campaign; the last one has not ended yet. */
const SIZES = [120, 1_000, 10_000, 100_000];
/** The check that asks the executions: those of the campaign, and those that the tracker had of others in the same time. */
const SWEPT: readonly LargeCampaign[] = [
  { summaries: 9_989, stopped: 10, others: 0 },
  { summaries: 9_899, stopped: 100, others: 10_000 },
];
/** The campaigns take two hours in all: long before their end, and within the last five minutes. */
const USUAL: Measuring = { secondsAgo: 600, runs: 3, checks: 4 };
const SWEEP: Measuring = { secondsAgo: 7_000, runs: 2, checks: 2 };

const MOST_MB = 200;
const MOST_SECONDS = 60;
const BOUND_AT = 10_000;

/** What a usual check takes, by the number of notifications. */
export async function measureChecks(
  deployed: DeployedFunction,
  sizes: readonly number[],
): Promise<ReadonlyMap<number, MeasuredCheck>> {
  const measured = new Map<number, MeasuredCheck>();
  for (const size of sizes) {
    const campaign = { summaries: size - 1, stopped: 0, others: 0 };
    measured.set(size, await measureCheck(deployed, campaign, USUAL));
  }
  return measured;
}

export function campaignSizeSection(): Promise<Section> {
  return withCampaignFunction(async (deployed) => {
    const usual = await measureChecks(deployed, SIZES);
    const swept: MeasuredCheck[] = [];
    for (const campaign of SWEPT) swept.push(await measureCheck(deployed, campaign, SWEEP));
    return sectionOf(usual, swept);
  });
}

function sectionOf(usual: ReadonlyMap<number, MeasuredCheck>, swept: readonly MeasuredCheck[]): Section {
  const bound = [...usual].filter(([size]) => size === BOUND_AT).map(([, one]) => one);
  return {
    name: 'campaign size',
    command: 'npm run bench -- campaign-size',
    text: [
      `A check of a campaign by the bundled function, in a fresh process with the environment of a deployment; the best of some processes, and the most memory of them. An item of the index has ${ITEM_BYTES} bytes.`,
      markdownTable(
        [
          'notifications',
          'processor ms',
          's at 512 MB',
          's, first check',
          'MB at most',
          'requests',
          'read units',
        ],
        [...usual].map(([size, one]) => [
          number(size),
          ...timesAndMemory(one),
          number(requestsOf(one)),
          number(readUnitsOf(size - 1)),
        ]),
      ),
      `The check that asks the executions, of a campaign of ${number(BOUND_AT)}. Some of its executions were stopped and left no summary, which this check writes:`,
      markdownTable(
        [
          'executions',
          'of others',
          'stopped',
          'processor ms',
          's at 512 MB',
          's, first check',
          'MB at most',
          'requests',
          'of them to Step Functions',
        ],
        SWEPT.map((campaign, i) => sweptRow(campaign, swept[i] as MeasuredCheck)),
        0,
      ),
      `Seconds are those of this machine, and the processor's time once more for the part of a processor that Lambda does not give. The fake AWS answers after ${WAITS_MS.row} ms (a row), ${WAITS_MS.page} ms (a page or 100 rows), ${WAITS_MS.list} ms (1,000 executions) and ${WAITS_MS.describe} ms (one execution): assumed. The encryption of connections comes on top.`,
      boundsOf(bound, swept),
    ].join('\n\n'),
  };
}

function timesAndMemory({ cpuMs, seconds, firstSeconds, peakMb }: MeasuredCheck): string[] {
  return [number(cpuMs), seconds.toFixed(1), firstSeconds.toFixed(1), number(peakMb)];
}

function sweptRow({ summaries, stopped, others }: LargeCampaign, one: MeasuredCheck): string[] {
  const { ListExecutions = 0, DescribeExecution = 0 } = one.requests;
  return [
    number(summaries + stopped + others),
    number(others),
    number(stopped),
    ...timesAndMemory(one),
    number(requestsOf(one)),
    number(ListExecutions + DescribeExecution),
  ];
}

function requestsOf({ requests }: MeasuredCheck): number {
  return Object.values(requests).reduce((sum, one) => sum + one, 0);
}

function boundsOf(usual: readonly MeasuredCheck[], swept: readonly MeasuredCheck[]): string {
  const all = [...usual, ...swept];
  const mb = Math.max(...all.map(({ peakMb }) => peakMb));
  const seconds = Math.max(...all.map(({ firstSeconds }) => firstSeconds));
  const word = mb < MOST_MB && seconds < MOST_SECONDS ? 'holds' : 'DOES NOT HOLD';
  return `Bound: ${number(BOUND_AT)} notifications under ${MOST_MB} MB and within ${MOST_SECONDS} s. It ${word}: ${number(mb)} MB and ${seconds.toFixed(1)} s at most.`;
}
