/** All examinations of a tracker. Each read goes its own way, so the slowest of them is what doctor takes. */
import type { TrackerDescription } from '../../contract/tracker-description.ts';
import type { Session, Tracker } from '../session.ts';
import { allTrackers } from '../tracker/find-tracker.ts';
import { type Diagnosis, diagnosisOf } from './diagnosis.ts';
import { examined } from './examination.ts';
import { ALARMS } from './examinations/alarms.ts';
import { CALL_BUDGET } from './examinations/call-budget.ts';
import { DEAD_LETTERS } from './examinations/dead-letters.ts';
import { EVENT_BUS } from './examinations/event-bus.ts';
import { FUNCTIONS } from './examinations/functions.ts';
import { PAUSES } from './examinations/pauses.ts';
import { RELEASES } from './examinations/releases.ts';
import { RUNNING_TRACKINGS } from './examinations/running-trackings.ts';
import { SECRET } from './examinations/secret.ts';
import { SEPARATE_BUDGETS } from './examinations/separate-budgets.ts';
import { THROTTLED_WRITES } from './examinations/throttled-writes.ts';
import { readAlarms } from './reads/read-alarms.ts';
import { pausedIn, readBudget, readOtherBudgets } from './reads/read-budgets.ts';
import { readBus } from './reads/read-bus.ts';
import { readDeadLetters } from './reads/read-dead-letters.ts';
import { readLastHour } from './reads/read-last-hour.ts';
import { readRunning } from './reads/read-running.ts';
import { readWhatIsHandedOut } from './reads/read-secret.ts';

/** @param release of this command line. */
export async function examineTracker(
  session: Pick<Session, 'clock' | 'interrupted' | 'command' | 'awsCommand'>,
  { description, stateMachine, secret, aws }: Tracker,
  release: string,
): Promise<Diagnosis> {
  const { deadLetterQueueUrl, alarms = {}, callBudgetTableName, checkFunctionName } = description;
  const now = session.clock.now();
  const budget = readBudget(aws.database, callBudgetTableName);
  const results = await Promise.all([
    examined(Promise.resolve({ deployed: description.release, own: release }), RELEASES),
    examined(secret === undefined ? NOT_NAMED : readWhatIsHandedOut(secret), SECRET),
    examined(readRunning(stateMachine, session), RUNNING_TRACKINGS),
    examined(budget.then(pausedIn), PAUSES),
    examined(
      Promise.all([budget, allTrackers(aws.cloudFormation)]).then(([own, trackers]) =>
        readOtherBudgets(aws.database, description, own, trackers, now),
      ),
      SEPARATE_BUDGETS,
    ),
    examined(
      aws.cloudWatch().then((client) => readLastHour(client, description, now)),
      CALL_BUDGET,
      THROTTLED_WRITES,
      ...(checkFunctionName === undefined ? [] : [FUNCTIONS]),
    ),
    checkFunctionName === undefined ? examined(NOT_NAMED, FUNCTIONS) : [],
    examined(
      whyNotItsBus(description) ?? aws.eventBridge().then((client) => readBus(client, description)),
      EVENT_BUS,
    ),
    examined(
      deadLetterQueueUrl === undefined
        ? NOT_NAMED
        : aws.sqs().then((client) => readDeadLetters(client, deadLetterQueueUrl)),
      DEAD_LETTERS,
    ),
    examined(
      whyNoAlarms(description) ?? aws.cloudWatch().then((client) => readAlarms(client, alarms)),
      ALARMS,
    ),
  ]);
  return diagnosisOf(description.name, results.flat(), session);
}

const NOT_NAMED = 'the stack is of a release that does not say where it is';

function whyNoAlarms({ alarms }: TrackerDescription): string | undefined {
  if (alarms === undefined) return NOT_NAMED;
  return Object.keys(alarms).length === 0 ? 'the tracker has none' : undefined;
}

/** Only the owner of a bus can list its rules. */
function whyNotItsBus({ eventBusArn, stateMachineArn }: TrackerDescription): string | undefined {
  if (eventBusArn === undefined) return NOT_NAMED;
  const placeOf = (arn: string) => arn.split(':').slice(3, 5).join();
  return placeOf(eventBusArn) === placeOf(stateMachineArn) ? undefined : 'it is of another account or region';
}
