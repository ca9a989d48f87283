/** The stack's output by which the command line finds a tracker, wherever in an app it is. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TrackerDescription } from '../contract/tracker-description.ts';
import manifest from '../package.json' with { type: 'json' };

export class CommandLineOutput extends CfnOutput {
  /** What its value says, as JSON. */
  readonly described: TrackerDescription;

  constructor(scope: Construct, id: string, parts: Omit<TrackerDescription, 'kind' | 'version' | 'release'>) {
    const described: TrackerDescription = {
      kind: 'notification-delivery-tracker',
      version: 1,
      release: manifest.version,
      ...parts,
    };
    super(scope, id, {
      description: 'For the command line: delivery-tracker finds the parts of the tracker here',
      value: Stack.of(scope).toJsonString(described),
    });
    this.described = described;
  }
}
