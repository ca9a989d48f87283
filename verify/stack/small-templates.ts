/** Templates of the small stacks that scenarios make and delete. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, DefaultStackSynthesizer, type Environment, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { BusProbe } from '../../lib/events/bus-probe.ts';

/** The tracker's own probe of its bus, for a bus of this name. */
export function busProbeTemplate(eventBusName: string): unknown {
  return templateOf((stack) => {
    new BusProbe(stack, 'BusProbe', {
      eventBus: EventBus.fromEventBusName(stack, 'Bus', eventBusName),
      eventSource: 'notification-delivery-tracker',
      executionArnPrefixes: ['arn:aws:states:'],
    });
  });
}

export function busTemplate(name: string): unknown {
  return { Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: name } } } };
}

/** Takes from a role what it has; deleting the stack gives it back. */
export function denyTemplate(roleName: string, action: string, resource: string): unknown {
  return {
    Resources: {
      Deny: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'verify-deny',
          Roles: [roleName],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Deny', Action: action, Resource: resource }],
          },
        },
      },
    },
  };
}

/** The template of a stack, synthesised in process. */
export function templateOf(fill: (stack: Stack) => void, env?: Environment): unknown {
  const outdir = mkdtempSync(join(tmpdir(), 'tracker-verify-small-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
    const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    const stack = new Stack(app, 'Small', { synthesizer, ...(env && { env }) });
    fill(stack);
    return app.synth().getStackByName('Small').template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
