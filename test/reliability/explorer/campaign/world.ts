/** A campaign as parts that are shared and processes that share them, and what must be true of it in the end. */

import type { CampaignRow } from '../../../../contract/campaign/campaign-row.ts';
import type { Summary } from '../../../../contract/delivery-log-row.ts';
import { endedWith } from '../../../../lambdas/check-campaign/ending/campaign-event.ts';
import type { FinalEventRow } from '../../../../lambdas/check-delivery/rows/final-event-table.ts';
import { faultInTruth, type JudgedExecution } from '../../careless/model.ts';
import type { StepFunctions } from '../../careless/step-functions.ts';
import { type Explorable, explorable, type Moment, wrongAt } from '../moment.ts';
import { busPart, endPart, type Heard } from '../parts.ts';
import type { Script } from '../run.ts';
import { campaignExecution, LETTER, redrive, reporter } from './execution.ts';
import { type CampaignsPart, campaignRowPart, clockPart, indexPart, redrivenPart } from './parts.ts';
import { ANNOUNCED, CAMPAIGN_ARN, CAMPAIGN_ID, type CampaignScenario, summaryOf } from './scenario.ts';

export function campaignWorld(scenario: CampaignScenario, stepFunctions: StepFunctions): Promise<Explorable> {
  const { campaigns, finalEvents } = scenario.stores;
  return explorable(
    [
      campaignExecution(scenario, stepFunctions),
      reporter(scenario, stepFunctions),
      redrive(scenario, stepFunctions),
      notificationEnds(scenario),
    ],
    {
      index: () => indexPart(campaigns()),
      'campaign row': () => campaignRowPart(campaigns()),
      end: () => endPart(finalEvents(), CAMPAIGN_ARN),
      execution: () => redrivenPart({ does: 'check', state: scenario.state }),
      [`bus ${LETTER}`]: busPart,
      clock: clockPart,
    },
    (moment, isOver) => wrongAt(moment) ?? (isOver ? faultAtEnd(moment, scenario) : undefined),
  );
}

function notificationEnds({ now }: CampaignScenario): Script {
  return {
    name: 'the other notification',
    order: ['index'],
    startsAt: now,
    async run(ask) {
      const doing = ({ campaigns }: CampaignsPart) => campaigns.saveSummary(summaryOf('ds-2'));
      await ask({ place: 'ends', part: 'index', args: [], doing, faults: [] });
    },
  };
}

function faultAtEnd({ processes, parts }: Moment, { isImpatient }: CampaignScenario): string | undefined {
  const contentOf = <T>(name: string) => parts[name]?.content as T;
  const end = contentOf<FinalEventRow | undefined>('end');
  const row = contentOf<CampaignRow | undefined>('campaign row');
  const heard = contentOf<Heard>(`bus ${LETTER}`);
  const execution = {
    ...contentOf<Pick<JudgedExecution, 'status' | 'outcome'>>('execution'),
    ...{ arn: CAMPAIGN_ARN, name: CAMPAIGN_ID, events: heard.events.map((text) => JSON.parse(text)) },
  };
  const fault = faultInTruth({ stores: { finalEvents: { rowOf: () => end } } }, execution);
  if (fault !== undefined || end === undefined) return fault;
  const told = endedWith(end.outcome, JSON.parse(end.detail));
  for (const { facts } of processes) {
    if (facts.output !== undefined && JSON.stringify(facts.output) !== JSON.stringify(told.output))
      return 'its output is another';
  }
  if (row?.outcome === undefined && isImpatient) return undefined;
  if (row?.outcome !== end.outcome) return `its row is ${row?.outcome}, its event ${end.outcome}`;
  const { notifications } = told.detail.data;
  if (notifications === undefined) return undefined;
  if (JSON.stringify(row.notifications) !== JSON.stringify(notifications)) return 'its row has other numbers';
  const { complete, timedOut, failed, missing } = notifications;
  const ended = complete + timedOut + failed;
  const said = contentOf<readonly Summary[]>('index').length;
  if (ended > said) return `it counts ${ended} ends of ${said}`;
  if (end.outcome === 'complete' && ended < ANNOUNCED) return 'it is complete before its notifications are';
  return missing === ANNOUNCED - ended ? undefined : 'it miscounts';
}
