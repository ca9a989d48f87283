import type { Section } from '../page/section.ts';
import type { Experiment } from './experiment.ts';
import type { MeasuredOf } from './measure.ts';

/** A section of tables, and what has to be measured for it. */
export interface Comparison {
  readonly experiments: readonly Experiment[];
  sectionFrom(measuredOf: MeasuredOf): Omit<Section, 'command'>;
}
