import { expect, it } from 'vitest';
import { keysOfProps } from '../../generate/reference/context-keys.ts';

it('finds the prop of every key of the context', () => {
  const keys = keysOfProps();

  expect(keys.get('DeliveryTrackerProps.secret')).toEqual(['secretArn', 'secretKeyArn']);
  expect(keys.get('ScheduleProps.cap')).toEqual(['capSeconds']);
  expect(keys.get('DeliveryTrackerProps.announceFailures')).toEqual(['announceFailures']);
  expect(keys.get('MonitoringProps.alarmTopic')).toEqual(['alarmTopicArn']);
  expect([...keys.keys()].filter((prop) => !/^[A-Z]\w+Props\.\w+$/.test(prop))).toEqual([]);
});
