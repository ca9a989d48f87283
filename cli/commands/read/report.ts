/** `report CAMPAIGN_OR_REQUEST`: one page on what became of a campaign or a notification, or who was not reached as CSV. */
import { Command } from 'commander';
import { campaignId } from '../../arguments.ts';
import { wrongUsage } from '../../command-error.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { writeAll } from '../../output/write.ts';
import { type ReportData, reportData } from '../../report/data/report-data.ts';
import { Telling } from '../../report/data/told-row.ts';
import { findSubject } from '../../report/gather/find-subject.ts';
import { rowPages } from '../../report/gather/row-pages.ts';
import { notReachedCsv } from '../../report/not-reached-csv.ts';
import { headline } from '../../report/page/outcome.ts';
import { pageParts } from '../../report/page/page.ts';
import { untilInterrupted } from '../../report/until-interrupted.ts';
import { openWholeFile, type WholeFile } from '../../report/whole-file.ts';
import type { Act, Session } from '../../session.ts';

export function reportCommand(act: Act): Command {
  return new Command('report')
    .description('one page on a campaign or a notification: who was not reached and why, and what to do')
    .argument('<id>', 'a campaign, or a notification (ds-…)', campaignId)
    .option('--out <file>', 'the page, such as report.html; with --csv standard output where it is left out')
    .option('--csv', 'everybody who was not reached as CSV, instead of the page')
    .option('--force', 'replace a file that is there already')
    .action(act(report, true));
}

interface ReportOptions {
  readonly out?: string;
  readonly csv?: boolean;
  readonly force?: boolean;
}

async function report(
  session: Session,
  id: string,
  { out, csv = session.format === 'csv' && out === undefined, force = false }: ReportOptions,
): Promise<ExitStatus> {
  if (out === undefined && !csv) {
    throw wrongUsage('Where to? Name the file of the page with --out FILE.html, or print CSV with --csv.');
  }
  if (out === undefined && session.format !== 'table' && session.format !== 'csv') {
    throw wrongUsage('--csv prints CSV, so name a file with --out FILE.csv, or leave out the other format.');
  }
  // Before anything is read, so that a place that cannot be written is found at once.
  const file = out === undefined ? undefined : await openWholeFile(out, force);
  try {
    const texts = csv ? csvTexts(session, id) : pageTexts(session, id);
    let told = '';
    for await (const text of untilInterrupted(texts, session.interrupted)) {
      if (typeof text !== 'string') told = headline(text);
      else if (file === undefined) await writeAll(session.terminal.stdout, text);
      else await file.write(text);
    }
    if (file !== undefined) await say(session, { id, out: out ?? '', told }, file);
    return EXIT.done;
  } finally {
    await file?.abandon();
  }
}

async function say(
  session: Session,
  { id, out, told }: { readonly id: string; readonly out: string; readonly told: string },
  file: WholeFile,
): Promise<void> {
  const { bytes } = await file.finish();
  const size = `${Math.ceil(bytes / 1000)} kB`;
  session.print({ id, file: out, bytes, headline: told, masked: !session.people.showAddresses }, () => [
    `${told}.`,
    `Wrote ${out} (${size}${session.people.showAddresses ? ', with addresses' : ', addresses masked'}).`,
  ]);
}

async function* pageTexts(session: Session, id: string): AsyncGenerator<string | ReportData> {
  const { data } = await gathered(session, id);
  yield data;
  yield* pageParts(data, session.commandForOthers);
}

/** Rows are read twice: which reasons are rare is known at the end. */
async function* csvTexts(session: Session, id: string): AsyncGenerator<string | ReportData> {
  const { data, telling, pages } = await gathered(session, id);
  yield data;
  yield* notReachedCsv(pages(), telling);
}

async function gathered(session: Session, id: string) {
  const { clock, people } = session;
  const tracker = await session.tracker();
  const subject = await findSubject(tracker, id, clock.now());
  const requestIds = subject.notifications.map(({ requestId }) => requestId).sort();
  const pages = () => rowPages(tracker.deliveryLog, requestIds);
  const telling = new Telling(people.showAddresses);
  return { data: await reportData(subject, pages(), telling, clock.now()), telling, pages };
}
