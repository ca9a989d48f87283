/** Call budgets in DynamoDB: one item for each quota key, so that one conditional update holds both of Kore.ai's limits. */

import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { BUDGET_KEPT_SECONDS, PAUSED_AT, QUOTA_KEY } from '../../../contract/table-names.ts';
import { isConditionFailure } from '../../aws-error.ts';
import { changesBy, type Lesson } from '../schedule/life-table.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './call-budget.ts';
import { type Capacity, PARTS_OF_SPAN, partOf, slotAt, spansWith } from './call-limits.ts';
import { COARSE_SECONDS, FINE_SECONDS, oldestStretches, stretchOf } from './starts.ts';

const NOT_PAUSED = `attribute_not_exists(${PAUSED_AT})`;

/** What slots said is of use for this long after them. */
const SLOT_KEPT_SECONDS = 300;
/** Longer than a reservation is good for, with clocks that differ. */
const RESERVED_KEPT_SECONDS = 20;

/**
 * The item's attributes. One expression has many of them, so they are short:
 *
 * - `s<slot>` and `r<first part>` count the calls of slots and spans, `b<slot>` those that were reserved ahead;
 * - `u<slot>` is the set of a slot's spent numbers;
 * - `l<age>` and `e<age>` count deliveries that lived to an age, and that ended before the next;
 * - `f<stretch>` and `c<stretch>` count trackings that began in a fine and in a coarse stretch of time.
 */
type Item = Readonly<Record<string, unknown>>;

