/**
 * What a check takes of its own, beside what Kore.ai and AWS take: the bundled function in fresh and in warm processes, against servers
 * that answer at once.
 *
 *     npm run bench -- check-time
 */
import { rmSync } from 'node:fs';
import { synthesise } from '../local/synthesise.ts';
import { awsAnswers } from './checking/aws-answers.ts';
import { KINDS, type Kind } from './checking/kinds.ts';
import {
  type MeasuredCheck,
  type MeasuredChecks,
  measureChecks,
  type Repetitions,
} from './checking/measure-checks.ts';
import { measuredServer } from './checking/measured-server.ts';
import { markdownTable, number, type Section } from './page/section.ts';

const REPETITIONS: Repetitions = { containers: 100, oneIn: 20, warmChecks: 100 };

export async function checkTimeSection(): Promise<Section> {
  const { directory, deployment } = await synthesise({});
  let koreSays = '';
  const aws = await measuredServer(awsAnswers(deployment.budgetTable.name));
  const kore = await measuredServer(() => koreSays);
  try {
    const measured = new Map<Kind, MeasuredChecks>();
    for (const kind of KINDS) {
      koreSays = kind.koreSays;
      measured.set(kind, await measureChecks(deployment.function, kind, { aws, kore }, REPETITIONS));
    }
    return {
      name: 'check-time',
      command: 'npm run bench -- check-time',
      text: tablesOf(measured).join('\n\n'),
    };
  } finally {
    await Promise.all([aws.close(), kore.close()]);
    rmSync(directory, { recursive: true, force: true });
  }
}

function tablesOf(measured: ReadonlyMap<Kind, MeasuredChecks>): string[] {
  const { containers, oneIn, warmChecks } = REPETITIONS;
  const goOn = Math.ceil(containers / oneIn);
  return [
    `The bundled function in processes with the environment of a deployment: the first check of each of ${containers} (cold, the import of the bundle included), and ${goOn * warmChecks} later ones in ${goOn} of them (warm). AWS and Kore.ai are servers on this machine that answer at once.`,
    markdownTable(
      [
        'check',
        'ms, p50',
        'p99',
        'processor ms, p50',
        'p99',
        'AWS ms',
        'Kore.ai ms',
        'ms at 512 MB, p50',
        'p99',
        'MB at most',
      ],
      [...measured].flatMap(([{ name }, { cold, warm }]) => [
        [`${name}, cold`, ...timesOf(cold)],
        [`${name}, warm`, ...timesOf(warm)],
      ]),
    ),
    '*Processor ms* are the work of the check itself. *AWS ms* and *Kore.ai ms* are those in which the servers have something to answer (p50); while 1,000 rows are written, the check works at the same time. *At 512 MB* counts the processor once more for the part of it that Lambda does not give. What the real AWS and Kore.ai take, and the encryption of connections, come on top.',
    'What a warm check sends and receives, headers included; a cold one also reads the secret:',
    markdownTable(
      ['check', 'requests to AWS', 'bytes sent', 'received', 'requests to Kore.ai', 'bytes sent', 'received'],
      [...measured].map(([{ name }, { warm }]) => [name, ...trafficOf(warm)]),
    ),
  ];
}

function timesOf(checks: readonly MeasuredCheck[]): string[] {
  const ms = (of: (check: MeasuredCheck) => number, share: number) =>
    percentile(checks.map(of), share).toFixed(1);
  return [
    ms(({ wallMs }) => wallMs, 0.5),
    ms(({ wallMs }) => wallMs, 0.99),
    ms(({ cpuMs }) => cpuMs, 0.5),
    ms(({ cpuMs }) => cpuMs, 0.99),
    ms(({ aws }) => aws.busyMs, 0.5),
    ms(({ kore }) => kore.busyMs, 0.5),
    ms(({ billedMs }) => billedMs, 0.5),
    ms(({ billedMs }) => billedMs, 0.99),
    number(Math.max(...checks.map(({ peakMb }) => peakMb))),
  ];
}

function trafficOf(checks: readonly MeasuredCheck[]): string[] {
  const usual = (of: (check: MeasuredCheck) => number) => number(percentile(checks.map(of), 0.5));
  return (['aws', 'kore'] as const).flatMap((server) => [
    usual((check) => check[server].requests),
    usual((check) => check[server].bytesToServer),
    usual((check) => check[server].bytesFromServer),
  ]);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}
