/** The delivery log table of a mass failure: checks save a thousand rows each, as fast as their lanes and the partitions let them. */
import { ObstacleError } from '../../lambdas/check-delivery/obstacle.ts';
import type { Random } from '../campaign/campaign.ts';
import {
  type Client,
  type Lane,
  newClient,
  newLanes,
  type Row,
  STEP_MS,
  succeed,
  waitForAnotherTry,
} from './lanes.ts';
import type { Partitions } from './partitions.ts';

export interface Places {
  readonly table: Partitions;
  readonly recipients: Partitions;
  readonly failures: Partitions;
  /** Values of the failures' key for the bot and the day. */
  readonly failureKeys: readonly string[];
  /** Write units of a row in each place. */
  readonly units: number;
}

export interface SavingTable {
  /**
   * Saves what is not in the table yet of a notification's rows, all of which failed.
   *
   * @param startAt milliseconds of the simulation, as all times.
   * @throws ObstacleError as the function's own.
   */
  save(requestId: string, rows: number, startAt: number, endAt: number): Promise<void>;
  /** Lets one step go by. @returns whether a saving ended in it. */
  step(now: number): boolean;
  isIdle(): boolean;
  rowsSaved(): number;
  throttled(): number;
}

interface Saving {
  /** How many of its rows are in the table. */
  readonly notification: { saved: number };
  readonly tablePartition: number;
  readonly rows: number;
  readonly endAt: number;
  readonly lanes: readonly Lane[];
  readonly client: Client;
  /** Rows that no lane has taken. */
  waiting: number;
  end(error?: ObstacleError): void;
}

export function savingTable(places: Places, random: Random): SavingTable {
  const { table, recipients, failures, failureKeys, units } = places;
  const partitionsOfKeys = failureKeys.map((key) => failures.of(key));
  const notifications = new Map<string, { saved: number }>();
  let savings: Saving[] = [];
  let rowsSaved = 0;
  let throttled = 0;

  const pick = (count: number) => Math.floor(random() * count);
  const newRow = () => ({
    recipientPartition: pick(recipients.count),
    failurePartition: partitionsOfKeys[pick(failureKeys.length)] ?? 0,
  });
  const notificationOf = (requestId: string) => {
    const known = notifications.get(requestId) ?? { saved: 0 };
    notifications.set(requestId, known);
    return known;
  };

  function write({ tablePartition }: Saving, { recipientPartition, failurePartition }: Row): boolean {
    const hasRoom =
      table.hasRoom(tablePartition, units) &&
      recipients.hasRoom(recipientPartition, units) &&
      failures.hasRoom(failurePartition, units);
    if (!hasRoom) return false;
    table.take(tablePartition, units);
    recipients.take(recipientPartition, units);
    failures.take(failurePartition, units);
    return true;
  }

  /** @returns whether the saving goes on. */
  function stepOf(saving: Saving, now: number): boolean {
    for (const lane of saving.lanes) {
      if (lane.readyAt > now) continue;
      if (lane.row === undefined) {
        if (saving.waiting === 0) continue;
        saving.waiting -= 1;
        lane.row = newRow();
      }
      if (write(saving, lane.row)) {
        succeed(lane, saving.client, now);
        rowsSaved += 1;
        saving.notification.saved += 1;
      } else {
        throttled += 1;
        if (waitForAnotherTry(lane, saving.client, now, random)) continue;
        saving.end(new ObstacleError('TABLE_UNREACHABLE', 'throttled'));
        return false;
      }
    }
    if (saving.notification.saved === saving.rows) saving.end();
    else if (now >= saving.endAt) saving.end(new ObstacleError('LOGS_NOT_SAVED', 'out of time'));
    else return true;
    return false;
  }

  return {
    save: (requestId, rows, startAt, endAt) =>
      new Promise((resolve, reject) => {
        const notification = notificationOf(requestId);
        savings.push({
          ...{ notification, rows, endAt },
          tablePartition: table.of(requestId),
          lanes: newLanes(startAt),
          client: newClient(),
          waiting: rows - notification.saved,
          end: (error) => (error === undefined ? resolve() : reject(error)),
        });
      }),
    step(now) {
      for (const place of [table, recipients, failures]) place.refill(STEP_MS);
      // The first in the list would have what is free at every step.
      const first = savings.length === 0 ? 0 : pick(savings.length);
      const inTurn = [...savings.slice(first), ...savings.slice(0, first)];
      savings = inTurn.filter((saving) => stepOf(saving, now));
      return savings.length < inTurn.length;
    },
    isIdle: () => savings.length === 0,
    rowsSaved: () => rowsSaved,
    throttled: () => throttled,
  };
}
