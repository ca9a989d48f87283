/** Somebody stops an execution at any moment; the reporter hears of it and tells the end in its place. */
import { summaryOf } from '../../../lambdas/check-delivery/ending/final-event.ts';
import { endedBy, finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { Ended } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { FinalEventRow } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { StepFunctions } from '../careless/step-functions.ts';
import type { EndPart, ExecutionPart, LogPart } from './parts.ts';
import type { Script } from './run.ts';
import { type Attempt, REQUEST_ID, type Scenario } from './scenario.ts';
import { patiently, publish } from './tracking.ts';

export function backstop(
  { letter, arn, name }: Attempt,
  { now }: Scenario,
  stepFunctions: StepFunctions,
): Script {
  return {
    name: `backstop of ${letter}`,
    order: [`execution ${letter}`, `end of ${letter}`, 'summary', `bus ${letter}`],
    startsAt: now,
    async run(ask) {
      const status = await ask<string>({
        place: `stops ${letter}`,
        part: `execution ${letter}`,
        args: [],
        doing: (part: ExecutionPart) => part.end('ABORTED'),
        faults: [],
      });
      if (status !== 'ABORTED') return;
      const input = JSON.stringify({ requestId: REQUEST_ID });
      const { detail } = (await stepFunctions.describeInterruption({
        input: { executionArn: arn, name, status, input },
        context: { State: { EnteredTime: new Date(now).toISOString() } },
      })) as Ended;
      const kept = { now, retentionDays: 90 };
      const row = finalEventRow({ outcome: 'failed', detail } as Ended, kept);
      const won = await patiently(() =>
        ask<FinalEventRow>({
          place: `records the end of ${letter}`,
          part: `end of ${letter}`,
          args: [row],
          doing: ({ finalEvents }: EndPart) => finalEvents.record(row),
          faults: ['error', 'answer lost'],
        }),
      );
      const summary = summaryOf(endedBy(won).detail, won.outcome, kept);
      await patiently(() =>
        ask({
          place: 'writes the summary',
          part: 'summary',
          args: [summary],
          doing: ({ deliveryLog }: LogPart) => deliveryLog.saveSummary(summary),
          faults: ['error', 'answer lost'],
        }),
      );
      await publish(ask, letter, won.detail, { isItsOwn: false });
    },
  };
}
