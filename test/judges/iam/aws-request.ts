/** A request to AWS as IAM sees it. */

export interface AwsRequest {
  /** As in the policies: a role, an operator's command, or a service of AWS. */
  readonly principal: string;
  /** Of a role or user; of a service its name. */
  readonly principalArn: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys and their values. */
  readonly context: Readonly<Record<string, string>>;
  /** Of the resource. */
  readonly account: string;
  /** Whether it was seen on the wire, or is made inside AWS (and the emulator) by what is deployed. */
  readonly origin: 'sent' | 'inside AWS';
}

/** What came over the wire. */
export interface SentRequest {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly target: string;
  readonly body: string;
}

export type Asked = Pick<AwsRequest, 'action' | 'resource'>;

/**
 * What a request asks for, by AWS's Service Authorization Reference.
 *
 * @throws Error for a service or operation that the tracker did not use so far.
 */
export function askedBy({ service, region, account, target, body }: SentRequest): Asked[] {
  const arn = (rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const operation = target.replace(/^.*\./, '');
  const asked = (...resources: string[]) =>
    resources.map((resource) => ({ action: `${service}:${operation}`, resource }));
  if (service === 'cloudformation') {
    const form = new URLSearchParams(body);
    const stack = form.get('StackName');
    const resource = stack === null ? '*' : arn(`stack/${stack}/0`);
    return [{ action: `cloudformation:${form.get('Action')}`, resource }];
  }
  const fields = JSON.parse(body);
  switch (service) {
    case 'dynamodb': {
      const table = (name: string) => (name.startsWith('arn:') ? name : arn(`table/${name}`));
      if (fields.RequestItems) return asked(...Object.keys(fields.RequestItems).map(table));
      const index = fields.IndexName === undefined ? '' : `/index/${fields.IndexName}`;
      return asked(table(fields.TableName) + index);
    }
    case 'states':
      return asked(fields.executionArn ?? fields.stateMachineArn);
    case 'secretsmanager':
      return asked(fields.SecretId.startsWith('arn:') ? fields.SecretId : arn(`secret:${fields.SecretId}`));
    case 'monitoring': {
      const resource =
        operation === 'DescribeAlarms' ? `arn:aws:cloudwatch:${region}:${account}:alarm:*` : '*';
      return [{ action: `cloudwatch:${operation}`, resource }];
    }
    case 'events':
      return asked(fields.Rule === undefined ? '*' : arn(`rule/${fields.EventBusName}/${fields.Rule}`));
    case 'sqs':
      return asked(arn(fields.QueueName ?? fields.QueueUrl.replace(/^.*\//, '')));
    case 'logs':
      // AWS docs, Overview of managing access permissions to your CloudWatch Logs resources.
      return asked(arn(`log-group:${fields.logGroupName}:*`));
    default:
      throw new Error(`the judge cannot read requests to ${service} (${target})`);
  }
}
