/** What a rule or an archive has to match to have all events of one tracker, and no others. */
import type { EventPattern as RulePattern } from 'aws-cdk-lib/aws-events';
import {
  CAMPAIGN_DETAIL_TYPES,
  DETAIL_TYPES,
  NOT_REACHED_DETAIL_TYPE,
} from '../../contract/event/event-names.ts';
import { detailTypesOf, type EventPattern, patternFor } from '../../contract/event/event-pattern.ts';

export interface TrackerEvents {
  readonly eventSource: string;
  /** What the ARNs of the tracker's executions begin with, of notifications and of campaigns. */
  readonly executionArnPrefixes: readonly string[];
}

export function patternOfTracker({ eventSource, executionArnPrefixes }: TrackerEvents): RulePattern {
  return asRulePattern(
    patternFor({
      source: eventSource,
      detailTypes: [
        ...detailTypesOf(DETAIL_TYPES),
        ...detailTypesOf(CAMPAIGN_DETAIL_TYPES),
        NOT_REACHED_DETAIL_TYPE,
      ],
      idPrefixes: executionArnPrefixes,
    }),
  );
}

/** The CDK writes the fields of patterns in its own way. */
export function asRulePattern({ source, 'detail-type': detailType, detail }: EventPattern): RulePattern {
  return { source, detailType, ...(detail && { detail }) };
}
