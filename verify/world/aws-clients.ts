/** Clients of one account and region. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

export interface AwsAccess {
  readonly region: string;
  /** Of the AWS configuration files; otherwise the SDK's usual places. */
  readonly profile?: string | undefined;
}

export type AwsClients = ReturnType<typeof awsClients>;

export function awsClients({ region, profile }: AwsAccess) {
  const config = { region, ...(profile !== undefined && { profile }) };
  return {
    cloudFormation: new CloudFormationClient(config),
    cloudWatch: new CloudWatchClient(config),
    dynamoDb: new DynamoDBClient(config),
    eventBridge: new EventBridgeClient(config),
    lambda: new LambdaClient(config),
    secretsManager: new SecretsManagerClient(config),
    sfn: new SFNClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    sts: new STSClient(config),
  };
}
