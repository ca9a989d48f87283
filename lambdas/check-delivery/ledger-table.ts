/** Ledgers in DynamoDB: one item for each bot, so that one conditional update holds both of Kore.ai's limits. */
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LedgerStore } from './call-budget.ts';
import { type Capacity, PARTS_OF_RUN, partOf, runsWith, slotAt } from './call-limits.ts';
import type { Ledger } from './ledger.ts';
import { type Lesson, sumOfGenerations } from './life-table.ts';

/** Partition key of the table; the TTL attribute is `expiresAt`. */
export const LEDGER_KEY = 'bot';

/**
 * Attribute that pauses a bot: an operator writes the time there and takes `expiresAt` away, so that the pause outlasts
 * the budget. While it is there, nothing here changes the item.
 */
export const PAUSED_AT = 'pausedAt';
const NOT_PAUSED = `attribute_not_exists(${PAUSED_AT})`;

/** Longer than the long window, and long enough for a bot's life table to outlast a quiet month. */
export const KEPT_SECONDS = 60 * 86_400;
/** What slots said is of use for this long after them. */
const SLOT_KEPT_SECONDS = 300;
/** Longer than a reservation is good for, with clocks that differ. */
const RESERVED_KEPT_SECONDS = 20;

/**
 * The item's attributes, many in one expression and therefore short: `s<slot>` and `r<first part>` count the calls of
 * slots and runs, `b<slot>` those that were booked ahead, `u<slot>` is the set of a slot's spent numbers, `a<generation>_<age>` and `e<generation>_<age>` count
 * deliveries that reached an age and that ended at it.
 */
type Item = Readonly<Record<string, unknown>>;

export function ledgersIn(
  client: DynamoDBDocumentClient,
  TableName: string,
  capacity: Capacity,
): LedgerStore {
  async function change(bot: string, now: number, { adds, remove = [], conditions = [], values }: Change) {
    const { Attributes = {} } = await client.send(
      new UpdateCommand({
        TableName,
        Key: { [LEDGER_KEY]: bot },
        UpdateExpression: [
          `ADD ${adds.join(', ')} SET expiresAt = :expiresAt`,
          ...(remove.length === 0 ? [] : [`REMOVE ${remove.join(', ')}`]),
        ].join(' '),
        ConditionExpression: [NOT_PAUSED, ...conditions].join(' AND '),
        ExpressionAttributeValues: { ...values, ':expiresAt': Math.floor(now / 1000) + KEPT_SECONDS },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return ledgerOf(Attributes, now, capacity);
  }

  return {
    async read(bot, now) {
      const request = { TableName, Key: { [LEDGER_KEY]: bot }, ConsistentRead: true };
      const { Item = {} } = await client.send(new GetCommand(request));
      return ledgerOf(Item, now, capacity);
    },

    take(bot, { slot, open, isReservation, lesson, ledger, now }) {
      const runs = runsWith(slot, capacity).map((run) => `r${run}`);
      return unlessRefused(
        'full',
        change(bot, now, {
          adds: [
            `s${slot} :one`,
            ...(isReservation ? [`b${slot} :one`] : []),
            ...runs.map((run) => `${run} :one`),
            ...addsOf(lesson, ledger),
          ],
          remove: ledger.outdated,
          conditions: [below(`s${slot}`, ':open'), ...runs.map((run) => below(run, ':run'))],
          values: { ':one': 1, ':open': open, ':run': capacity.callsInRun },
        }),
      );
    },

    // Where an answer is lost, the SDK's own second try finds our own mark and we read "spent". It stays so: another
    // invocation of the same check may have made the mark, and two calls by one reservation break the limit, where one
    // reservation wasted costs a free call of the present slot.
    spend(bot, { slot, number }, now) {
      return unlessRefused(
        'spent',
        change(bot, now, {
          adds: [`u${slot} :spent`],
          // A reservation of another table, or of nobody, would be a call that no window counts.
          conditions: [`b${slot} >= :number`, `NOT contains(u${slot}, :number)`],
          values: { ':spent': new Set([number]), ':number': number },
        }),
      );
    },

    async learn(bot, lesson, ledger, now) {
      const adds = addsOf(lesson, ledger);
      await unlessRefused(
        'paused',
        change(bot, now, { adds, remove: ledger.outdated, values: { ':one': 1 } }),
      );
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

function addsOf(lesson: Lesson | undefined, { generation }: Ledger): string[] {
  if (lesson === undefined) return [];
  const { reached, ended } = lesson;
  const adds = reached.map((age) => `a${generation}_${age} :one`);
  return ended === undefined ? adds : [...adds, `e${generation}_${ended} :one`];
}

async function unlessRefused<R extends string>(refused: R, changed: Promise<Ledger>): Promise<Ledger | R> {
  try {
    return await changed;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return refused;
    throw error;
  }
}

/** At most as many as an expression can name. */
const MOST_REMOVED = 100;

function ledgerOf(item: Item, now: number, capacity: Capacity): Ledger {
  const { lives, generation } = sumOfGenerations(countsIn(item, 'a'), countsIn(item, 'e'));
  const oldestSlot = slotAt(now - SLOT_KEPT_SECONDS * 1000);
  const oldestRun = partOf(oldestSlot, capacity) - PARTS_OF_RUN + 1;
  const isOutdated: Record<string, (value: number) => boolean> = {
    s: (slot) => slot < oldestSlot,
    b: (slot) => slot < slotAt(now - RESERVED_KEPT_SECONDS * 1000),
    u: (slot) => slot < oldestSlot,
    r: (run) => run < oldestRun,
    a: (ofGeneration) => ofGeneration < generation - 1,
    e: (ofGeneration) => ofGeneration < generation - 1,
  };
  const outdated = Object.keys(item).filter((name) => {
    const [, kind = '', number = ''] = NAME.exec(name) ?? [];
    return isOutdated[kind]?.(Number(number)) ?? false;
  });
  return {
    slots: numbersIn(item, 's'),
    reserved: numbersIn(item, 'b'),
    runs: numbersIn(item, 'r'),
    lives,
    generation,
    outdated: outdated.slice(0, MOST_REMOVED),
    ...(typeof item[PAUSED_AT] === 'string' && { pausedAt: item[PAUSED_AT] }),
  };
}

const NAME = /^([sburae])(\d+)(?:_(\d+))?$/;

function numbersIn(item: Item, kind: string): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const [name, value] of Object.entries(item)) {
    const [, ofKind, number] = NAME.exec(name) ?? [];
    if (ofKind === kind) numbers.set(Number(number), value as number);
  }
  return numbers;
}

/** By generation and age. */
function countsIn(item: Item, kind: string): Map<number, number[]> {
  const counts = new Map<number, number[]>();
  for (const [name, value] of Object.entries(item)) {
    const [, ofKind, generation, age] = NAME.exec(name) ?? [];
    if (ofKind !== kind) continue;
    const ofGeneration = counts.get(Number(generation)) ?? [];
    ofGeneration[Number(age)] = value as number;
    counts.set(Number(generation), ofGeneration);
  }
  return counts;
}
