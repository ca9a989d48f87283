/** Sends to the target of a rule what EventBridge would have sent. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { AwsClients } from '../aws-clients.ts';
import type { Destination } from './destination.ts';

export async function sendTo(aws: AwsClients, { arn, service, input, groupId }: Destination): Promise<void> {
  switch (service) {
    case 'sqs': {
      const [, , , , account, name] = arn.split(':');
      const sqs = await aws.sqs();
      const { QueueUrl } = await sqs.send(
        new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }),
      );
      const message = {
        QueueUrl,
        MessageBody: input,
        ...(groupId !== undefined && { MessageGroupId: groupId }),
      };
      await sqs.send(new SendMessageCommand(message));
      return;
    }
    case 'lambda': {
      // Asynchronously, as EventBridge does.
      const invocation = { FunctionName: arn, InvocationType: 'Event', Payload: input } as const;
      await (await aws.lambda()).send(new InvokeCommand(invocation));
      return;
    }
    case 'sns':
      await (await aws.sns()).send(new PublishCommand({ TopicArn: arn, Message: input }));
      return;
    case 'states':
      await aws.stepFunctions.send(new StartExecutionCommand({ stateMachineArn: arn, input }));
  }
}
