/** Whether trackings that run are held by an obstacle, and since when. */
import type { TrackedNotification } from '../../credentials/credentials-commands.ts';
import { obstacleMeaning } from '../../text/obstacle-sentence.ts';
import { timestamp } from '../../text/timestamp.ts';
import type { SeenCheck } from '../../tracker/executions/seen-checks.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { remedyFor } from '../remedies.ts';

export interface RunningRead {
  /** Trackings that run. */
  readonly running: number;
  /** Those of them that were asked for their latest checks, the latest last. */
  readonly asked: readonly { readonly requestId: string; readonly checks: readonly SeenCheck[] }[];
}

export const RUNNING_TRACKINGS: Examination<RunningRead> = {
  name: 'running trackings',
  well: 'none is held by an obstacle',
  findingsIn({ running, asked }) {
    const held = asked.flatMap(({ requestId, checks }) => heldBy(requestId, checks));
    const groups = [...new Set(held.map(({ obstacle }) => obstacle))]
      .map((obstacle) => [obstacle, held.filter((one) => one.obstacle === obstacle)] as const)
      .sort(([, one], [, other]) => other.length - one.length);
    const of = running === asked.length ? '' : `, of ${asked.length} asked of ${running} that run`;
    return groups.flatMap(([obstacle, members]) => findingsOn(obstacle, members, of));
  },
};

interface Held extends TrackedNotification {
  readonly obstacle: string;
  /** When the first check of the unbroken row came back. */
  readonly since: Date | undefined;
}

/** One check alone meets trouble that may be over at the next; these are not. */
const IN_A_ROW = 2;
const AT_ONCE: readonly string[] = ['CREDENTIALS_REFUSED', 'NOT_CONFIGURED', 'INVALID_SECRET'];

function heldBy(requestId: string, checks: readonly SeenCheck[]): Held[] {
  const { obstacle, streamId } = checks.at(-1) ?? {};
  if (obstacle === undefined) return [];
  const row = checks.slice(checks.findLastIndex((check) => check.obstacle !== obstacle) + 1);
  if (row.length < IN_A_ROW && !AT_ONCE.includes(obstacle)) return [];
  return [{ requestId, streamId, obstacle, since: row[0]?.at }];
}

function findingsOn(obstacle: string, members: readonly Held[], of: string): Finding[] {
  const [first] = members;
  if (first === undefined) return [];
  const { code, severity, advice, commands = [] } = remedyFor(obstacle, first);
  const number = members.length === 1 ? '1 running tracking is' : `${members.length} running trackings are`;
  const times = members.flatMap(({ since }) => (since === undefined ? [] : [since.getTime()]));
  const since = times.length === 0 ? '' : `, at least since ${timestamp(Math.min(...times))}`;
  return [
    {
      code,
      severity,
      what: `${number} held by ${obstacle}${of}${since}: ${obstacleMeaning(obstacle) ?? 'another release knows it.'}`,
      advice,
      commands: [...commands, ['show', first.requestId]],
    },
  ];
}
