import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CampaignFunctionSettings,
  fromEnvironment,
  toEnvironment,
} from '../../../lambdas/check-campaign/environment.ts';

const settings: CampaignFunctionSettings = {
  trackerName: 'Stack-Tracker',
  tableName: 'delivery-logs',
  tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/delivery-logs',
  trackingStateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:Tracker',
  deadlineSeconds: 86_400,
  retentionDays: 90,
  waitSeconds: 50,
};
const environment = toEnvironment(settings);

describe('the environment of the function for campaigns', () => {
  it('holds everything as text', () => {
    expect(environment).toEqual({
      TRACKER_NAME: 'Stack-Tracker',
      TABLE_NAME: 'delivery-logs',
      TABLE_ARN: settings.tableArn,
      TRACKING_STATE_MACHINE_ARN: settings.trackingStateMachineArn,
      DEADLINE_SECONDS: '86400',
      RETENTION_DAYS: '90',
      WAIT_SECONDS: '50',
    });
  });

  it('gives the settings back that it was made from, among other variables', () => {
    const anySettings = fc.record({
      trackerName: fc.string(),
      tableName: fc.string(),
      tableArn: fc.string(),
      trackingStateMachineArn: fc.string(),
      deadlineSeconds: fc.integer({ min: 1, max: 31_536_000 }),
      retentionDays: fc.integer({ min: 1, max: 10_000 }),
      waitSeconds: fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(anySettings, (any) => {
        expect(fromEnvironment({ ...toEnvironment(any), PATH: '/bin' })).toEqual(any);
      }),
    );
  });

  it.each(Object.keys(environment))('is of no use without %s, and says so', (name) => {
    expect(() => fromEnvironment({ ...environment, [name]: undefined })).toThrow(name);
  });
});
