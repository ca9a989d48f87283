/** Line charts as SVG. */
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

export interface Chart {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly title: string;
  svg(): Promise<string>;
}

export interface LineChart {
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly series: string }[];
}

/** Both axes are logarithmic: sizes and lags span decades. */
export function lineChart({ name, title, x, y, points }: LineChart): Chart {
  const spec: TopLevelSpec = {
    width: 560,
    height: 300,
    background: 'white',
    title,
    data: { values: [...points] },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: { type: 'log' }, title: x },
      y: { field: 'y', type: 'quantitative', scale: { type: 'log' }, title: y },
      color: { field: 'series', type: 'nominal', title: null, sort: null },
    },
  };
  return { name, title, svg: () => new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG() };
}
