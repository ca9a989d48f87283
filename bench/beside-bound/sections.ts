/**
 * How near this project's tracker comes to the bound, and what keeps it from coming nearer.
 *
 *     npm run bench -- bound
 */
import type { Section } from '../page/section.ts';
import { changeOfKind } from './change-of-kind.ts';
import { measureAll } from './measure.ts';
import { notKnowing } from './not-knowing.ts';
import { paces } from './paces.ts';
import { reached } from './reached.ts';

const COMPARISONS = [reached, notKnowing, changeOfKind, paces];

/** Takes some 20 minutes. */
export async function besideBoundSections(): Promise<Section[]> {
  const measuredOf = await measureAll(COMPARISONS.flatMap(({ experiments }) => experiments));
  return COMPARISONS.map(({ sectionFrom }) => ({
    command: 'npm run bench -- bound',
    ...sectionFrom(measuredOf),
  }));
}
