/**
 * Questions 3 and 4, for one notification: what writing its rows takes, by the number of recipients.
 *
 *     npm run bench -- rows
 */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DeployedTable } from '../../local/aws/deployment.ts';
import { tableServer } from '../../local/aws/table-server.ts';
import { synthesise } from '../../local/synthesise.ts';
import { type Chart, lineChart } from '../page/chart.ts';
import { markdownTable, number, type Section } from '../page/section.ts';
import type { SavingRun, SavingTaken } from './save-rows.ts';

const RECIPIENTS = [1, 10, 100, 300, 1_000, 3_000];
const RUNS = 5;
/** AWS docs, Lambda memory: one processor for 1,769 MB. */
const MB_OF_A_PROCESSOR = 1_769;
/** What the function has, twice that, and a whole processor. */
const MEMORIES_MB = [512, 1_024, MB_OF_A_PROCESSOR];

interface Measured extends SavingTaken {
  readonly recipients: number;
  /** Of two checks at once, both. */
  readonly overlapped: SavingTaken;
}

export async function rowsSection(): Promise<Section> {
  const { directory, deployment } = await synthesise({});
  try {
    const measured: Measured[] = [];
    for (const recipients of RECIPIENTS) measured.push(await measure(recipients, deployment.table));
    return {
      name: 'rows',
      command: 'npm run bench -- rows',
      text: [
        `Saving all logs of one notification at once, by the function's own code in a fresh process, into dynalite in another; median of ${RUNS} runs.`,
        markdownTable(
          [
            'recipients',
            'processor ms',
            ...MEMORIES_MB.map((mb) => `s at ${number(mb)} MB`),
            'requests',
            'write units',
          ],
          measured.map(rowOf),
        ),
        'The seconds are the processor time by the share of a processor that Lambda gives: 0.29 at 512 MB. Sixteen requests are under way at once; the encryption of connections comes on top.',
        'Two checks at once, the later one with a newer version of every log; both together:',
        markdownTable(
          ['recipients', 'processor ms', 'requests', 'write units'],
          measured.map(({ recipients, overlapped: { cpuMilliseconds, requests, writeUnits } }) =>
            [recipients, cpuMilliseconds, requests, writeUnits].map(number),
          ),
        ),
      ].join('\n\n'),
      charts: [chartOf(measured)],
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(recipients: number, table: DeployedTable): Promise<Measured> {
  const server = await tableServer(table);
  try {
    const runs = async (isOverlapped: boolean) => {
      const taken: SavingTaken[] = [];
      // One uncounted run warms the database.
      for (let run = 0; run <= RUNS; run += 1) {
        const requestId = `ds-${isOverlapped}-${run}`;
        const { endpoint } = server;
        taken.push(await save({ endpoint, tableName: table.name, requestId, recipients, isOverlapped }));
      }
      return medianOf(taken.slice(1));
    };
    return { recipients, ...(await runs(false)), overlapped: await runs(true) };
  } finally {
    await server.close();
  }
}

async function save(run: SavingRun): Promise<SavingTaken> {
  const script = join(import.meta.dirname, 'save-rows.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(run)]);
  return JSON.parse(stdout);
}

function medianOf(taken: readonly SavingTaken[]): SavingTaken {
  const median = (field: keyof SavingTaken) =>
    taken.map((one) => one[field]).sort((a, b) => a - b)[taken.length >> 1] ?? 0;
  return {
    cpuMilliseconds: median('cpuMilliseconds'),
    requests: median('requests'),
    writeUnits: median('writeUnits'),
  };
}

function secondsAt(megabytes: number, { cpuMilliseconds }: Measured): string {
  return ((cpuMilliseconds / 1_000) * (MB_OF_A_PROCESSOR / megabytes)).toFixed(1);
}

function rowOf(one: Measured): string[] {
  return [
    number(one.recipients),
    number(one.cpuMilliseconds),
    ...MEMORIES_MB.map((megabytes) => secondsAt(megabytes, one)),
    number(one.requests),
    number(one.writeUnits),
  ];
}

function chartOf(measured: readonly Measured[]): Chart {
  return lineChart({
    name: 'rows',
    title: 'Saving the logs of one notification',
    x: 'recipients',
    y: 'processor milliseconds, and requests',
    points: measured.flatMap(({ recipients, cpuMilliseconds, requests }) => [
      { x: recipients, y: cpuMilliseconds, series: 'processor ms' },
      { x: recipients, y: requests, series: 'requests' },
    ]),
  });
}
