/** What a rule or an archive has to match to have all final events of one tracker, and no others. */
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { patternFor } from '../../contract/event-pattern.ts';

export interface TrackerEvents {
  readonly eventSource: string;
  /** What the ARNs of the tracker's executions begin with. */
  readonly executionArnPrefix: string;
}

export function patternOfTracker({ eventSource, executionArnPrefix }: TrackerEvents): EventPattern {
  const {
    source,
    'detail-type': detailType,
    detail,
  } = patternFor({ source: eventSource }, executionArnPrefix);
  return { source, detailType, ...(detail && { detail }) };
}
