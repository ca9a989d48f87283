/** Trackings by their executions. Step Functions filters them by status; the rest is done here, and read in vain. */
import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { positionIn } from '../../../paging/cursor.ts';
import { type Span, spanOf } from '../../../paging/page-options.ts';
import type { Session, Tracker } from '../../../session.ts';
import { detailsOf, inLanes } from '../../../tracker/executions/details.ts';
import {
  beginningOf,
  type ListedAttempt,
  type ListPosition,
  listedAttempts,
  listPositionSchema,
} from '../../../tracker/executions/listed-attempts.ts';
import { ofCampaign } from '../../../tracker/executions/of-campaign.ts';
import { turns } from '../../../tracker/executions/paced.ts';
import type { Tracking } from '../../../tracker/executions/tracking.ts';
import type { ListOptions, Source } from './list-source.ts';

/** Where a list begins, and of which time it is, milliseconds since 1970. */
const startSchema = z.extend(listPositionSchema, {
  since: z.optional(z.number()),
  until: z.optional(z.number()),
});
type Start = ListPosition & Span;

interface Item {
  readonly listed: ListedAttempt;
  /** Where it had to be asked for already. */
  readonly tracking?: Tracking;
}

const RUNNING: readonly ExecutionStatus[] = ['RUNNING'];
const FAILED: readonly ExecutionStatus[] = ['FAILED', 'ABORTED', 'TIMED_OUT'];
/** AWS's limit. */
const PAGE_OF_ALL = 1_000;
/** So few that a page of the list needs one. */
const PAGE = 250;
const PIECE = 50;

/** @throws CommandError `WRONG_USAGE`, `INVALID_CURSOR`, `CURSOR_OF_ANOTHER_QUERY`. */
export function executionsToList(
  session: Session,
  { stateMachine }: Tracker,
  options: ListOptions,
): Source<Item> {
  const { running, failed, campaign, since, until, cursor, all } = options;
  const { arn } = stateMachine;
  const query = ['list', arn, running, failed, campaign, since?.text, until?.text];
  const times = spanOf(options, session.clock.now());
  const start: Start =
    cursor === undefined
      ? { ...beginningOf(running ? RUNNING : failed ? FAILED : [], all ? PAGE_OF_ALL : PAGE), ...times }
      : positionIn(cursor, query, startSchema);
  const turn = turns(session.clock, session.interrupted);
  const details = (item: ListedAttempt) => detailsOf(stateMachine, item.attempt, turn);
  const listed = within(listedAttempts(stateMachine, start), start);
  return {
    query,
    items: campaign === undefined ? eachListed(listed) : ofCampaign(listed, campaign, details),
    shown: (items) => inLanes(items, async ({ listed, tracking }) => tracking ?? details(listed)),
    after: ({ listed }) => ({ ...listed.position, since: start.since, until: start.until }),
    piece: PIECE,
  };
}

/** Executions come latest first, so that the first one before the span ends it. */
async function* within(
  listed: AsyncIterable<ListedAttempt>,
  { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: Partial<Span>,
): AsyncGenerator<ListedAttempt> {
  for await (const one of listed) {
    const startedAt = one.attempt.startedAt?.getTime() ?? 0;
    if (startedAt < since) return;
    if (startedAt <= until) yield one;
  }
}

async function* eachListed(listed: AsyncIterable<ListedAttempt>): AsyncGenerator<Item> {
  for await (const one of listed) yield { listed: one };
}
