/** What the CDK context can say of a tracker. */

/** Keys of the CDK context, without `tracker:`, by the props that they become. */
export const CONTEXT_KEYS: Readonly<Record<string, readonly string[]>> = {
  'DeliveryTrackerProps.host': ['host'],
  'DeliveryTrackerProps.apiScope': ['apiScope'],
  'DeliveryTrackerProps.defaultStreamId': ['defaultStreamId'],
  'DeliveryTrackerProps.secret': ['secretArn', 'secretKeyArn'],
  'DeliveryTrackerProps.eventBus': ['eventBusName'],
  'DeliveryTrackerProps.eventSource': ['eventSource'],
  'DeliveryTrackerProps.deadline': ['deadlineSeconds'],
  'DeliveryTrackerProps.notFoundGrace': ['notFoundGraceSeconds'],
  'DeliveryTrackerProps.retention': ['retentionDays'],
  'DeliveryTrackerProps.logRetention': ['logRetentionDays'],
  'DeliveryTrackerProps.removalPolicy': ['removalPolicy'],
  'DeliveryTrackerProps.encryptionKey': ['encryptionKeyArn'],
  'MonitoringProps.alarmTopic': ['alarmTopicArn'],
  'MonitoringProps.runbookUrl': ['runbookUrl'],
  'MonitoringProps.dashboard': ['dashboard'],
  'MonitoringProps.alarms': ['alarms'],
  'MonitoringProps.savedQuery': ['savedQuery'],
  'ScheduleProps.firstCheck': ['firstCheckSeconds'],
  'ScheduleProps.floor': ['floorSeconds'],
  'ScheduleProps.checkWorth': ['checkWorthSeconds'],
  'ScheduleProps.cap': ['capSeconds'],
  'CallLimitsProps.perMinute': ['callsPerMinute'],
  'CallLimitsProps.perHour': ['callsPerHour'],
};
