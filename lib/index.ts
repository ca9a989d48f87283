/**
 * For CDK apps: tracks Kore.ai notifications to their end.
 *
 * @module notification-delivery-tracker
 */

export type { ApiScope } from '../contract/api-scope.ts';
export type { MetricName } from '../contract/metrics.ts';
export type { BotProps } from './configuration/bot-props.ts';
export { ConfigurationError } from './configuration/configuration-error.ts';
export type { CallLimitsProps, DeliveryTrackerProps } from './configuration/delivery-tracker-props.ts';
export type { Pace } from './configuration/pace.ts';
export type { ScheduleProps } from './configuration/schedule-props.ts';
export { DeliveryTracker } from './delivery-tracker.ts';
export type { DeliveryTrackerAttributes } from './delivery-tracker-attributes.ts';
export type { IDeliveryTracker, OnDeliveryCompleteOptions } from './delivery-tracker-interface.ts';
export { DeliveryTrackerStack, type DeliveryTrackerStackProps } from './delivery-tracker-stack.ts';
export type { OnFinalEventOptions } from './events/tracker-rules.ts';
export type { MonitoringProps } from './monitoring/monitoring-props.ts';
