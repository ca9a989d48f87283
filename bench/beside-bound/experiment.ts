/** What is measured beside the bound: a bot, what it sends, and what its tracker knows. */
import type { Pace } from '../../lib/configuration/pace.ts';
import type { Load, Shape } from '../campaign/campaign.ts';

export interface Experiment {
  /** What the 500 deliveries were that the tracker has seen before; absent where it has seen none. */
  readonly taughtBy?: Shape;
  /** What is sent, one group after the other. */
  readonly groups: readonly Group[];
  /** Whether the tracker is told how many notifications the campaign has. */
  readonly isAnnounced?: boolean;
  /** Balanced by default. */
  readonly pace?: Pace;
  /** What the tracker is told that nobody can know: how long deliveries of the first group take, or the bound's prices. */
  readonly knows?: 'lifetime' | 'prices';
}

/** Notifications of one kind, which start evenly. */
export interface Group extends Load {
  readonly shape: Shape;
}

/** Seconds from one start to the next, in the mean, of a bot that no limit concerns. */
export const IDLE_SPACING = 14;

/** Of so many notifications. */
export function idle(notifications: number): Load {
  return { notifications, within: notifications * IDLE_SPACING };
}

export function isIdle({ notifications, within }: Load): boolean {
  return within >= notifications * IDLE_SPACING;
}

/** Of the bot that no limit concerns. */
export const IDLE = idle(2_000);
export const CAMPAIGNS: readonly Load[] = [
  { notifications: 1_000, within: 300 },
  { notifications: 3_000, within: 600 },
  { notifications: 10_000, within: 3_600 },
];

/** Of one kind, which the tracker has seen before. */
export function taught(
  shape: Shape,
  load: Load,
  more: Omit<Experiment, 'taughtBy' | 'groups'> = {},
): Experiment {
  return { taughtBy: shape, groups: [{ ...load, shape }], ...more };
}

export function notificationsOf({ groups }: Experiment): number {
  return groups.reduce((sum, { notifications }) => sum + notifications, 0);
}
