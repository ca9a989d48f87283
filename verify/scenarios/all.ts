/** All scenarios, in the order of the report. */
import type { Scenario } from '../scenario.ts';
import { BUS_METRICS } from './bus-metrics.ts';
import { DELETED_BUS } from './deleted-bus.ts';
import { DEPLOY } from './deploy.ts';
import { ERROR_NAMES } from './error-names.ts';
import { FAILING_FUNCTION } from './failing-function.ts';
import { MISSING_BUS } from './missing-bus.ts';
import { NODE_OPTIONS } from './node-options.ts';
import { REDRIVE } from './redrive.ts';
import { RIGHT_TAKEN_AWAY } from './right-taken-away.ts';
import { SECOND_ACCOUNT } from './second-account.ts';
import { STATUS_CHANGES } from './status-changes.ts';
import { UPDATE } from './update.ts';
import { VPC } from './vpc.ts';

export const SCENARIOS: readonly Scenario[] = [
  DEPLOY,
  MISSING_BUS,
  DELETED_BUS,
  BUS_METRICS,
  ERROR_NAMES,
  RIGHT_TAKEN_AWAY,
  STATUS_CHANGES,
  REDRIVE,
  FAILING_FUNCTION,
  NODE_OPTIONS,
  SECOND_ACCOUNT,
  VPC,
  UPDATE,
];
