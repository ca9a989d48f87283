/** `npm start`: tracks a notification or a campaign on this machine, with what a deployment would run. */
import { CommandError } from '../cli/command-error.ts';
import { takesColours } from '../cli/display/terminal.ts';
import { openWholeFile } from '../cli/report/whole-file.ts';
import { guardedLine, printable } from '../cli/text/printable.ts';
import type { CheckResult } from '../lambdas/check-delivery/invocation/invocation.ts';
import { ConfigurationError } from '../lib/configuration/configuration-error.ts';
import { campaignDisplay } from '../local/campaign/campaign-display.ts';
import { campaignPage } from '../local/campaign/campaign-page.ts';
import {
  type CampaignResult,
  campaignClosingLines,
  campaignJsonText,
} from '../local/campaign/campaign-report.ts';
import { type CampaignListener, runCampaign } from '../local/campaign/campaign-run.ts';
import type { PlannedCampaign } from '../local/campaign/planned-campaign.ts';
import { realClock } from '../local/clock.ts';
import { EXIT, exitStatusOf } from '../local/exit-status.ts';
import { type LocalOptions, parseOptions, UsageError } from '../local/options.ts';
import { OPTION_OF_PROP } from '../local/props-for.ts';
import { checkLine, closingLines, jsonText } from '../local/report.ts';
import { runLocally } from '../local/run.ts';

const terminal = { stdout: process.stdout, colours: takesColours(process.stdout, process.env) };
/** For a program, which wants one document. */
const NO_DISPLAY: CampaignListener = { onStart() {}, onCheck() {}, onCampaignCheck() {} };
/** In the working directory, where every browser may read it, and git does not see it. */
const REPORT_FILE = 'delivery-report.html';

process.exitCode = await main();

async function main(): Promise<number> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());
  let options: LocalOptions | undefined;
  try {
    options = parseOptions(process.argv.slice(2));
    if (options === undefined) return EXIT.complete;
    const { campaign } = options;
    const status =
      campaign === undefined
        ? await trackOne(options, interruption.signal)
        : await trackAll(options, campaign, interruption.signal);
    return interruption.signal.aborted ? interrupted(options) : status;
  } catch (error) {
    if (interruption.signal.aborted) return interrupted(options);
    if (error instanceof UsageError) return refuse(error.message);
    if (error instanceof ConfigurationError) return refuse(inOptions(error.message));
    throw error;
  }
}

async function trackOne(options: LocalOptions, interrupted: AbortSignal): Promise<number> {
  const sayUnlessJson = options.json ? () => {} : say;
  let startedAt = 0;
  const result = await runLocally(
    options,
    realClock(),
    {
      onStart({ host }) {
        startedAt = Date.now();
        const bot = options.streamId === undefined ? '' : ` on ${options.streamId}`;
        sayUnlessJson(
          `Tracking ${options.requestId}${bot} at ${host}${options.host ? '' : ` (simulator, ${options.scenario})`}`,
        );
      },
      onCheck(check: CheckResult) {
        sayUnlessJson(checkLine(check, (Date.now() - startedAt) / 1000, options.recipients, terminal));
      },
    },
    interrupted,
  );
  if (!interrupted.aborted) close(options, jsonText(result), closingLines(result, terminal));
  return exitStatusOf(result.end);
}

async function trackAll(
  options: LocalOptions,
  campaign: PlannedCampaign,
  interrupted: AbortSignal,
): Promise<number> {
  const { json, recipients } = options;
  const clock = realClock();
  const display = json ? undefined : campaignDisplay(terminal, { campaign, recipients }, clock);
  const result = await runCampaign(options, campaign, clock, display ?? NO_DISPLAY, interrupted).finally(() =>
    display?.end(),
  );
  if (!interrupted.aborted) {
    close(options, campaignJsonText(result), campaignClosingLines(result, terminal));
    if (!json) await writeReport(result);
  }
  return exitStatusOf(result.end, ...result.trackings.map(({ end }) => end));
}

/** Without it the run is no less complete. */
async function writeReport(result: CampaignResult): Promise<void> {
  try {
    const file = await openWholeFile(REPORT_FILE, true);
    for (const part of await campaignPage(result, Date.now())) await file.write(part);
    await file.finish();
    say(`The report for a browser: ${REPORT_FILE}`);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    say(`No report: ${error.message}`);
  }
}

function close({ json }: LocalOptions, document: string, lines: readonly string[]): void {
  if (json) console.log(document);
  else for (const line of lines) say(line);
}

function say(line: string): void {
  console.log(guardedLine(line, terminal.colours));
}

function interrupted(options: LocalOptions | undefined): number {
  const others = options?.host === undefined ? '' : ` Kore.ai goes on delivering ${options.requestId}.`;
  console.error(
    `Interrupted: the run was stopped. It was in memory, so nothing of it is left here.${others}`,
  );
  return EXIT.interrupted;
}

function refuse(message: string): number {
  console.error(printable(message));
  return EXIT.wrongUsage;
}

/** The stack's errors name its props; users of the command line know their options. */
function inOptions(message: string): string {
  return Object.entries(OPTION_OF_PROP).reduce(
    (text, [prop, option]) => text.replaceAll(prop, option),
    message,
  );
}
