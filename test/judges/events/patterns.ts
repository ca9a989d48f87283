/** Every event pattern that the construct and the client can make. */
import {
  campaignEventPattern,
  finalEventPattern,
  recipientsNotReachedPattern,
} from '../../../client/index.ts';
import { resolve, type Template } from '../../../local/aws/template.ts';
import { type JudgedTemplate, judgedTemplates } from '../templates/judged-templates.ts';
import type { Listener, TrackerFacts } from './judged-event.ts';

export interface JudgedPattern {
  readonly name: string;
  readonly pattern: object;
  readonly listener: Listener;
  /** The tracker that it is about. */
  readonly tracker: TrackerFacts;
}

/** What a rule is for, by what its logical id contains; the first that does. */
const LISTENERS: readonly [part: string, Listener][] = [
  ['InterruptedRule', 'interrupted trackings'],
  ['BusProbeRule', 'every event of the tracker'],
  ['EventArchive', 'every event of the tracker'],
  ['CampaignComplete', 'campaign complete'],
  ['CampaignTimedOut', 'campaign timed out'],
  ['CampaignFailed', 'campaign failed'],
  ['NotAllReached', 'not all reached'],
  ['NotReached', 'recipients not reached'],
  ['Complete', 'complete'],
  ['TimedOut', 'timed out'],
  ['Failed', 'failed'],
];

const LOCAL = 'arn:aws:states:us-east-1:000000000000:stateMachine:';
const SOURCE = 'notification-delivery-tracker';
const TRACKER: TrackerFacts = {
  stateMachineArn: `${LOCAL}TrackerTrackingStateMachine390C6796`,
  campaignStateMachineArn: `${LOCAL}TrackerCampaignsCampaignStateMachine43038274`,
  source: SOURCE,
};

/** Trackers that are called otherwise, by what the name of template and rule begins with. */
const OTHER_TRACKERS: readonly [start: string, TrackerFacts][] = [
  ['own bus: OwnBus/TrackerRules', { ...TRACKER, source: 'com.example/tracker' }],
  ['own bus: OwnBus/TrackerBusProbe', { ...TRACKER, source: 'com.example/tracker' }],
  [
    'imported tracker: ',
    {
      stateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:tracking',
      campaignStateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:campaigns',
      source: SOURCE,
    },
  ],
  [
    'two trackers: TwoTrackers/One',
    {
      stateMachineArn: `${LOCAL}OneTrackingStateMachineB7937DF5`,
      campaignStateMachineArn: `${LOCAL}OneCampaignsCampaignStateMachine3716D322`,
      source: SOURCE,
    },
  ],
  [
    'two trackers: TwoTrackers/Two',
    {
      stateMachineArn: `${LOCAL}TwoTrackingStateMachine50EC0C1D`,
      campaignStateMachineArn: `${LOCAL}TwoCampaignsCampaignStateMachineEEF43FDD`,
      source: SOURCE,
    },
  ],
];

export function patternsOfRules(): JudgedPattern[] {
  const judged = judgedTemplates();
  return judged.flatMap((one) =>
    Object.entries(one.template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::Events::Rule' || Type === 'AWS::Events::Archive')
      .map(([logicalId, { Properties }]) => {
        const name = `${one.name}/${logicalId}`;
        const pattern = resolve(imported(Properties?.EventPattern, one, judged), one.template) as object;
        return { name, pattern, listener: listenerOf(logicalId), tracker: trackerOf(name) };
      }),
  );
}

/** With the client there is no template: its user makes the rule. */
export function patternsOfClient(): JudgedPattern[] {
  const { stateMachineArn } = TRACKER;
  const ofCampaigns = { stateMachineArn: TRACKER.campaignStateMachineArn };
  const patterns: readonly [Listener, object][] = [
    ['client: all trackers', finalEventPattern()],
    ['client: one tracker', finalEventPattern({ stateMachineArn })],
    [
      'client: not all reached',
      finalEventPattern({
        outcomes: ['complete'],
        statuses: ['PARTIAL_SUCCESS', 'FAILURE'],
        stateMachineArn,
      }),
    ],
    ['client: status FAILURE', finalEventPattern({ statuses: ['FAILURE'] })],
    ['client: source acme', finalEventPattern({ source: 'acme' })],
    ['client: recipients not reached, all trackers', recipientsNotReachedPattern()],
    ['client: recipients not reached, one tracker', recipientsNotReachedPattern({ stateMachineArn })],
    ['client: recipients not reached, source acme', recipientsNotReachedPattern({ source: 'acme' })],
    ['client: campaigns, all trackers', campaignEventPattern()],
    ['client: campaigns, one tracker', campaignEventPattern(ofCampaigns)],
    [
      'client: campaigns, not complete',
      campaignEventPattern({ ...ofCampaigns, outcomes: ['timed-out', 'failed'] }),
    ],
    ['client: campaigns, source acme', campaignEventPattern({ source: 'acme' })],
  ];
  return patterns.map(([listener, pattern]) => ({ name: listener, pattern, listener, tracker: TRACKER }));
}

function listenerOf(logicalId: string): Listener {
  const [, listener] = LISTENERS.find(([part]) => logicalId.includes(part)) ?? [];
  if (listener === undefined) throw new Error(`what is the rule ${logicalId} for? Add it to LISTENERS.`);
  return listener;
}

function trackerOf(name: string): TrackerFacts {
  const [, tracker] = OTHER_TRACKERS.find(([start]) => name.startsWith(start)) ?? [];
  return tracker ?? TRACKER;
}

/** What a stack imports, as the stack beside it that exports it has it. */
function imported(value: unknown, importer: JudgedTemplate, judged: readonly JudgedTemplate[]): unknown {
  const text = JSON.stringify(value, (_, part) => {
    const name = part?.['Fn::ImportValue'];
    return name === undefined ? part : exportedBy(importer, name, judged);
  });
  return JSON.parse(text);
}

function exportedBy(importer: JudgedTemplate, name: string, judged: readonly JudgedTemplate[]): unknown {
  const [variant] = importer.name.split(': ');
  for (const { template } of judged.filter((other) => other.name.startsWith(`${variant}: `))) {
    const outputs = Object.values((template as ExportingTemplate).Outputs ?? {});
    const found = outputs.find(({ Export }) => Export?.Name === name);
    if (found !== undefined) return resolve(found.Value, template);
  }
  throw new Error(`nothing exports ${name}, which ${importer.name} imports`);
}

interface ExportingTemplate extends Template {
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>
  >;
}
