/** Single examinations, at their limits. */
import { describe, expect, it } from 'vitest';
import { CALL_BUDGET } from '../../../cli/doctor/examinations/call-budget.ts';
import { EVENT_BUS } from '../../../cli/doctor/examinations/event-bus.ts';
import { SEPARATE_BUDGETS } from '../../../cli/doctor/examinations/separate-budgets.ts';
import { spread } from '../../../cli/doctor/reads/read-running.ts';
import { remedyFor } from '../../../cli/doctor/remedies.ts';

describe('a rule on the bus', () => {
  const codesFor = (pattern: string | undefined) => {
    const rules = [{ name: 'rule', isEnabled: true, isManaged: false, pattern }];
    return EVENT_BUS.findingsIn({ busName: 'bus', eventSource: 'mine', rules }).map(({ code }) => code);
  };

  it.each([
    ['names the source', '{"source":["other","mine"]}'],
    ['names no source', '{"detail-type":["Notification Delivery Complete"]}'],
    ['has a matcher for sources that is no word', '{"source":[{"prefix":"mi"}]}'],
  ])('is one for final events where its pattern %s', (_, pattern) => {
    expect(codesFor(pattern)).toEqual([]);
  });

  it.each([
    ['names other sources', '{"source":["other"]}'],
    ['is none, as of a schedule', undefined],
  ])('is none where its pattern %s', (_, pattern) => {
    expect(codesFor(pattern)).toEqual(['NO_RULES']);
  });

  it('that is disabled is enabled again by a command', () => {
    const rules = [{ name: 'rule', isEnabled: false, isManaged: false, pattern: '{"source":["mine"]}' }];

    const [finding] = EVENT_BUS.findingsIn({ busName: 'bus', eventSource: 'mine', rules });

    expect(finding?.commands).toEqual(['aws events enable-rule --event-bus-name bus --name rule']);
  });
});

it.each([
  [undefined, 0],
  [98.9, 0],
  [99, 1],
])('a call budget of which %s %% are used has %s findings', (budgetUsed, number) => {
  expect(CALL_BUDGET.findingsIn({ functions: [], tables: [], budgetUsed })).toHaveLength(number);
});

it('of many bots that two trackers share, three are named and the rest counted', () => {
  const quotaKeys = ['st-1', 'st-2', 'st-3', 'st-4', 'st-5'];

  const [finding] = SEPARATE_BUDGETS.findingsIn({
    own: { host: undefined, quotaKeys },
    others: [{ tracker: 'other', host: 'https://platform.kore.ai', quotaKeys }],
  });

  expect(finding?.what).toContain('for st-1, st-2, st-3 and 2 more too');
});

it.each([
  [[1, 2, 3], 3, [1, 2, 3]],
  [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3, [0, 5, 10]],
])('of %j, %i are asked from the first to the last: %j', (items, most, asked) => {
  expect(spread(items, most)).toEqual(asked);
});

it.each(['toString', '__proto__'])('an obstacle %s has the remedy of those of other releases', (obstacle) => {
  expect(remedyFor(obstacle, { requestId: 'ds-1' })).toMatchObject({
    code: 'TRACKINGS_HELD',
    severity: 'warning',
  });
});
