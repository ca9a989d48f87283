/** The state that puts an event on the tracker's bus. */
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { JsonPath, type RetryProps, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { EventBridgePutEvents } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { PATIENT_RETRY } from './ending/record-final-event.ts';

export interface PublishEventProps {
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  /** The state's input tells it by its `detailType`, where there is none. */
  readonly detailType?: string;
  /** What of the input goes on: all of it, by default. */
  readonly outputPath?: string;
  /** How long it tries: for an hour, by default. A bus may be throttled for long, and there is only one final event. */
  readonly retry?: RetryProps;
}

/** Puts `$.detail`. The optimised integration fails where EventBridge refuses the entry; an SDK call would not. */
export function publishEvent(scope: Construct, id: string, props: PublishEventProps): EventBridgePutEvents {
  const { eventBus, eventSource, detailType = JsonPath.stringAt('$.detailType'), outputPath } = props;
  const { retry = PATIENT_RETRY } = props;
  const publish = new EventBridgePutEvents(scope, id, {
    entries: [{ source: eventSource, detailType, detail: TaskInput.fromJsonPathAt('$.detail'), eventBus }],
    resultPath: JsonPath.DISCARD,
    ...(outputPath !== undefined && { outputPath }),
  });
  publish.addRetry(retry);
  return publish;
}
