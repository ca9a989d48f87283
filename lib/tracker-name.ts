/** What names a tracker in logs and metrics. */
import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Context key of the app whose one template makes many stacks (package/template/). */
export const NAMED_BY_STACK = 'notification-delivery-tracker:named-by-stack';

/** Its path in the app, such as `MyStack-Tracker`; with that context, the name of the stack, which the deployment knows. */
export function trackerNameOf(tracker: Construct): string {
  if (tracker.node.tryGetContext(NAMED_BY_STACK) === true) return Aws.STACK_NAME;
  return tracker.node.path.replaceAll('/', '-');
}
