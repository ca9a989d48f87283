import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import {
  type FunctionSettings,
  fromEnvironment,
  toEnvironment,
} from '../../lambdas/check-delivery/environment.ts';
import { readDeployment } from '../../local/aws/deployment.ts';

const settings: FunctionSettings = {
  trackerName: 'Stack-Tracker',
  host: 'https://platform.kore.ai',
  apiScope: 'app-builder',
  defaultStreamId: 'st-1',
  secretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:credentials-AbCdEf',
  bots: {
    version: '0a1b2c',
    secretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:bots-AbCdEf',
  },
  tableName: 'delivery-logs',
  tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/delivery-logs',
  schedule: { floorSeconds: 5, checkWorthSeconds: 2.5, capSeconds: 135 },
  deadlineSeconds: 86_400,
  notFoundGraceSeconds: 600,
  retentionDays: 90,
  budgetTableName: 'call-budgets',
  callLimits: KORE_LIMITS,
};
const environment = toEnvironment(settings);

describe('the environment', () => {
  it('holds everything as text', () => {
    expect(environment).toEqual({
      TRACKER_NAME: 'Stack-Tracker',
      KORE_HOST: 'https://platform.kore.ai',
      API_SCOPE: 'app-builder',
      DEFAULT_STREAM_ID: 'st-1',
      SECRET_ARN: settings.secretArn,
      BOTS: '0a1b2c arn:aws:secretsmanager:eu-central-1:123456789012:secret:bots-AbCdEf',
      TABLE_NAME: 'delivery-logs',
      TABLE_ARN: settings.tableArn,
      FLOOR_SECONDS: '5',
      CHECK_WORTH_SECONDS: '2.5',
      CAP_SECONDS: '135',
      DEADLINE_SECONDS: '86400',
      NOT_FOUND_GRACE_SECONDS: '600',
      RETENTION_DAYS: '90',
      BUDGET_TABLE_NAME: 'call-budgets',
      CALL_LIMITS: '600/60,18000/3600',
    });
  });

  it('leaves the default bot out where there is none', () => {
    expect(toEnvironment({ ...settings, defaultStreamId: undefined })).not.toHaveProperty(
      'DEFAULT_STREAM_ID',
    );
  });

  it('gives the settings back that it was made from', () => {
    const seconds = fc.integer({ min: 1, max: 31_536_000 });
    const anyWindow = fc.record({ calls: fc.nat(), seconds: fc.nat() });
    const anyPlace = fc.record({
      version: fc.stringMatching(/^[0-9a-f]{1,16}$/),
      secretArn: fc.stringMatching(/^arn:[!-~]{1,600}$/),
    });
    const anySettings = fc.record({
      trackerName: fc.string(),
      bots: fc.option(anyPlace, { nil: undefined }),
      host: fc.string(),
      apiScope: fc.constantFrom('app-builder' as const, 'admin-console' as const),
      defaultStreamId: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,76}$/), { nil: undefined }),
      secretArn: fc.string(),
      tableName: fc.string(),
      tableArn: fc.string(),
      schedule: fc.record({
        floorSeconds: seconds,
        checkWorthSeconds: fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
        capSeconds: seconds,
      }),
      deadlineSeconds: seconds,
      notFoundGraceSeconds: seconds,
      retentionDays: fc.integer({ min: 1, max: 10_000 }),
      budgetTableName: fc.string(),
      callLimits: fc.record({ short: anyWindow, long: anyWindow }),
    });
    fc.assert(
      fc.property(anySettings, (any) => {
        expect(fromEnvironment(toEnvironment(any))).toEqual(any);
      }),
    );
  });
});

describe('the settings of the function', () => {
  it('are read among other variables', () => {
    expect(fromEnvironment({ ...environment, AWS_REGION: 'eu-central-1', PATH: '/bin' })).toEqual(settings);
  });

  it('can be read from what the synthesised template gives the function', () => {
    const { secretArn, table, budgetTable, ...others } = readDeployment(
      inject('assembly'),
      'DeliveryTracker',
    );
    expect(fromEnvironment(others.function.environment)).toMatchObject({
      secretArn,
      tableName: table.name,
      budgetTableName: budgetTable.name,
      callLimits: KORE_LIMITS,
    });
  });

  it.each(Object.keys(environment).filter((name) => !['DEFAULT_STREAM_ID', 'BOTS'].includes(name)))(
    'cannot do without %s, and say so',
    (name) => {
      expect(() => fromEnvironment({ ...environment, [name]: undefined })).toThrow(name);
    },
  );

  it.each([
    'FLOOR_SECONDS',
    'CHECK_WORTH_SECONDS',
    'CAP_SECONDS',
    'DEADLINE_SECONDS',
    'NOT_FOUND_GRACE_SECONDS',
    'RETENTION_DAYS',
  ])('take no %s that is not a number', (name) => {
    expect(() => fromEnvironment({ ...environment, [name]: 'soon' })).toThrow(name);
  });

  it('tell the short window of the call limits from the long one', () => {
    const { callLimits } = fromEnvironment({ ...environment, CALL_LIMITS: '40/60,500/3600' });
    expect(callLimits).toEqual({ short: { calls: 40, seconds: 60 }, long: { calls: 500, seconds: 3_600 } });
  });

  it.each(['', 'many', '600', '600/60', '600/60,', '600/60,18000', '600/60,18000/3600,1/1', '-600/60,1/1'])(
    'take no CALL_LIMITS of "%s"',
    (limits) => {
      expect(() => fromEnvironment({ ...environment, CALL_LIMITS: limits })).toThrow('CALL_LIMITS');
    },
  );

  it.each(['{"st-2":{"host":"https://bots.kore.ai"}}', '', 'arn:other', '0a1b2c', '0a1b2c arn:a b'])(
    'take no BOTS of %s: that of an earlier release would send calls to the wrong place',
    (bots) => {
      expect(() => fromEnvironment({ ...environment, BOTS: bots })).toThrow('BOTS');
    },
  );

  it('take no API scope that nobody knows', () => {
    expect(() => fromEnvironment({ ...environment, API_SCOPE: 'everything' })).toThrow('API_SCOPE');
  });
});
