import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { stack } from '../../examples/quick-start/app.ts';

it("the README's first app has a tracker, and a rule that puts what was not delivered into its queue", () => {
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: Match.objectLike({
      'detail-type': ['Notification Delivery Complete'],
      detail: Match.objectLike({ data: { status: ['PARTIAL_SUCCESS', 'FAILURE'] } }),
    }),
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FollowUp'), 'Arn'] } })],
  });
  expect(template.findResources('AWS::StepFunctions::StateMachine')).not.toEqual({});
});
