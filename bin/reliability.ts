/** `npm run docs`: brings the table of faults in docs/reliability.md up to date. */
import { writeFileSync } from 'node:fs';
import { RELIABILITY_PAGE, upToDateReliabilityPage } from '../generate/reference/reliability.ts';

writeFileSync(RELIABILITY_PAGE, upToDateReliabilityPage());
