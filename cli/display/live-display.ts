/** A watched tracking: a line for each check and, on a terminal, a bar below them with the next check's time. */
import { MultiBar } from 'cli-progress';
import type { Format } from '../output/format.ts';
import { printable } from '../text/printable.ts';
import { duration, timeOfDay } from '../text/timestamp.ts';
import type { SeenCheck } from '../tracker/seen-checks.ts';
import { progressText } from './shown-tracking.ts';
import { paint, type Terminal } from './terminal.ts';

export interface LiveDisplay {
  check(check: SeenCheck): void;
  /** Takes the bar away. */
  end(): void;
}

export interface Watched {
  readonly requestId: string;
  readonly startedAt: Date | undefined;
  readonly recipients: number | undefined;
}

/** The session of the command, as far as it is displayed. */
export interface LiveSession {
  readonly terminal: Terminal;
  readonly clock: { now(): number };
  readonly format: Format;
  printNext(document: object, lines: () => readonly string[]): void;
}

export function liveDisplay(session: LiveSession, watched: Watched): LiveDisplay {
  const { terminal, format } = session;
  const bar = terminal.stdout.isTTY && format === 'table' ? liveBar(session, watched) : undefined;
  return {
    check(check) {
      const recipients = check.recipients ?? watched.recipients;
      const line = checkLine(check, { ...watched, recipients }, terminal);
      if (bar === undefined) {
        const { tries: _, isOverruled: __, ...facts } = check;
        session.printNext({ type: 'check', ...facts, recipients }, () => [line]);
      } else bar.check(check, line);
    },
    end: () => bar?.end(),
  };
}

/** Such as `20:14:15Z  check 3  IN_PROGRESS  9 of 24  next 20:14:27Z`. */
export function checkLine(
  { number, at, status, counts, nextCheckAt, obstacle }: SeenCheck,
  { recipients }: Pick<Watched, 'recipients'>,
  terminal: Terminal,
): string {
  return [
    at === undefined ? '' : timeOfDay(at),
    (number === undefined ? 'end' : `check ${number}`).padEnd(9),
    printable(status ?? 'no answer yet').padEnd(15),
    progressText(counts?.total ?? 0, recipients).padEnd(14),
    nextCheckAt === undefined ? '' : `next ${timeOfDay(nextCheckAt)}`,
    obstacle === undefined ? '' : paint(terminal, 'yellow', printable(obstacle)),
  ]
    .join('  ')
    .trimEnd();
}

/** Redraws, so that the time until the next check runs down. */
const FRAMES_A_SECOND = 2;

function liveBar({ terminal, clock }: LiveSession, { startedAt, recipients, requestId }: Watched) {
  const bars = new MultiBar({
    stream: terminal.stdout,
    fps: FRAMES_A_SECOND,
    clearOnComplete: true,
    hideCursor: true,
    // The command handles Ctrl-C.
    gracefulExit: false,
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    format: recipients === undefined ? '{done}, {next}' : '{bar} {percentage} %  {done}, {next}',
  });
  let latest: SeenCheck | undefined;
  const payload = () => ({
    done: progressText(latest?.counts?.total ?? 0, recipients),
    next: nextText(latest, startedAt, clock.now()),
  });
  const bar = bars.create(recipients ?? 1, 0, payload());
  bars.on('redraw-pre', () => bar.update(payload()));
  bars.log(`Watching ${requestId}; Ctrl-C ends the watching, not the tracking.\n`);
  bars.update();
  return {
    check(check: SeenCheck, line: string) {
      latest = check;
      bar.update(Math.min(check.counts?.total ?? 0, recipients ?? 0), payload());
      bars.log(`${line}\n`);
      bars.update();
    },
    end: () => bars.stop(),
  };
}

function nextText(latest: SeenCheck | undefined, startedAt: Date | undefined, now: number): string {
  if (latest === undefined) {
    const since =
      startedAt === undefined ? '' : `, ${duration((now - startedAt.getTime()) / 1000)} since its start`;
    return `waiting for the first check${since}`;
  }
  if (latest.nextCheckAt === undefined) return 'ending';
  const seconds = (Date.parse(latest.nextCheckAt) - now) / 1000;
  const when = seconds > 0 ? `in ${duration(seconds)}` : 'now';
  return `next check ${when} (${timeOfDay(latest.nextCheckAt)})`;
}
