/** The CDK app of a run. What it deploys is told by the context `verify:…`, and the credentials by the environment. */
import { App, Tags } from 'aws-cdk-lib';
import { TAG } from '../world/run-name.ts';
import { KoreStack } from './kore-stack.ts';
import { VerifyStack } from './verify-stack.ts';

const app = new App();
const told = (key: string): string | undefined => app.node.tryGetContext(`verify:${key}`);
const run = told('run') ?? 'delivery-tracker-verify-00000000';
const host = told('host');
Tags.of(app).add(TAG, run);

new KoreStack(app, 'Kore', { stackName: `${run}-kore`, credentials: process.env.VERIFY_CREDENTIALS ?? '' });
if (host !== undefined) {
  new VerifyStack(app, 'Trackers', {
    stackName: `${run}-trackers`,
    host,
    isChanged: told('isChanged') === 'true',
    isEmulated: told('isEmulated') === 'true',
    secondAccount: told('secondAccount'),
  });
}
