import { describe, expect, it } from 'vitest';
import { arnOf, resolve, type Template } from '../../../local/aws/template.ts';

const template: Template = {
  Resources: {
    Table1: { Type: 'AWS::DynamoDB::Table' },
    Bus1: { Type: 'AWS::Events::EventBus' },
    Function1: { Type: 'AWS::Lambda::Function' },
    Logs1: { Type: 'AWS::Logs::LogGroup' },
    Secret1: { Type: 'AWS::SecretsManager::Secret' },
    Machine1: { Type: 'AWS::StepFunctions::StateMachine' },
    Bucket1: { Type: 'AWS::S3::Bucket' },
  },
};

describe('a value without intrinsic functions', () => {
  it.each(['text', 42, true, null, [], {}, { a: [1, { b: null }] }, { exists: false }])(
    'such as %j stays as it is',
    (value) => {
      expect(resolve(value, template)).toEqual(value);
    },
  );

  it('may have "Ref" among other keys', () => {
    expect(resolve({ Ref: 'Table1', other: 1 }, template)).toEqual({ Ref: 'Table1', other: 1 });
  });
});

describe('Ref', () => {
  it.each([
    ['AWS::Partition', 'aws'],
    ['AWS::Region', 'us-east-1'],
    ['AWS::AccountId', '000000000000'],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ])('of %s is %s', (name, value) => {
    expect(resolve({ Ref: name }, template)).toBe(value);
  });

  it.each(['Table1', 'Bus1', 'Function1', 'Logs1'])('of %s is its name', (id) => {
    expect(resolve({ Ref: id }, template)).toBe(id);
  });

  it.each([
    ['Secret1', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Secret1'],
    ['Machine1', 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine1'],
  ])('of %s is its ARN', (id, arn) => {
    expect(resolve({ Ref: id }, template)).toBe(arn);
  });
});

describe('Fn::GetAtt', () => {
  it.each([
    ['Table1', 'arn:aws:dynamodb:us-east-1:000000000000:table/Table1'],
    ['Bus1', 'arn:aws:events:us-east-1:000000000000:event-bus/Bus1'],
    ['Function1', 'arn:aws:lambda:us-east-1:000000000000:function:Function1'],
    ['Machine1', 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine1'],
  ])('gives the ARN of %s', (id, arn) => {
    expect(resolve({ 'Fn::GetAtt': [id, 'Arn'] }, template)).toBe(arn);
  });

  it('gives the name', () => {
    expect(resolve({ 'Fn::GetAtt': ['Machine1', 'Name'] }, template)).toBe('Machine1');
  });

  it('refuses an attribute that it does not know', () => {
    expect(() => resolve({ 'Fn::GetAtt': ['Table1', 'StreamArn'] }, template)).toThrow(/StreamArn of Table1/);
  });

  it('refuses a resource that the template does not have', () => {
    expect(() => resolve({ 'Fn::GetAtt': ['Table2', 'Arn'] }, template)).toThrow(/Table2/);
  });
});

describe('Fn::Join', () => {
  it('joins what its parts resolve to', () => {
    const value = { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, { 'Fn::Join': ['', ['b', 'c']] }]] };
    expect(resolve(value, template)).toBe('a-us-east-1-bc');
  });
});

it('resolves at any depth', () => {
  const value = { Statement: [{ Resource: { Ref: 'Table1' } }, { Resource: ['*', { Ref: 'Bus1' }] }] };
  expect(resolve(value, template)).toEqual({
    Statement: [{ Resource: 'Table1' }, { Resource: ['*', 'Bus1'] }],
  });
});

it('leaves the template as it was', () => {
  const value = { list: [{ Ref: 'Table1' }] };
  resolve(value, template);
  expect(value).toEqual({ list: [{ Ref: 'Table1' }] });
});

it('refuses an intrinsic function that it does not know, by name', () => {
  expect(() => resolve({ a: { 'Fn::Select': [0, []] } }, template)).toThrow(/Fn::Select/);
});

it('refuses to make up an ARN of a type that it does not know', () => {
  expect(() => arnOf('Bucket1', template)).toThrow(/AWS::S3::Bucket Bucket1/);
});
