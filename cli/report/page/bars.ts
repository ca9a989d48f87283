/** Pictures as plain SVG. Each has its numbers in a table beside it or behind it. */
import type { EndsOverTime } from '../data/ends-over-time.ts';
import { type Html, html } from './html.ts';
import { number } from './words.ts';

export interface Part {
  /** Class that colours it. */
  readonly kind: 'reached' | 'not-reached' | 'undecided' | 'not-heard-of' | 'plain';
  readonly value: number;
}

/** One bar of several parts, as wide as the page. */
export function stackedBar(parts: readonly Part[], label: string): Html {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  let x = 0;
  const rectangles = parts
    .filter(({ value }) => value > 0)
    .map(({ kind, value }) => {
      const width = (100 * value) / whole;
      x += width;
      return html`<rect class="${kind}" x="${rounded(x - width)}" width="${rounded(width)}" height="10"/>`;
    });
  return html`<svg class="stacked" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${label}">${rectangles}</svg>`;
}

/** The share of the whole, beside its number, which says the same. */
export function bar({ kind, value }: Part, whole: number): Html {
  const width = whole === 0 ? 0 : (100 * value) / whole;
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="${kind}" width="${rounded(width)}" height="10"/></svg>`;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [760, 230, 56, 34, 12] as const;
/** So many times fit below the picture. */
const MOST_TIMES = 6;
const LABEL_WIDTHS = { time: 64, date: 64, 'date-time': 96 } as const;
const DAY_MS = 86_400_000;

/** A column for each span, those who were reached below those who were not. */
export function endsColumns({ spans, spanMs }: EndsOverTime, label: string): Html {
  const most = niceAbove(Math.max(1, ...spans.map(({ reached, notReached }) => reached + notReached)));
  const step = (WIDTH - LEFT) / spans.length;
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most);
  const column = (kind: Part['kind'], index: number, from: number, to: number) =>
    to > from &&
    html`<rect class="${kind}" x="${rounded(LEFT + index * step + step * 0.1)}" y="${rounded(y(to))}" width="${rounded(step * 0.8)}" height="${rounded(y(from) - y(to))}"/>`;
  const columns = spans.map(({ reached, notReached }, index) => [
    column('reached', index, 0, reached),
    column('not-reached', index, reached, reached + notReached),
  ]);
  const lines = [0, 0.5, 1]
    .filter((part) => Number.isInteger(part * most))
    .map((part) => {
      const at = rounded(y(part * most));
      return html`<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end">${number(part * most)}</text>`;
    });
  return html`<svg class="columns" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${lines}${columns}${timeLabels(spans, step, spanMs)}</svg>`;
}

function timeLabels(spans: EndsOverTime['spans'], step: number, spanMs: number): Html[] {
  const every = Math.ceil(spans.length / MOST_TIMES);
  const isLong = spans.length * spanMs > DAY_MS;
  const form = spanMs >= DAY_MS ? 'date' : isLong ? 'date-time' : 'time';
  return spans.flatMap(({ at }, index) => {
    if (index % every !== 0) return [];
    const iso = new Date(at).toISOString();
    const shown =
      form === 'date' ? iso.slice(0, 10) : form === 'time' ? `${iso.slice(11, 19)}Z` : `${iso.slice(5, 16)}Z`;
    const x = rounded(LEFT + index * step);
    const anchor = x > WIDTH - LABEL_WIDTHS[form] ? 'end' : 'start';
    const isSecond = (index / every) % 2 === 1;
    return html`<line class="tick" x1="${x}" x2="${x}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM + 6}"/><text class="${isSecond && 'second'}" x="${x}" y="${HEIGHT - 10}" text-anchor="${anchor}" data-time="${at}" data-form="${form}">${shown}</text>`;
  });
}

/** A round number, so that a column is never much shorter than the picture is high. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value) ?? 10) * power;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
