/** A campaign as it is tracked: a line for each notification that is redrawn on a terminal, or a line for each check. */
import { type Bar, MultiBar } from 'cli-progress';
import type { Colours, Stream } from '../../cli/display/terminal.ts';
import { guardedLine } from '../../cli/text/printable.ts';
import type { Clock } from '../clock.ts';
import { lineOf, type Progress, progressColumns, timeColumn } from '../progress-columns.ts';
import { progressOf } from '../report.ts';
import { campaignProgressOf, SHORT_ID, shortId } from './campaign-report.ts';
import type { CampaignListener } from './campaign-run.ts';
import type { PlannedCampaign } from './planned-campaign.ts';

export interface CampaignDisplay extends CampaignListener {
  /** Leaves the last lines standing. */
  end(): void;
}

/** What is displayed, and how many recipients each notification has. */
export interface DisplayedCampaign {
  readonly campaign: PlannedCampaign;
  readonly recipients: number | undefined;
}

export interface DisplayTerminal extends Colours {
  readonly stdout: Stream & { readonly rows?: number | undefined };
}

const CAMPAIGN = 'campaign';

export function campaignDisplay(
  terminal: DisplayTerminal,
  { campaign, recipients }: DisplayedCampaign,
  clock: Pick<Clock, 'now'>,
): CampaignDisplay {
  const ids = campaign.notifications.map(({ requestId }) => requestId);
  const ended = new Set<string>();
  let campaignChecks = 0;
  let startedAt = clock.now();
  const lines = fits(terminal.stdout, ids.length + 1)
    ? redrawnLines(terminal, [...ids, CAMPAIGN])
    : plainLines(terminal, () => (clock.now() - startedAt) / 1000);
  return {
    onStart({ host }) {
      startedAt = clock.now();
      lines.begin(
        `Tracking ${campaign.campaignId} and its ${ids.length} notifications at ${host} (simulator)`,
      );
    },
    onCheck(requestId, result) {
      if (result.outcome !== 'waiting') ended.add(requestId);
      lines.show(requestId, progressOf(result, recipients));
    },
    onCampaignCheck(result) {
      campaignChecks += 1;
      lines.show(CAMPAIGN, campaignProgressOf(result, campaignChecks, ended.size, ids.length));
    },
    end: () => lines.end(),
  };
}

interface Lines {
  begin(title: string): void;
  show(id: string, progress: Progress): void;
  end(): void;
}

/** A terminal that is too small would scroll lines away that are to be redrawn. */
function fits({ isTTY, rows }: DisplayTerminal['stdout'], lines: number): boolean {
  return isTTY === true && lines < (rows || Number.POSITIVE_INFINITY);
}

function plainLines(terminal: DisplayTerminal, seconds: () => number): Lines {
  const write = (line: string) => terminal.stdout.write(`${guardedLine(line, terminal.colours)}\n`);
  return {
    begin: write,
    show(id, progress) {
      write(lineOf([timeColumn(seconds()), nameColumn(id), ...progressColumns(progress, terminal)]));
    },
    end: () => {},
  };
}

/** Narrow enough for 80 columns. */
const BAR_WIDTH = 15;

function redrawnLines(terminal: DisplayTerminal, ids: readonly string[]): Lines {
  const { stdout, colours } = terminal;
  const bars = new MultiBar({
    stream: stdout,
    fps: 5,
    hideCursor: true,
    // The run handles Ctrl-C.
    gracefulExit: false,
    format: '{line}',
  });
  const barOf = new Map<string, Bar>();
  const payload = (id: string, columns: readonly string[]) => ({
    line: guardedLine(lineOf([nameColumn(id), ...columns]), colours),
  });
  return {
    begin(title) {
      stdout.write(`${guardedLine(title, colours)}\n`);
      for (const id of ids) barOf.set(id, bars.create(1, 0, payload(id, ['before its first check'])));
    },
    show(id, progress) {
      barOf.get(id)?.update(0, payload(id, progressColumns(progress, terminal, BAR_WIDTH)));
    },
    end() {
      if (barOf.size > 0) bars.stop();
    },
  };
}

function nameColumn(id: string): string {
  return shortId(id).padEnd(SHORT_ID);
}
