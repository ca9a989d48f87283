/**
 * For CDK apps: tracks Kore.ai notifications to their end.
 *
 * @module notification-delivery-tracker
 */
export {
  DeliveryTracker,
  type OnDeliveryCompleteOptions,
  type OnFinalEventOptions,
} from './delivery-tracker.ts';
export type { CallLimitsProps, DeliveryTrackerProps, ScheduleProps } from './delivery-tracker-props.ts';
export { DeliveryTrackerStack, type DeliveryTrackerStackProps } from './delivery-tracker-stack.ts';
export { ConfigurationError } from './settings.ts';
