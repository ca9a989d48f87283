import { Stack, Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Accepts one finding of cdk-nag on a construct, with the reason that an auditor reads. */
export function acknowledge(construct: IConstruct, finding: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: finding, reason });
}

/** Accepts that a role reaches every execution of one state machine. */
export function acknowledgeExecutions(role: Role, executionArnPrefix: string): void {
  const arn: unknown = Stack.of(role).resolve(`${executionArnPrefix}*`);
  acknowledge(
    role,
    `AwsSolutions-IAM5[Resource::${asInFinding(arn)}]`,
    'The executions of one state machine, whose names are known only once they run',
  );
}

/** A resolved value as cdk-nag writes it into a finding: a reference between angle brackets. */
function asInFinding(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, ...functions } = value as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly string[];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  const [delimiter, parts = []] = functions['Fn::Join'] ?? [];
  if (delimiter !== undefined) return parts.map(asInFinding).join(delimiter);
  return `<${Ref ?? functions['Fn::GetAtt']?.join('.')}>`;
}
