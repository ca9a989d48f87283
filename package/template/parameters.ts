/** What the deployment of the template is told. The construct only passes these on; what it computes is fixed at synth. */
import type { CfnParameterProps } from 'aws-cdk-lib';
import { API_SCOPES } from '../../contract/api-scope.ts';
import project from '../../package.json' with { type: 'json' };

/** File with the code of both functions. Its name has the release: CloudFormation sees new code by the key alone. */
export const ZIP = `notification-delivery-tracker-${project.version}.zip`;

/** An empty text would be found wrong by validators, which do not see that it is never used as an ARN. */
export const NO_TOPIC = 'none';

const YES_OR_NO: CfnParameterProps = { default: 'true', allowedValues: ['true', 'false'] };

export const PARAMETERS = {
  CodeBucket: { description: `S3 bucket, in the region of the stack, that has ${ZIP}` },
  CodeKey: {
    description: 'Key of the zip in the bucket',
    default: ZIP,
    // So that no template runs the code of another release.
    allowedPattern: `(.*/)?${ZIP.replaceAll('.', '\\.')}`,
    constraintDescription: `the key must end in ${ZIP}, the code of the release that the template is of`,
  },
  KoreSecretArn: {
    description: 'Complete ARN of the secret with the credentials of the app in Kore.ai',
    allowedPattern: 'arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6}',
    constraintDescription: 'it must be the complete ARN of a secret, with the six characters at its end',
  },
  KoreHost: {
    description: 'Origin of the API of Kore.ai',
    default: 'https://platform.kore.ai',
    // As lib/configuration/check-host.ts has it: plain http only to a loopback address, for tests.
    allowedPattern:
      'https://[A-Za-z0-9.-]+(:[0-9]+)?|http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]+)?',
    constraintDescription: 'it must be https and an origin without path, such as https://platform.kore.ai',
  },
  KoreApiScope: {
    description: 'Scope that the app has in Kore.ai',
    default: 'app-builder',
    allowedValues: [...API_SCOPES],
  },
  AlarmTopicArn: {
    description: 'ARN of an SNS topic that hears of the alarms, or none: they are seen in the console only',
    default: NO_TOPIC,
    allowedPattern: `${NO_TOPIC}|arn:[^:]+:sns:[^:]+:[0-9]{12}:.+`,
    constraintDescription: `it must be the ARN of an SNS topic, or ${NO_TOPIC}`,
  },
  Alarms: { ...YES_OR_NO, description: 'Whether to make the alarms' },
  Dashboard: { ...YES_OR_NO, description: 'Whether to make the dashboard and the saved query' },
} as const satisfies Readonly<Record<string, CfnParameterProps>>;
