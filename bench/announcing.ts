/**
 * What announcing failures costs, and what it costs that a notification belongs to a campaign: real local runs of one tracking.
 *
 *     npm run bench -- announcing
 */
import { NOT_REACHED_DETAIL_TYPE } from '../contract/event/event-names.ts';
import type { Course } from '../local/kore/scenario.ts';
import { dollarsOf, ofThousand } from './cost/cost.ts';
import { sum, type Tracked, trackOne, type Usage } from './one-tracking.ts';
import { markdownTable, number, type Section } from './page/section.ts';

const RECIPIENTS = 1_000;
/** Three in a hundred fail, spread out. */
const FAILS_IN_100 = [20, 50, 80];
const DURATIONS = { '100 s': 100, '30 min': 1_800 } as const;
const CAMPAIGN_ID = 'spring-2027';

const RUNS: readonly (readonly [what: string, tracked: Tracked])[] = [
  ['nothing announced', {}],
  ['of a campaign', { campaignId: CAMPAIGN_ID }],
  ['announced', { announceFailures: true }],
];

export async function announcingSection(): Promise<Section> {
  const rows: string[][] = [];
  for (const [name, durationSeconds] of Object.entries(DURATIONS)) {
    for (const [what, tracked] of RUNS) {
      const usage = await trackOne(RECIPIENTS, { ...tracked, course: courseOf(durationSeconds) });
      rows.push([`${name}, ${what}`, ...figuresOf(usage)]);
    }
  }
  return {
    name: 'announcing',
    command: 'npm run bench -- announcing',
    text: [
      `One tracking of a delivery to ${number(RECIPIENTS)} recipients, three in a hundred of whom fail, evenly spread over the delivery; a real local run of each.`,
      markdownTable(
        [
          'delivery',
          'checks',
          'transitions',
          'of them to announce',
          'events',
          'bytes of them',
          'largest answer of a check, bytes',
          'row write units',
          'dollars for 1,000',
        ],
        rows,
      ),
      '*Events* are the announcements, *of them to announce* the transitions for them. The numbers of checks differ by the jitter of the schedule. EventBridge takes 64 KB at the price of one event.',
    ].join('\n\n'),
  };
}

function courseOf(durationSeconds: number): Course {
  return { durationSeconds, fails: (i) => FAILS_IN_100.includes(i % 100), fault: () => undefined };
}

/** Of a tracking that announces nothing: wait, check and choice; before them the plan, after them the event. */
function transitionsOf(checks: number): number {
  return 3 * checks + 2;
}

function figuresOf(usage: Usage): string[] {
  const { transitions, invocations, rowUnits, events, answerBytes } = usage;
  const announcements = events.filter(({ detailType }) => detailType === NOT_REACHED_DETAIL_TYPE);
  const bytes = sum(announcements.map(({ detail }) => Buffer.byteLength(JSON.stringify(detail))));
  return [
    ...[
      invocations - 1,
      transitions,
      transitions - transitionsOf(invocations - 1),
      announcements.length,
      bytes,
      answerBytes,
      rowUnits,
    ].map(number),
    ofThousand(sum(Object.values(dollarsOf(usage)))),
  ];
}
