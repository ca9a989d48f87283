/**
 * Leaves alarms with metric math out of an app, since the emulator refuses them (docs/emulator.md):
 *
 *     node --import ./emulator/without-math-alarms.ts bin/app.ts
 */
import { App, type StageSynthesisOptions } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';

const { synth } = App.prototype;
App.prototype.synth = function withoutMathAlarms(this: App, options?: StageSynthesisOptions) {
  for (const node of this.node.findAll()) {
    if (node instanceof CfnAlarm && node.metrics !== undefined)
      node.node.scope?.node.tryRemoveChild(node.node.id);
  }
  return synth.call(this, options);
};
