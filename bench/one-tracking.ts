/** One tracking of the deployed artefacts on this machine, and all that it asked of AWS. */
import { rmSync } from 'node:fs';
import { parseCredentials } from '../contract/credentials.ts';
import type { BusEvent } from '../local/aws/event-bus.ts';
import { localAws } from '../local/aws/local-aws.ts';
import { jumpingClock } from '../local/clock.ts';
import type { Course } from '../local/kore/scenario.ts';
import { koreSimulator } from '../local/kore/simulator.ts';
import { synthesise } from '../local/synthesise.ts';
import { unitsOf } from './cost/write-units.ts';
import { teach } from './teach.ts';

export interface Usage {
  readonly recipients: number;
  readonly transitions: number;
  /** The plan of the first check, and the checks. */
  readonly invocations: number;
  /** From the end of the delivery to the check that finds it. */
  readonly secondsLate: number;
  /** Requests to DynamoDB, by the name of the operation. */
  readonly requests: Readonly<Record<string, number>>;
  /** Write units of the delivery log: rows, summary and final event by their size, once in the table and once in each index. */
  readonly rowUnits: number;
  /** What went out. */
  readonly events: readonly BusEvent[];
  /** Bytes of the largest answer of a check: the state until the next one, with what is announced. */
  readonly answerBytes: number;
}

export interface Tracked {
  readonly course?: Course;
  readonly announceFailures?: boolean;
  readonly campaignId?: string;
  /** Seconds that each of the bot's deliveries took which the tracker has seen before; none by default. */
  readonly durationsBefore?: readonly number[];
}

const SECRET = JSON.stringify({ clientId: 'cs-bench', clientSecret: 'a secret of the benchmark only' });
const STREAM_ID = 'st-bench';
/** Of a delivery, where nothing else is said. */
export const DURATION_SECONDS = 100;
/** One in eight fails. */
const COURSE: Course = {
  durationSeconds: DURATION_SECONDS,
  fails: (i: number) => i % 8 === 5,
  fault: () => undefined,
};

/** A delivery to so many recipients, of `DURATION_SECONDS` by default, tracked with the defaults on a clock that jumps over the waits. */
export async function trackOne(recipients: number, tracked: Tracked = {}): Promise<Usage> {
  const { course = COURSE, announceFailures = false, campaignId, durationsBefore = [] } = tracked;
  const clock = jumpingClock();
  const kore = await koreSimulator(parseCredentials(SECRET), clock);
  const { directory, deployment } = await synthesise({ host: kore.origin, announceFailures });
  const answers: unknown[] = [];
  let lastInvokedAt = 0;
  const aws = await localAws(
    deployment,
    SECRET,
    clock,
    {},
    {
      task: (name, perform) => async (given) => {
        const invokedAt = clock.now();
        const result = await perform(given);
        if (name === 'function') {
          answers.push(result);
          lastInvokedAt = invokedAt;
        }
        return result;
      },
    },
  );
  try {
    const { tables } = aws;
    const { name: budgetTableName } = deployment.budgetTable;
    await teach({ tables, budgetTableName, streamId: STREAM_ID }, durationsBefore);
    const requests: Record<string, number> = {};
    aws.onTableRequest((operation) => {
      requests[operation] = (requests[operation] ?? 0) + 1;
    });
    const input = { requestId: `ds-${recipients}`, streamId: STREAM_ID, recipients };
    const sentAt = clock.now();
    kore.send({ ...input, course });
    const execution = aws.track({
      name: input.requestId,
      input: { ...input, ...(campaignId !== undefined && { campaignId }) },
    });
    const { states } = await execution.ended;
    const asked = { ...requests };
    const rows = [...(await aws.rowsOf(input.requestId)), ...(await aws.rowsOf(execution.arn))];
    return {
      recipients,
      transitions: states.length,
      invocations: answers.length,
      secondsLate: (lastInvokedAt - sentAt) / 1_000 - course.durationSeconds,
      requests: asked,
      rowUnits: sum(rows.map(unitsOf)),
      events: [...aws.events],
      answerBytes: Math.max(...answers.map((answer) => Buffer.byteLength(JSON.stringify(answer)))),
    };
  } finally {
    await aws.close();
    await kore.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