export function budgetIn(client: DynamoDBDocumentClient, TableName: string, capacity: Capacity): BudgetStore {
  async function change(
    quotaKey: string,
    now: number,
    { adds, remove = [], conditions = [], values }: Change,
  ) {
    // One expression cannot add to what it removes. A start that is told of late is of a time that is outdated.
    const removed = remove.filter((name) => !adds.some((added) => added.startsWith(`${name} `)));
    const { Attributes = {} } = await client.send(
      new UpdateCommand({
        TableName,
        Key: { [QUOTA_KEY]: quotaKey },
        UpdateExpression: [
          `ADD ${adds.join(', ')} SET expiresAt = :expiresAt`,
          ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(', ')}`]),
        ].join(' '),
        ConditionExpression: [NOT_PAUSED, ...conditions].join(' AND '),
        ExpressionAttributeValues: { ...values, ':expiresAt': Math.floor(now / 1000) + BUDGET_KEPT_SECONDS },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return stateFrom(Attributes, now, capacity);
  }

  return {
    async read(quotaKey, now) {
      const request = { TableName, Key: { [QUOTA_KEY]: quotaKey }, ConsistentRead: true };
      const { Item = {} } = await client.send(new GetCommand(request));
      return stateFrom(Item, now, capacity);
    },

    book(quotaKey, { slot, open, isReservation, lesson, state, now }) {
      const spans = spansWith(slot, capacity).map((span) => `r${span}`);
      const learnt = addsOf(lesson, state);
      return unlessRefused(
        'full',
        change(quotaKey, now, {
          adds: [
            `s${slot} :one`,
            ...(isReservation ? [`b${slot} :one`] : []),
            ...spans.map((span) => `${span} :one`),
            ...learnt.adds,
          ],
          remove: state.outdated,
          conditions: [below(`s${slot}`, ':open'), ...spans.map((span) => below(span, ':span'))],
          values: { ...learnt.values, ':one': 1, ':open': open, ':span': capacity.callsInSpan },
        }),
      );
    },

    // Where an answer is lost, the SDK's own second try finds our own mark and we read "spent". It stays so: another
    // invocation of the same check may have made the mark, and two calls by one reservation break the limit, where one
    // reservation wasted costs a free call of the present slot.
    spend(quotaKey, { slot, number }, now) {
      return unlessRefused(
        'spent',
        change(quotaKey, now, {
          adds: [`u${slot} :spent`],
          // A reservation of another table, or one that was never made, would be a call that no window counts.
          conditions: [`b${slot} >= :number`, `NOT contains(u${slot}, :number)`],
          values: { ':spent': new Set([number]), ':number': number },
        }),
      );
    },

    async learn(quotaKey, lesson, state, now) {
      const { adds, values } = addsOf(lesson, state);
      if (adds.length === 0) return;
      await unlessRefused('paused', change(quotaKey, now, { adds, remove: state.outdated, values }));
    },
  };
}

interface Change {
  readonly adds: readonly string[];
  readonly remove?: readonly string[];
  readonly conditions?: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

function below(attribute: string, limit: string): string {
  return `(attribute_not_exists(${attribute}) OR ${attribute} < ${limit})`;
}

function addsOf(lesson: Lesson | undefined, { lives }: BudgetState): Pick<Change, 'adds' | 'values'> {
  if (lesson === undefined) return { adds: [], values: {} };
  const added: [name: string, value: number][] = changesBy(lesson, lives).flatMap(
    ({ age, lived, ended }): [string, number][] => [
      [`l${age}`, lived],
      ...(ended === 0 ? [] : ([[`e${age}`, ended]] as [string, number][])),
    ],
  );
  if (lesson.startedAt !== undefined) {
    added.push([`f${stretchOf(lesson.startedAt, FINE_SECONDS)}`, 1]);
    added.push([`c${stretchOf(lesson.startedAt, COARSE_SECONDS)}`, 1]);
  }
  return {
    adds: added.map(([name]) => `${name} :${name}`),
    values: Object.fromEntries(added.map(([name, value]) => [`:${name}`, value])),
  };
}

async function unlessRefused<R extends string>(
  refused: R,
  changed: Promise<BudgetState>,
): Promise<BudgetState | R> {
  try {
    return await changed;
  } catch (error) {
    if (isConditionFailure(error)) return refused;
    throw error;
  }
}

/** At most as many as an expression can name. */
const MOST_REMOVED = 100;

function stateFrom(item: Item, now: number, capacity: Capacity): BudgetState {
  const oldestSlot = slotAt(now - SLOT_KEPT_SECONDS * 1000);
  const oldestReserved = slotAt(now - RESERVED_KEPT_SECONDS * 1000);
  const oldestSpan = partOf(oldestSlot, capacity) - PARTS_OF_SPAN + 1;
  const oldestStart = oldestStretches(now);
  const isOutdated: Record<string, (value: number) => boolean> = {
    s: (slot) => slot < oldestSlot,
    b: (slot) => slot < oldestReserved,
    u: (slot) => slot < oldestReserved,
    r: (span) => span < oldestSpan,
    f: (stretch) => stretch < oldestStart.fine,
    c: (stretch) => stretch < oldestStart.coarse,
  };
  const outdated = Object.keys(item).filter((name) => {
    const [, kind = '', number = ''] = NAME.exec(name) ?? [];
    return OF_0_1_0.test(name) || (isOutdated[kind]?.(Number(number)) ?? false);
  });
  return {
    bookings: {
      slots: numbersIn(item, 's'),
      reserved: numbersIn(item, 'b'),
      spans: numbersIn(item, 'r'),
    },
    lives: { lived: countsIn(item, 'l'), ended: countsIn(item, 'e') },
    starts: { fine: numbersIn(item, 'f'), coarse: numbersIn(item, 'c') },
    outdated: outdated.slice(0, MOST_REMOVED),
    ...(typeof item[PAUSED_AT] === 'string' && { pausedAt: item[PAUSED_AT] }),
  };
}

const NAME = /^([sburlefc])(\d+)$/;
/** What 0.1.0 learnt, of other ages. */
const OF_0_1_0 = /^[ae]\d+_\d+$/;

function numbersIn(item: Item, kind: string): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const [name, value] of Object.entries(item)) {
    const [, ofKind, number] = NAME.exec(name) ?? [];
    // An operator may have written anything.
    if (ofKind === kind && Number.isFinite(value)) numbers.set(Number(number), value as number);
  }
  return numbers;
}

/** By age. */
function countsIn(item: Item, kind: string): number[] {
  const counts: number[] = [];
  for (const [age, count] of numbersIn(item, kind)) counts[age] = Math.max(0, count);
  return counts;
}
