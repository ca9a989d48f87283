/** The delivery log as a check in the careless world meets it. What it writes is remembered, and whether it hears of it. */
import type { ObstacleCode } from '../../../lambdas/check-delivery/obstacle.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import type { RowWrite } from '../../../lambdas/check-delivery/rows/row-matching.ts';
import { saveLogs } from '../../../lambdas/check-delivery/rows/save-logs.ts';
import type { World } from '../../../lambdas/check-delivery/world.ts';
import type { CarelessCheck, Notification, RowWritten } from './notification.ts';
import type { CarelessWay } from './plan.ts';
import type { Request } from './process.ts';

export function carelessLog(
  { stores: { deliveryLog }, time, writes }: Notification,
  check: CarelessCheck,
  request: Request,
): World['deliveryLog'] {
  const tableError = obstacleError('TABLE_UNREACHABLE');

  async function put(requestId: string, write: RowWrite, signal: AbortSignal, fail: typeof tableError) {
    let written: RowWritten | undefined;
    const { status } = write.row;
    const effect = async () => {
      const done = await deliveryLog.storeOf(requestId).put(write, signal);
      if (!done.isWritten) return done;
      const { logId = write.row.logId } = done;
      written = { at: time.now(), logId, status, by: check, isConfirmed: false };
      writes.push(written);
      return done;
    };
    const done = await request('row written', effect, fail, signal);
    if (written !== undefined) written.isConfirmed = true;
    return done;
  }

  return {
    async saveLogs(requestId, rows, signal, namesFailures) {
      const fail = (way: CarelessWay) =>
        signal.aborted ? new ObstacleError('LOGS_NOT_SAVED', way) : tableError(way);
      const store = {
        async *rows() {
          yield* await request('rows read', () => deliveryLog.rowsOf(requestId), fail);
        },
        rememberBot: async () => {},
        put: (write: RowWrite) => put(requestId, write, signal, fail),
      };
      return saveLogs(rows, store, signal, namesFailures);
    },
    notReached: (requestId) => request('rows read', () => deliveryLog.notReached(requestId), tableError),
    saveSummary: (summary) => request('summary', () => deliveryLog.saveSummary(summary), tableError),
  };
}

export function obstacleError(code: ObstacleCode) {
  return (way: CarelessWay) => new ObstacleError(code, way);
}
