/** What lets other accounts use a tracker: a policy of its bus for their rules, and a role for their starters. */
import { Stack } from 'aws-cdk-lib';
import { CfnEventBusPolicy, type IEventBus } from 'aws-cdk-lib/aws-events';
import { type IPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** All that one does with a rule (AWS docs, Permissions for event buses: manage rules on the bus in another account). */
const RULE_ACTIONS = [
  'events:PutRule',
  'events:DeleteRule',
  'events:DescribeRule',
  'events:EnableRule',
  'events:DisableRule',
  'events:PutTargets',
  'events:RemoveTargets',
  'events:ListTargetsByRule',
  'events:TagResource',
  'events:UntagResource',
  'events:ListTagsForResource',
];

export interface SharedTrackerProps {
  readonly principal: IPrincipal;
  readonly eventBus: IEventBus;
}

export class SharedTracker extends Construct {
  readonly starterRole: Role;

  constructor(scope: Construct, id: string, { principal, eventBus }: SharedTrackerProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const statement = new PolicyStatement({
      principals: [principal],
      actions: RULE_ACTIONS,
      resources: [
        stack.formatArn({ service: 'events', resource: 'rule', resourceName: `${eventBus.eventBusName}/*` }),
      ],
      // Each account's own rules, and no others.
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM.
      conditions: { StringEqualsIfExists: { 'events:creatorAccount': '${aws:PrincipalAccount}' } },
    });
    new CfnEventBusPolicy(this, 'RulesOfOthers', {
      eventBusName: eventBus.eventBusName,
      statementId: `RulesOf${id}${this.node.addr.slice(-8)}`,
      statement: statement.toStatementJson(),
    });
    this.starterRole = new Role(this, 'Starter', {
      assumedBy: principal,
      description: 'Starts trackings of notifications and campaigns from another account',
    });
  }
}
