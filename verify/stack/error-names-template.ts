/** A state machine that makes services refuse it, and hands out the errors as Step Functions names them. */

/** What one task does, and under which name its error is in the output. */
interface Refusal {
  readonly name: string;
  readonly resource: string;
  readonly parameters: Record<string, unknown>;
}

export interface ErrorNamesProps {
  readonly partition: string;
  /** The role may put events on this bus alone. */
  readonly eventBusArn: string;
  /** A bus that is not there, which it may put events on as well. */
  readonly missingBusArn: string;
  /** The role may write rows of this table alone. */
  readonly tableArn: string;
}

const ROW = { requestId: { S: 'verify' }, logId: { S: '#verify' } };

export function errorNamesTemplate(props: ErrorNamesProps): unknown {
  const { partition, eventBusArn, missingBusArn, tableArn } = props;
  const entry = (source: string, bus: string) => ({
    Entries: [{ Source: source, DetailType: 'Verify', Detail: '{}', EventBusName: bus }],
  });
  const tableName = tableArn.split('/').at(-1);
  const refusals: readonly Refusal[] = [
    { name: 'refusedEntry', resource: 'events:putEvents', parameters: entry('aws.verify', eventBusArn) },
    { name: 'deniedEvent', resource: 'events:putEvents', parameters: entry('verify', 'default') },
    { name: 'missingBus', resource: 'events:putEvents', parameters: entry('verify', missingBusArn) },
    {
      name: 'failedCondition',
      resource: 'dynamodb:putItem',
      parameters: { TableName: tableName, Item: ROW, ConditionExpression: 'attribute_exists(requestId)' },
    },
    {
      name: 'deniedWrite',
      resource: 'dynamodb:putItem',
      parameters: { TableName: `${tableName}-not-permitted`, Item: ROW },
    },
  ];
  const states = refusals.map(({ name, resource, parameters }, index) => [
    name,
    {
      Type: 'Task',
      Resource: `arn:${partition}:states:::${resource}`,
      Parameters: parameters,
      ResultPath: `$.${name}`,
      Catch: [
        { ErrorEquals: ['States.ALL'], ResultPath: `$.${name}`, Next: refusals[index + 1]?.name ?? 'End' },
      ],
      Next: refusals[index + 1]?.name ?? 'End',
    },
  ]);
  const definition = {
    StartAt: refusals[0]?.name,
    States: { ...Object.fromEntries(states), End: { Type: 'Succeed' } },
  };
  return {
    Resources: {
      Role: roleOf([
        { Effect: 'Allow', Action: 'events:PutEvents', Resource: [eventBusArn, missingBusArn] },
        { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: tableArn },
      ]),
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          DefinitionString: JSON.stringify(definition),
        },
      },
    },
    Outputs: { MachineArn: { Value: { Ref: 'Machine' } } },
  };
}

function roleOf(statements: readonly unknown[]): unknown {
  const trust = { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
      Policies: [
        { PolicyName: 'refusals', PolicyDocument: { Version: '2012-10-17', Statement: statements } },
      ],
    },
  };
}
