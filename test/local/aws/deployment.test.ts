import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployment } from '../../workflow/tracking-harness.ts';

const { stateMachine, campaignStateMachine, reporter, ...deployed } = deployment();

describe('a deployment that was read', () => {
  it('has three state machines, told apart by what their executions do first', () => {
    const first = [stateMachine, campaignStateMachine, reporter].map(
      ({ definition }) => JSON.parse(definition).StartAt,
    );

    expect(first).toEqual(['Plan first check', 'Check campaign', 'Describe interruption']);
    expect(new Set([stateMachine.arn, campaignStateMachine.arn, reporter.arn]).size).toBe(3);
  });

  it('has the function of each state machine, with its own code and environment', () => {
    const { function: check, campaignFunction } = deployed;

    expect(check.environment).toHaveProperty('SECRET_ARN');
    expect(campaignFunction.environment).toHaveProperty('TRACKING_STATE_MACHINE_ARN', stateMachine.arn);
    expect(check.assetPath).not.toBe(campaignFunction.assetPath);
    for (const { assetPath } of [check, campaignFunction]) {
      expect(existsSync(join(assetPath, 'index.mjs'))).toBe(true);
    }
  });

  it('has one table of rows for both functions', () => {
    const { function: check, campaignFunction, table } = deployed;

    expect([check.environment.TABLE_NAME, campaignFunction.environment.TABLE_NAME]).toEqual([
      table.name,
      table.name,
    ]);
  });
});
