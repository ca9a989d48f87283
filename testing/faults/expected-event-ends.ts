/** How an execution ends where EventBridge does not take its final event, or not so that Step Functions knows. */

/** What the end of any execution says of its event. */
interface EventEnd {
  readonly event: string;
  readonly isRepeated?: boolean;
  readonly status: 'SUCCEEDED' | 'FAILED';
}

/** @param complete the end where nothing fails. */
export function expectedEventEnds<E extends EventEnd>(complete: E) {
  const repeated = { ...complete, isRepeated: true };
  const isComplete = { once: complete, 'three times': complete };
  /** The event cannot go out, or it cannot be known that it has: Step Functions tries for an hour. */
  const unpublished = (shows: string) => ({
    ...isComplete,
    permanently: { ...complete, event: 'none', status: 'FAILED' as const },
    shows,
  });
  return {
    error: unpublished('EventBridge.InternalException'),
    throttle: unpublished('EventBridge.ThrottlingException'),
    'time-out': unpublished('EventBridge.SdkClientException'),
    'answer lost': {
      once: repeated,
      'three times': repeated,
      permanently: { ...repeated, status: 'FAILED' as const },
      shows: 'EventBridge.SdkClientException',
    },
    slow: { ...isComplete, permanently: complete },
    partial: unpublished('EventBridge.FailedEntry'),
  };
}
