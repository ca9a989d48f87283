/** Patterns with one fault each, and the events by which each fault is found. */
import type { Listener } from './judged-event.ts';
import type { JudgedPattern } from './patterns.ts';

export interface Planted extends JudgedPattern {
  /** Events that it lets through and should not, or the other way round. */
  readonly wrong: readonly string[];
}

/** @param patterns of which one for each listener is changed. */
export function wrongPatterns(patterns: readonly JudgedPattern[]): Planted[] {
  const changed = (listener: Listener, change: (json: string) => string) =>
    changedPattern(patterns, listener, change);
  return [
    {
      ...changed('interrupted trackings', (json) => json.replace('{"exists":false},', '')),
      name: 'one that does not think of executions without an error',
      wrong: ['FAILED, error absent'],
    },
    {
      ...changed('interrupted trackings', (json) => json.replace('"TrackingFailed"', '"Other"')),
      name: 'one that does not know an error of the definition',
      wrong: ['FAILED, error "TrackingFailed"', 'of a campaign, FAILED, error "TrackingFailed"'],
    },
    {
      ...changed('interrupted trackings', (json) =>
        json.replace('"ABORTED",', '').replace('"FAILED"', '$&,"ABORTED"'),
      ),
      name: 'one that looks at the error of a stopped execution, which may be any',
      wrong: ['ABORTED, error "TrackingFailed"', 'of a campaign, ABORTED, error "TrackingFailed"'],
    },
    {
      ...changed('complete', (json) => json.replace(':"}]', '"}]')),
      name: "one that stops at the end of the tracker's name",
      wrong: ["of another tracker, whose name begins with this one's"],
    },
    {
      ...changed('interrupted trackings', (json) =>
        json.replace(/,"[^"]*:stateMachine:[^"]*Campaign[^"]*"/, ''),
      ),
      name: 'one that knows the state machine of notifications alone',
      wrong: [
        'of a campaign, FAILED, error "States.Runtime"',
        'of a campaign, FAILED, error null',
        'of a campaign, ABORTED, error "TrackingFailed"',
        'of a campaign, TIMED_OUT, error null',
      ],
    },
    {
      ...changed('every event of the tracker', (json) => json.replace('"Campaign Delivery Timed Out",', '')),
      name: 'one of an archive that forgets one of seven detail types',
      wrong: ['Campaign Delivery Timed Out'],
    },
    {
      ...changed('every event of the tracker', (json) =>
        json.replace('"Notification Recipients Not Reached"', '"Notification Recipients Reached"'),
      ),
      name: 'one of an archive that misspells a detail type',
      wrong: [
        'Notification Recipients Not Reached',
        'announcement: of the last check of a second attempt',
        'announcement: that names none',
        'announcement: with the status of a delivery, and fields that nobody knows yet',
        'announcement: with the id of the execution of a campaign',
      ],
    },
    {
      ...changed('recipients not reached', (json) => json.replace(/"prefix":"(.*:)"/, '"suffix":"$1ds-1"')),
      name: 'one that takes the id of an announcement for the ARN of its execution',
      wrong: [
        'Notification Recipients Not Reached',
        'announcement: of the last check of a second attempt',
        'announcement: that names none',
        'announcement: with the status of a delivery, and fields that nobody knows yet',
      ],
    },
    {
      ...changed('campaign complete', (json) => json.replace(':"}]', '"}]')),
      name: "one of campaigns that stops at the end of the tracker's name",
      wrong: ["campaign: of another tracker, whose name begins with this one's"],
    },
    {
      ...changed('campaign complete', (json) => json.replace(/,"detail":.*$/, '}')),
      name: 'one of campaigns that hears of every tracker',
      wrong: [
        'campaign: of another tracker on the bus',
        "campaign: of another tracker, whose name begins with this one's",
        'campaign: of a tracker of the same name in another region',
        'campaign: with the id of the execution of a notification',
        'campaign: without metadata',
      ],
    },
    {
      ...changed('campaign complete', (json) => json.replace('Campaign Delivery', 'Notification Delivery')),
      name: 'one of campaigns that hears of notifications',
      wrong: [
        'with the id of the execution of a campaign',
        'Campaign Delivery Complete',
        'campaign: put by Step Functions, which adds two resources',
        'campaign: with the status of a notification, and fields that nobody knows yet',
      ],
    },
  ];
}

/** The first pattern for this listener, after `change` has been at its JSON. */
function changedPattern(
  patterns: readonly JudgedPattern[],
  listener: Listener,
  change: (json: string) => string,
): JudgedPattern {
  const judged = patterns.find((pattern) => pattern.listener === listener);
  if (judged === undefined) throw new Error(`no rule hears of ${listener}`);
  const before = JSON.stringify(judged.pattern);
  const after = change(before);
  if (after === before) throw new Error(`the pattern has nothing to change: ${before}`);
  return { ...judged, pattern: JSON.parse(after) };
}
