/** The state machine of a notification: plan the first check, then check until its delivery is final. docs/architecture.md draws it. */
import { DefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { DETAIL_TYPES } from '../../contract/event/event-names.ts';
import { FIRST_CHECK_PLANNED } from '../../contract/state-names.ts';
import { announceFailures } from './announce-failures.ts';
import { checkLoop, type WorkflowProps } from './check-loop.ts';
import { saveSummary, summaryFields } from './ending/save-summary.ts';
import { afterFailedCheck } from './failed-check.ts';

export interface TrackingWorkflowProps extends WorkflowProps {
  /** Whether failures are announced while the delivery goes on. */
  readonly announcesFailures: boolean;
}

export function trackingWorkflow(scope: Construct, props: TrackingWorkflowProps): DefinitionBody {
  const { table, deadlineSeconds, retentionDays, announcesFailures } = props;
  const { start, isFinal } = checkLoop(scope, {
    ...props,
    names: {
      plan: FIRST_CHECK_PLANNED,
      check: 'Check delivery',
      isFinal: 'Delivery final?',
      publish: {
        complete: 'Publish delivery complete',
        'timed-out': 'Publish delivery timed out',
        failed: 'Publish tracking failed',
      },
      failed: 'Tracking failed',
    },
    detailTypes: DETAIL_TYPES,
    tell: announcesFailures ? { announces: true } : {},
    afterFailure: afterFailedCheck(deadlineSeconds, retentionDays),
    fields: summaryFields(retentionDays),
    save: (next) => saveSummary(scope, table, next),
  });
  if (announcesFailures) announceFailures(scope, props, isFinal);
  return DefinitionBody.fromChainable(start);
}
