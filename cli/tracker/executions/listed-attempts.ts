/** Attempts by the time of their start, latest first, from a place on: Step Functions lists them so, by status or all, and by nothing else. */
import { type ExecutionStatus, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { type Attempt, type StateMachine, toAttempt } from './attempts.ts';

const listPlaceSchema = z.object({
  /** Of the page; the first one has none. Step Functions keeps it for 24 hours. */
  token: z.optional(z.string()),
  /** ARN of the last one on the page that is left out, with those before it. */
  after: z.optional(z.string()),
});
/** Where the lists go on: one of each status. */
export const listPositionSchema = z.object({
  /** With a token it must stay the same. */
  size: z.int().check(z.minimum(1), z.maximum(1_000)),
  /** Start of the last one, milliseconds since 1970: whatever was started since is left out. */
  before: z.optional(z.number()),
  /** By status; a list that is read to its end is `null`. */
  lists: z.record(z.string(), z.nullable(listPlaceSchema)),
});
export type ListPosition = z.infer<typeof listPositionSchema>;
type ListPlace = z.infer<typeof listPlaceSchema>;

export interface ListedAttempt {
  readonly attempt: Attempt;
  /** What comes after it. */
  readonly position: ListPosition;
}

/** Stands for the list of all statuses. */
const ANY = 'ANY';

/** @param statuses of all, where there is none. */
export function beginningOf(statuses: readonly ExecutionStatus[], size: number): ListPosition {
  const names = statuses.length === 0 ? [ANY] : statuses;
  return { size, lists: Object.fromEntries(names.map((name) => [name, {}])) };
}

export async function* listedAttempts(
  stateMachine: StateMachine,
  position: ListPosition,
): AsyncGenerator<ListedAttempt> {
  const { size, before } = position;
  const lists = Object.entries(position.lists).map(([status, place]) => ({ status, ...openAt(place) }));
  await Promise.all(lists.map((list) => fill(stateMachine, list, size, before)));
  for (;;) {
    const list = lists.reduce<List | undefined>(laterOf, undefined);
    const attempt = list?.page.shift();
    if (list === undefined || attempt === undefined) return;
    list.after = attempt.executionArn;
    const places = lists.map((one) => [one.status, placeOf(one)]);
    yield { attempt, position: { size, before: startOf(attempt), lists: Object.fromEntries(places) } };
    await fill(stateMachine, list, size, before);
  }
}

interface List extends ReturnType<typeof openAt> {
  readonly status: string;
}

function openAt(place: ListPlace | null) {
  return {
    page: [] as Attempt[],
    token: place?.token,
    after: place?.after,
    /** `false` where it is not read yet. */
    next: (place === null ? undefined : false) as string | undefined | false,
  };
}

/** Reads on where the page is used up. */
async function fill(
  { client, arn }: StateMachine,
  list: List,
  size: number,
  before: number | undefined,
): Promise<void> {
  while (list.page.length === 0 && list.next !== undefined) {
    if (list.next !== false) Object.assign(list, { token: list.next, after: undefined });
    const { executions = [], nextToken } = await client.send(
      new ListExecutionsCommand({
        stateMachineArn: arn,
        maxResults: size,
        ...(list.token !== undefined && { nextToken: list.token }),
        ...(list.status !== ANY && { statusFilter: list.status as ExecutionStatus }),
      }),
    );
    list.next = nextToken;
    list.page = leftOf(executions.map(toAttempt), list.after, before);
  }
}

/** A first page moves on with each start, so that its rest may be elsewhere by now. */
function leftOf(page: Attempt[], after: string | undefined, before: number | undefined): Attempt[] {
  const place = page.findIndex(({ executionArn }) => executionArn === after);
  return page.slice(place + 1).filter((attempt) => before === undefined || startOf(attempt) <= before);
}

function placeOf({ page, token, after, next }: List): ListPlace | null {
  if (page.length > 0 || next === false) {
    return { ...(token !== undefined && { token }), ...(after !== undefined && { after }) };
  }
  return next === undefined ? null : { token: next };
}

function laterOf(one: List | undefined, other: List): List | undefined {
  const [head, otherHead] = [one?.page[0], other.page[0]];
  if (otherHead === undefined) return one;
  return head === undefined || startOf(otherHead) > startOf(head) ? other : one;
}

function startOf({ startedAt }: Attempt): number {
  return startedAt?.getTime() ?? 0;
}
