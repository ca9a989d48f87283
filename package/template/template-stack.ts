/** The stack that is deployed without the CDK: the construct as it is, with parameters for what an app would hand to it. */
import { type App, Aws, CfnCondition, CfnParameter, CfnResource, Fn, type IResolvable } from 'aws-cdk-lib';
import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import type { CommandLineOutput } from '../../lib/command-line-output.ts';
import { ConfigurationError } from '../../lib/configuration/configuration-error.ts';
import { DeliveryTrackerStack } from '../../lib/delivery-tracker-stack.ts';
import { NAMED_BY_STACK } from '../../lib/tracker-name.ts';
import project from '../../package.json' with { type: 'json' };
import { CodeInBucket } from './code-in-bucket.ts';
import { NO_TOPIC, PARAMETERS } from './parameters.ts';

const HAS_ALARM_TOPIC = 'HasAlarmTopic';

export class TemplateStack extends DeliveryTrackerStack {
  /**
   * @param app its only stack is this one, which tells the construct by the context what only the deployment knows.
   * @throws ConfigurationError where the context already says what is a parameter.
   */
  constructor(app: App) {
    refuseParametersIn(app);
    for (const [key, value] of Object.entries(contextOfDeployment())) app.node.setContext(key, value);
    super(app, 'DeliveryTracker', {
      description: `Tracks Kore.ai notifications to their end (notification-delivery-tracker ${project.version})`,
      synthesizer: new CodeInBucket(refTo('CodeBucket'), refTo('CodeKey')),
      suppressTemplateIndentation: true,
    });
    for (const [name, props] of Object.entries(PARAMETERS)) new CfnParameter(this, name, props);
    new CfnCondition(this, HAS_ALARM_TOPIC, {
      expression: Fn.conditionNot(Fn.conditionEquals(refTo('AlarmTopicArn'), NO_TOPIC)),
    });

    const { checkFunction, checkCampaignFunction, eventBus, monitoring } = this.tracker;
    const ownBus = eventBus.node.defaultChild;
    if (ownBus instanceof CfnEventBus) ownBus.name = `${Aws.STACK_NAME}-Events`;
    runsFromZip(checkFunction, 'check-delivery');
    runsFromZip(checkCampaignFunction, 'check-campaign');
    checkFunction.addEnvironment('KORE_HOST', refTo('KoreHost'));
    checkFunction.addEnvironment('API_SCOPE', refTo('KoreApiScope'));
    const part = (id: string) => monitoring.node.findChild(id);
    this.#makeOnlyIf('Alarms', part('Alarms'));
    this.#makeOnlyIf('Dashboard', part('Dashboard'), part('FollowNotification'));
    this.#describeDeployment(this.tracker.node.findChild('CommandLine') as CommandLineOutput);
  }

  /** CloudFormation refuses an output that names a resource whose condition does not hold. */
  #describeDeployment(output: CommandLineOutput): void {
    const described = { ...output.described, host: refTo('KoreHost'), apiScope: refTo('KoreApiScope') };
    const [withAlarms, without] = [described, { ...described, alarms: {} }].map((one) =>
      this.toJsonString(one),
    );
    output.value = Fn.conditionIf('HasAlarms', withAlarms, without).toString();
  }

  #makeOnlyIf(parameter: 'Alarms' | 'Dashboard', ...parts: readonly IConstruct[]): void {
    const condition = new CfnCondition(this, `Has${parameter}`, {
      expression: Fn.conditionEquals(refTo(parameter), 'true'),
    });
    for (const one of parts.flatMap((part) => part.node.findAll())) {
      if (CfnResource.isCfnResource(one)) one.cfnOptions.condition = condition;
    }
  }
}

/** Context keys in whose place there are parameters. */
const INSTEAD: Readonly<Record<string, keyof typeof PARAMETERS>> = {
  'tracker:host': 'KoreHost',
  'tracker:apiScope': 'KoreApiScope',
  'tracker:secretArn': 'KoreSecretArn',
  'tracker:alarmTopicArn': 'AlarmTopicArn',
  'tracker:alarms': 'Alarms',
  'tracker:dashboard': 'Dashboard',
  'tracker:savedQuery': 'Dashboard',
};

function refuseParametersIn(app: App): void {
  const found = Object.keys(INSTEAD).find((key) => app.node.tryGetContext(key) !== undefined);
  if (found === undefined) return;
  throw new ConfigurationError(
    `the context has "${found}", which the template has a parameter for. Leave it out, and give ${INSTEAD[found]} to the deployment.`,
  );
}

function contextOfDeployment(): Readonly<Record<string, unknown>> {
  const topic: IResolvable = Fn.conditionIf(HAS_ALARM_TOPIC, refTo('AlarmTopicArn'), Aws.NO_VALUE);
  return {
    [NAMED_BY_STACK]: true,
    'tracker:secretArn': refTo('KoreSecretArn'),
    'tracker:alarmTopicArn': topic.toString(),
  };
}

function refTo(parameter: keyof typeof PARAMETERS): string {
  return Fn.ref(parameter);
}

function runsFromZip({ node }: LambdaFunction, name: string): void {
  (node.defaultChild as CfnFunction).handler = `${name}.handler`;
}
