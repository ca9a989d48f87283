/** How far a campaign is: a bar on a terminal, a line now and then elsewhere, on standard error both. */
import { SingleBar } from 'cli-progress';
import type { Session } from '../session.ts';
import { type Campaign, doneOf } from './batch.ts';

export interface CampaignProgress {
  update(campaign: Campaign): void;
  end(): void;
}

const LINE_EVERY_MS = 5_000;

export function campaignProgress({ terminal, clock, json }: Session, total: number): CampaignProgress {
  if (terminal.stderr.isTTY) return barOn(terminal.stderr, total);
  // A machine reads the document at the end.
  if (json) return { update: () => {}, end: () => {} };
  let lineAt = clock.now() + LINE_EVERY_MS;
  return {
    update(campaign) {
      if (clock.now() < lineAt) return;
      lineAt = clock.now() + LINE_EVERY_MS;
      terminal.stderr.write(`${doneOf(campaign)} of ${campaign.total}: ${campaignText(campaign)}\n`);
    },
    end: () => {},
  };
}

/** Such as `120 started, 80 already tracked, 0 failed`. */
export function campaignText({ started, alreadyTracked, failures }: Campaign): string {
  return `${started} started, ${alreadyTracked} already tracked, ${failures.length} failed`;
}

function barOn(stream: NodeJS.WritableStream, total: number): CampaignProgress {
  const bar = new SingleBar({
    stream,
    fps: 10,
    hideCursor: true,
    gracefulExit: false,
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    format: '{bar} {percentage} %  {value} of {total}: {text}, {eta_formatted} left',
  });
  bar.start(total, 0, { text: 'starting' });
  return {
    update: (campaign) => bar.update(doneOf(campaign), { text: campaignText(campaign) }),
    end: () => bar.stop(),
  };
}
