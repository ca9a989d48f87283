/** A campaign as people read it. */
import type { ShownCampaign } from '../campaign-to-show.ts';
import { duration, timestamp } from '../text/timestamp.ts';
import { factLines, titleLines } from './fact-lines.ts';
import { reasonLines } from './reason-groups.ts';
import { type Room, tableLines } from './table-layout.ts';

export function campaignOverview(shown: ShownCampaign, room: Room): string[] {
  const { campaignId, state, notifications, counts, reasons, slowest, obstacles } = shown;
  const { error, startedAt, endedAt, checks } = shown;
  const colour = state === 'complete' ? 'green' : state === 'running' ? 'yellow' : 'red';
  return [
    ...titleLines(room, colour, campaignId, HEADLINES[state] ?? state),
    ...factLines(room, [
      ['notifications', notificationsText(notifications)],
      [
        'recipients',
        `${counts.delivered} reached, ${counts.failed} not reached, of ${counts.total} heard of`,
      ],
      ['started', startedAt && timestamp(startedAt)],
      ['ended', endedAt && timestamp(endedAt)],
      ['checks', checks === undefined ? undefined : String(checks)],
      ['error', error && [error.code, error.message].filter((part) => part !== undefined).join(': ')],
    ]),
    ...section('Not reached, by reason:', reasons, () => reasonLines(room, reasons)),
    ...section('Slowest:', slowest, () => tableLines(room, SLOWEST, slowest.map(slowCells))),
    ...section('Obstacles:', obstacles, () =>
      tableLines(
        room,
        ['notifications', 'obstacle', 'what it means, and what to do'],
        obstacles.map((one) => [String(one.notifications), one.code, one.sentence]),
      ),
    ),
  ];
}

const HEADLINES: Readonly<Record<string, string>> = {
  running: 'running',
  complete: 'complete',
  'timed-out': 'timed out',
  failed: 'tracking failed',
  stopped: 'stopped by hand',
  unknown: 'only its row is left',
  untracked: 'not tracked as a campaign; only notifications name it',
};

/** Such as `31 complete, 1 failed, 18 not heard of yet, of 50`. */
export function notificationsText(notifications: Partial<ShownCampaign['notifications']>): string {
  const { complete = 0, timedOut = 0, failed = 0, missing = 0, extra = 0, running, expected } = notifications;
  return [
    `${complete} complete`,
    ...(timedOut > 0 ? [`${timedOut} timed out`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(missing > 0 ? [`${missing} not heard of yet`] : []),
    ...(running === undefined ? [] : [`${running} running`]),
    ...(extra > 0 ? [`${extra} more than announced`] : []),
    ...(expected === undefined ? [] : [`of ${expected}`]),
  ].join(', ');
}

const SLOWEST = ['notification', 'bot', 'took', 'reached', 'not reached'];

function slowCells({
  requestId,
  streamId,
  durationSeconds,
  state,
  counts,
}: ShownCampaign['slowest'][number]) {
  return [
    requestId,
    streamId ?? '',
    `${duration(durationSeconds)}${state === 'running' ? ' so far' : ''}`,
    counts === undefined ? '' : String(counts.delivered),
    counts === undefined ? '' : String(counts.failed),
  ];
}

function section(title: string, items: readonly unknown[], lines: () => string[]): string[] {
  return items.length === 0 ? [] : ['', title, ...lines()];
}
