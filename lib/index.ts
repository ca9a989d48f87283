/**
 * For CDK apps: tracks Kore.ai notifications to their end.
 *
 * @module notification-delivery-tracker
 */

export type { ApiScope } from '../lambdas/check-delivery/kore/status-api.ts';
export type { MetricName } from '../lambdas/check-delivery/metrics.ts';
export { DeliveryTracker } from './delivery-tracker.ts';
export type {
  IDeliveryTracker,
  OnDeliveryCompleteOptions,
  OnFinalEventOptions,
} from './delivery-tracker-face.ts';
export type {
  BotProps,
  CallLimitsProps,
  DeliveryTrackerProps,
  ScheduleProps,
} from './delivery-tracker-props.ts';
export { DeliveryTrackerStack, type DeliveryTrackerStackProps } from './delivery-tracker-stack.ts';
export type { DeliveryTrackerAttributes } from './imported-delivery-tracker.ts';
export type { MonitoringProps } from './monitoring/monitoring-props.ts';
export { ConfigurationError } from './settings.ts';
