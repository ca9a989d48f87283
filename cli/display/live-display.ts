/** A watched tracking: a line for each check and, on a terminal, a bar below them with the next check's time. */
import { MultiBar } from 'cli-progress';
import type { CommandText } from '../command-text.ts';
import type { Format } from '../output/format.ts';
import { obstacleRemedy, obstacleSentence } from '../text/obstacle-sentence.ts';
import { printable } from '../text/printable.ts';
import { duration, timeOfDay } from '../text/timestamp.ts';
import { displayWidth, wrapped } from '../text/wrapped.ts';
import type { SeenCheck } from '../tracker/executions/seen-checks.ts';
import { progressText } from './shown-tracking.ts';
import { widthOf } from './table-layout.ts';
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
  /** The bot. */
  readonly streamId: string | undefined;
}

/** The session of the command, as far as it is displayed. */
export interface LiveSession {
  readonly terminal: Terminal;
  readonly clock: { now(): number };
  readonly format: Format;
  readonly command: CommandText;
  printNext(document: object, lines: () => readonly string[]): void;
}

export function liveDisplay(session: LiveSession, watched: Watched): LiveDisplay {
  const { terminal, format } = session;
  const { requestId, streamId } = watched;
  const bar = terminal.stdout.isTTY && format === 'table' ? liveBar(session, watched) : undefined;
  let told: string | undefined;
  return {
    check(check) {
      const recipients = check.recipients ?? watched.recipients;
      const { obstacle } = check;
      const line = [
        checkLine(check, { ...watched, recipients }, terminal),
        ...(obstacle === undefined || obstacle === told ? [] : remedyLines(obstacle, watched, session)),
      ].join('\n');
      told = obstacle ?? told;
      if (bar === undefined) {
        const { tries: _, isOverruled: __, streamId: ___, ...facts } = check;
        session.printNext({ type: 'check', requestId, streamId, ...facts, recipients }, () =>
          line.split('\n'),
        );
      } else bar.check(check, line);
    },
    end: () => bar?.end(),
  };
}

/** Such as `20:14:15Z  check 3  IN_PROGRESS  9 of 24, 2 failed  next 20:14:27Z`; on two lines where one is too short. */
export function checkLine(
  check: SeenCheck,
  { recipients }: Pick<Watched, 'recipients'>,
  terminal: Terminal,
): string {
  const { number, at, status, counts, nextCheckAt, obstacle } = check;
  const failed = counts !== undefined && counts.failed > 0 ? `, ${counts.failed} failed` : '';
  const columns = [
    at === undefined ? '' : timeOfDay(at),
    (number === undefined ? 'end' : `check ${number}`).padEnd(9),
    printable(status ?? 'no answer yet').padEnd(15),
    printable(`${progressText(counts?.total ?? 0, recipients)}${failed}`).padEnd(19),
    nextCheckAt === undefined ? '' : `next ${timeOfDay(nextCheckAt)}`,
    obstacle === undefined ? '' : printable(obstacle),
  ];
  const paintObstacle = (line: string) =>
    obstacle === undefined
      ? line
      : line.replace(printable(obstacle), (text) => paint(terminal, 'yellow', text));
  const line = columns.join('  ').trimEnd();
  if (displayWidth(line) <= widthOf(terminal)) return paintObstacle(line);
  const words = columns.map((column) => column.trim()).filter((column) => column !== '');
  return wrapped(words.join('  '), widthOf(terminal) - INDENT)
    .map((part, index) => (index === 0 ? part : ' '.repeat(INDENT) + part))
    .map(paintObstacle)
    .join('\n');
}

const INDENT = 2;

/** What the operator can do about it; it is said once. */
function remedyLines(obstacle: string, watched: Watched, { terminal, command }: LiveSession): string[] {
  const remedy = obstacleRemedy(obstacle, watched, command);
  if (remedy === undefined) return [];
  const sentence = wrapped(obstacleSentence(obstacle), widthOf(terminal) - INDENT);
  // What is to be pasted is not broken.
  return [...sentence, printable(remedy)].map((part) => ' '.repeat(INDENT) + part);
}

/** Redraws, so that the time until the next check runs down. */
const FRAMES_A_SECOND = 2;
/** A bar, a share, a progress and the next check. */
const WIDE = 80;

function liveBar({ terminal, clock }: LiveSession, watched: Watched) {
  const { startedAt, recipients, requestId, streamId } = watched;
  const bars = new MultiBar({
    stream: terminal.stdout,
    fps: FRAMES_A_SECOND,
    clearOnComplete: true,
    hideCursor: true,
    // The command handles Ctrl-C.
    gracefulExit: false,
    barsize: widthOf(terminal) < WIDE ? 8 : 20,
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
  const bot = streamId === undefined ? '' : ` on ${printable(streamId)}`;
  bars.log(`Watching ${requestId}${bot}; Ctrl-C ends the watching, not the tracking.\n`);
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
