/** Two trackers that are gone with the stack, a queue that keeps their events, and probes of how Lambda starts Node. */
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeliveryTrackerProps } from '../../lib/configuration/delivery-tracker-props.ts';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';
import { BusProbe } from '../../lib/events/bus-probe.ts';
import { changeCode } from './changed-code.ts';
import { nodeProbe } from './node-probe.ts';

export interface VerifyStackProps extends StackProps {
  /** Of the stand-in for Kore.ai. */
  readonly host: string;
  /** Whether the first tracker has other code, another schedule and another retention than before. */
  readonly isChanged: boolean;
  /** Whether it is for an emulator, which knows less (docs/emulator.md). */
  readonly isEmulated: boolean;
  readonly secondAccount: string | undefined;
}

/** Holds several of the waits after a failed check, and what AWS needs to change a function. */
export function briefDeadlineSeconds(isEmulated: boolean): number {
  return isEmulated ? 30 : 180;
}

export class VerifyStack extends Stack {
  constructor(scope: Construct, id: string, props: VerifyStackProps) {
    const { host, isChanged, isEmulated, secondAccount, ...rest } = props;
    super(scope, id, { description: 'One run of npm run verify', ...rest });
    const common: DeliveryTrackerProps = {
      host,
      // By default its name would be the same in each run.
      eventBus: new EventBus(this, 'Events', { eventBusName: `${this.stackName}-events` }),
      pace: 'prompt',
      schedule: scheduleOf(2),
      notFoundGrace: Duration.seconds(10),
      retention: Duration.days(1),
      logRetention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
      monitoring: { savedQuery: !isEmulated },
    };
    const tracker = new DeliveryTracker(this, 'Tracker', {
      ...common,
      deadline: Duration.minutes(15),
      schedule: scheduleOf(isChanged ? 3 : 5),
      // Of the schedule, nothing is in the definition, which the update must change too.
      retention: Duration.days(isChanged ? 2 : 1),
    });
    const { eventBus, secret } = tracker;
    const brief = new DeliveryTracker(this, 'Brief', {
      ...common,
      secret,
      deadline: Duration.seconds(briefDeadlineSeconds(isEmulated)),
    });
    if (isEmulated) for (const one of [tracker, brief]) permitSecrets(one.checkFunction);
    if (isChanged) changeCode(tracker.checkFunction);
    if (secondAccount !== undefined) tracker.shareWith('Second', new AccountPrincipal(secondAccount));

    const witness = new Queue(this, 'Witness');
    const targets = [new SqsQueue(witness)];
    const finalEvents = new Rule(this, 'FinalEvents', {
      eventBus,
      eventPattern: { source: ['notification-delivery-tracker'] },
      targets,
    });
    const machines = [tracker, brief].map(({ stateMachine }) => stateMachine.stateMachineArn);
    new Rule(this, 'StatusChanges', {
      eventPattern: { source: ['aws.states'], detail: { stateMachineArn: machines } },
      targets,
    });
    const probe = nodeProbe(this, 'Probe', tracker.checkFunction);

    this.#output('WitnessUrl', witness.queueUrl);
    this.#output('WitnessRuleArn', finalEvents.ruleArn);
    this.#output('TrackerProbeRuleArn', probeRuleOf(tracker).ruleArn);
    this.#output('SecretArn', secret.secretArn);
    this.#output('ProbeName', probe.functionName);
    for (const [name, one] of Object.entries({ Tracker: tracker, Brief: brief })) {
      this.#output(`${name}StateMachineArn`, one.stateMachine.stateMachineArn);
      this.#output(`${name}TableArn`, one.table.tableArn);
      this.#output(`${name}EventBusArn`, one.eventBus.eventBusArn);
      this.#output(`${name}FunctionName`, one.checkFunction.functionName);
      this.#output(`${name}RoleName`, one.stateMachine.role.roleName);
    }
  }

  #output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}

/** The rule without targets by which a tracker sees its bus. */
function probeRuleOf(tracker: DeliveryTracker): Rule {
  const rule = tracker.node
    .findAll()
    .find((one) => one instanceof Rule && one.node.scope instanceof BusProbe);
  if (!(rule instanceof Rule)) throw new Error('the tracker has no probe of its bus');
  return rule;
}

/** There, a policy on a secret has the secret's name for its ARN. */
function permitSecrets(checkFunction: LambdaFunction): void {
  const actions = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'];
  checkFunction.addToRolePolicy(new PolicyStatement({ actions, resources: ['*'] }));
}

function scheduleOf(capSeconds: number): DeliveryTrackerProps['schedule'] {
  return { floor: Duration.seconds(1), cap: Duration.seconds(capSeconds) };
}
