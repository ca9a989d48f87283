/** The `check-campaign` function: what it is told, and what a check of a campaign may do. It reaches neither Kore.ai nor the secret. */
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CAMPAIGN_INDEX } from '../../contract/table-names.ts';
import { CHECK_CAMPAIGN_ASSET } from '../../lambdas/asset.ts';
import { toEnvironment } from '../../lambdas/check-campaign/environment.ts';
import { acknowledgeExecutions } from '../acknowledge.ts';
import type { TrackerSettings } from '../configuration/settings.ts';
import { TABLE_KEY_ACTIONS } from '../tables/table-key-actions.ts';
import { type FunctionSurroundings, TrackerFunction } from './tracker-function.ts';

export interface CheckCampaignFunctionProps extends FunctionSurroundings {
  readonly settings: TrackerSettings;
  readonly trackerName: string;
  readonly table: ITable;
  /** Tracks notifications: its executions are asked for what left no summary. */
  readonly trackingStateMachineArn: string;
  /** What the ARNs of those begin with. */
  readonly executionArnPrefix: string;
}

/** No option: shorter, a long campaign takes more checks; longer, its end is detected later than a minute (`npm run bench -- campaign-end`). */
const LONGEST_WAIT_SECONDS = 50;

export class CheckCampaignFunction extends TrackerFunction {
  constructor(scope: Construct, id: string, props: CheckCampaignFunctionProps) {
    const { settings, trackerName, table, trackingStateMachineArn } = props;
    const { deadlineSeconds, retentionDays, schedule } = settings;
    super(scope, id, {
      ...props,
      asset: CHECK_CAMPAIGN_ASSET,
      description: 'Counts once what became of the notifications of a campaign',
      environment: toEnvironment({
        trackerName,
        trackingStateMachineArn,
        tableName: table.tableName,
        tableArn: table.tableArn,
        deadlineSeconds,
        retentionDays,
        waitSeconds: Math.min(LONGEST_WAIT_SECONDS, schedule.capSeconds),
      }),
      allow: (role) => allowChecks(role, props),
    });
  }
}

function allowChecks(
  role: Role,
  { table, trackingStateMachineArn, executionArnPrefix }: CheckCampaignFunctionProps,
): void {
  const allow = (actions: string[], resource: string) =>
    role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(['dynamodb:Query'], `${table.tableArn}/index/${CAMPAIGN_INDEX}`);
  allow(
    ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    table.tableArn,
  );
  table.encryptionKey?.grant(role, ...TABLE_KEY_ACTIONS);
  allow(['states:ListExecutions'], trackingStateMachineArn);
  allow(['states:DescribeExecution'], `${executionArnPrefix}*`);
  acknowledgeExecutions(role, executionArnPrefix);
}
