/** The state machine of a notification: wait, then check until its delivery is final. The README draws it. */
import { Duration } from 'aws-cdk-lib';
import { DefinitionBody, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { DETAIL_TYPES } from '../../contract/event-names.ts';
import { announceFailures } from './announce-failures.ts';
import { checkLoop, type WorkflowProps } from './check-loop.ts';
import { saveSummary, summaryFields } from './ending/save-summary.ts';
import { afterFailedCheck } from './failed-check.ts';

export interface TrackingWorkflowProps extends WorkflowProps {
  readonly firstCheckSeconds: number;
  /** Whether failures are announced while the delivery goes on. */
  readonly announcesFailures: boolean;
}

export function trackingWorkflow(scope: Construct, props: TrackingWorkflowProps): DefinitionBody {
  const { table, firstCheckSeconds, deadlineSeconds, retentionDays, announcesFailures } = props;
  const waitBeforeFirstCheck = new Wait(scope, 'Wait before first check', {
    time: WaitTime.duration(Duration.seconds(firstCheckSeconds)),
  });
  const { check, isFinal } = checkLoop(scope, {
    ...props,
    names: {
      check: 'Check delivery',
      isFinal: 'Delivery final?',
      publish: {
        complete: 'Publish delivery complete',
        'timed-out': 'Publish delivery timed out',
        failed: 'Publish tracking failed',
      },
      tracked: 'Tracked',
      failed: 'Tracking failed',
    },
    detailTypes: DETAIL_TYPES,
    tell: announcesFailures ? { announces: true } : {},
    afterFailure: afterFailedCheck(deadlineSeconds, retentionDays),
    fields: summaryFields(retentionDays),
    save: (next) => saveSummary(scope, table, next),
  });
  if (announcesFailures) announceFailures(scope, props, isFinal);
  return DefinitionBody.fromChainable(waitBeforeFirstCheck.next(check));
}
