/** What a rule or an archive has to match to have all final events of one tracker, and no others. */
import type { EventPattern as RulePattern } from 'aws-cdk-lib/aws-events';
import { DETAIL_TYPES } from '../../contract/event-names.ts';
import { detailTypesOf, type EventPattern, patternFor } from '../../contract/event-pattern.ts';

export interface TrackerEvents {
  readonly eventSource: string;
  /** What the ARNs of the tracker's executions begin with. */
  readonly executionArnPrefix: string;
}

export function patternOfTracker({ eventSource, executionArnPrefix }: TrackerEvents): RulePattern {
  return asRulePattern(
    patternFor({
      source: eventSource,
      detailTypes: detailTypesOf(DETAIL_TYPES),
      idPrefixes: [executionArnPrefix],
    }),
  );
}

/** The CDK writes the fields of patterns in its own way. */
export function asRulePattern({ source, 'detail-type': detailType, detail }: EventPattern): RulePattern {
  return { source, detailType, ...(detail && { detail }) };
}
