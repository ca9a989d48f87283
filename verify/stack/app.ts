/**
 * The CDK app of a run. What it deploys is told by the context `verify:…`. It is for the account that the run has announced, and
 * synthesises nothing where the CDK CLI has credentials of another one.
 */
import { App, Tags } from 'aws-cdk-lib';
import { TAG } from '../world/run-name.ts';
import { environmentOf } from './environment-of.ts';
import { KoreStack } from './kore-stack.ts';
import { VerifyStack } from './verify-stack.ts';

const app = new App();
const told = (key: string): string | undefined => app.node.tryGetContext(`verify:${key}`);
const run = told('run') ?? 'delivery-tracker-verify-00000000';
const host = told('host');
const announced = { account: told('account'), region: told('region') };
const env = environmentOf(announced, process.env.CDK_DEFAULT_ACCOUNT);
Tags.of(app).add(TAG, run);

new KoreStack(app, 'Kore', { stackName: `${run}-kore`, ...(env && { env }) });
if (host !== undefined) {
  new VerifyStack(app, 'Trackers', {
    stackName: `${run}-trackers`,
    ...(env && { env }),
    host,
    isChanged: told('isChanged') === 'true',
    isEmulated: told('isEmulated') === 'true',
    secondAccount: told('secondAccount'),
  });
}
