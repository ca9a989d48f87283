/** The stack's outputs by which people find the parts of a tracker, wherever in an app it is. */
import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What each says of its part. */
const DESCRIPTIONS = {
  stateMachineArn: 'Start an execution of this to track a notification',
  campaignStateMachineArn: 'Start an execution of this to track a campaign',
  tableName: 'Delivery logs and summaries',
  callBudgetTableName: "What is booked of each bot's calls to Kore.ai",
  eventBusName: 'Final events',
  secretArn:
    'The credentials of the app in Kore.ai; put them there with delivery-tracker credentials set --file secret.json',
} as const;
type Part = keyof typeof DESCRIPTIONS;
const PARTS = Object.keys(DESCRIPTIONS) as Part[];

/** Adds one for each part, such as `SecretArn`; its logical id begins with the tracker's. */
export function outputParts(tracker: Construct, parts: Readonly<Record<Part, string>>): void {
  for (const part of PARTS) {
    new CfnOutput(tracker, idOf(part), { value: parts[part], description: DESCRIPTIONS[part] });
  }
}

/** Makes their ids their logical ids, for a stack that has no other tracker. */
export function nameOutputsPlainly(tracker: Construct): void {
  for (const id of PARTS.map(idOf)) (tracker.node.findChild(id) as CfnOutput).overrideLogicalId(id);
}

function idOf(part: Part): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}
