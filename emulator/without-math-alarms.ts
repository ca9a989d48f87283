/**
 * Gives alarms with metric math a plain metric, since the emulator refuses them (docs/emulator.md):
 *
 *     node --import ./emulator/without-math-alarms.ts bin/app.ts
 */
import { App, type StageSynthesisOptions } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';

const { synth } = App.prototype;
App.prototype.synth = function withoutMathAlarms(this: App, options?: StageSynthesisOptions) {
  for (const node of this.node.findAll()) {
    if (!(node instanceof CfnAlarm) || node.metrics === undefined) continue;
    node.addPropertyDeletionOverride('Metrics');
    const plain = { Namespace: 'Emulator', MetricName: 'None', Statistic: 'Sum', Period: 60 };
    for (const [name, value] of Object.entries(plain)) node.addPropertyOverride(name, value);
  }
  return synth.call(this, options);
};
