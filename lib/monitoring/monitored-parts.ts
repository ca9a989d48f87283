/** The parts of a tracker that there is something to see of. */
import type { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { BusProbe } from '../events/bus-probe.ts';

export interface MonitoredParts {
  readonly trackerName: string;
  readonly stateMachine: IStateMachine;
  readonly campaignStateMachine: IStateMachine;
  readonly checkCampaignFunction: IFunction;
  /** Publishes in place of executions that died. */
  readonly reporter: IStateMachine;
  readonly checkFunction: IFunction;
  /**
   * The longest that a tracking waits for its next check: alarms on what checks emit look no more often.
   * @default - less than five minutes
   */
  readonly longestWait?: Duration;
  readonly logGroup: ILogGroup;
  readonly table: ITable;
  readonly callBudgetTable: ITable;
  readonly deadLetterQueue: IQueue;
  /**
   * Sees final events arrive.
   * @default - nobody can: the bus is another account's or region's
   */
  readonly busProbe?: BusProbe | undefined;
}
