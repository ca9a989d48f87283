/** One tracking of the deployed artefacts on this machine, and all that it asked of AWS. */
import { rmSync } from 'node:fs';
import { parseCredentials } from '../lambdas/check-delivery/kore/access/credentials.ts';
import { localAws } from '../local/aws/local-aws.ts';
import { jumpingClock } from '../local/clock.ts';
import { koreSimulator } from '../local/kore/simulator.ts';
import { synthesise } from '../local/synthesise.ts';
import { unitsOf } from './write-units.ts';

export interface Usage {
  readonly recipients: number;
  readonly transitions: number;
  readonly invocations: number;
  /** Requests to DynamoDB, by the name of the operation. */
  readonly requests: Readonly<Record<string, number>>;
  /** Write units of the delivery log: rows, summary and final event by their size, once in the table and once in each index. */
  readonly rowUnits: number;
}

const SECRET = JSON.stringify({ clientId: 'cs-bench', clientSecret: 'a secret of the benchmark only' });
const STREAM_ID = 'st-bench';
/** One in eight fails. */
const COURSE = { durationSeconds: 100, fails: (i: number) => i % 8 === 5, fault: () => undefined };

/** A delivery of 100 s to so many recipients, tracked with the defaults on a clock that jumps over the waits. */
export async function trackOne(recipients: number): Promise<Usage> {
  const clock = jumpingClock();
  const kore = await koreSimulator(parseCredentials(SECRET), clock);
  const { directory, deployment } = await synthesise({ host: kore.origin });
  const aws = await localAws(deployment, SECRET, clock);
  try {
    const requests: Record<string, number> = {};
    aws.onTableRequest((operation) => {
      requests[operation] = (requests[operation] ?? 0) + 1;
    });
    const input = { requestId: `ds-${recipients}`, streamId: STREAM_ID, recipients };
    kore.send({ ...input, course: COURSE });
    let invocations = 0;
    const execution = aws.track({
      name: input.requestId,
      input,
      onCheck: () => {
        invocations += 1;
      },
    });
    const { states } = await execution.ended;
    const asked = { ...requests };
    const rows = [...(await aws.rowsOf(input.requestId)), ...(await aws.rowsOf(execution.arn))];
    return {
      recipients,
      transitions: states.length,
      invocations,
      requests: asked,
      rowUnits: sum(rows.map(unitsOf)),
    };
  } finally {
    await aws.close();
    await kore.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
