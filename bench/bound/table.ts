/**
 * How late anyone must be in the mean, by how long deliveries take and how many there are.
 *
 *     npm run bench -- bound
 */
import { SIZES } from '../campaign/campaign.ts';
import { markdownTable, number, type Section, seconds } from '../page/section.ts';
import { campaignBound, idleBound, type LIMITS } from './bound.ts';
import type { Lifetime } from './lifetime.ts';
import { LIFETIMES } from './lifetimes.ts';

export function boundSection(): Section {
  return {
    name: 'bound',
    command: 'npm run bench -- bound',
    text: [
      'Seconds from the end of a delivery until it is known, in the mean, for a poller that knows how long deliveries take and makes all the calls that a limit admits. No poller has less.',
      markdownTable(
        [
          'deliveries take',
          'notifications',
          'start within',
          ...LIMIT_NAMES.map((name) => LIMITS_IN_WORDS[name]),
        ],
        LIFETIME_ENTRIES.flatMap(([shape, lifetime]) =>
          SIZES.map((size) => campaignRow(shape, lifetime, size)),
        ),
      ),
      'The same for one delivery, where no limit matters, by the calls that it gets in the mean:',
      markdownTable(
        ['deliveries take', ...CALLS_EACH.map((calls) => `${calls} calls`)],
        LIFETIME_ENTRIES.map(([shape, lifetime]) => [
          shape,
          ...CALLS_EACH.map((calls) => seconds(idleBound(lifetime, calls))),
        ]),
      ),
    ].join('\n\n'),
  };
}

const LIFETIME_ENTRIES: readonly (readonly [string, Lifetime])[] = Object.entries(LIFETIMES);
const LIMIT_NAMES = ['published', 'rolling', 'budget'] as const;
const LIMITS_IN_WORDS: Readonly<Record<keyof typeof LIMITS, string>> = {
  published: '600 in each minute',
  rolling: '600 in any minute',
  budget: '600 in each 67 s',
};
const CALLS_EACH = [2, 3, 4, 5, 10, 20] as const;

function campaignRow(
  shape: string,
  lifetime: Lifetime,
  { notifications, within }: (typeof SIZES)[number],
): string[] {
  const bounds = LIMIT_NAMES.map((windows) =>
    campaignBound({ lifetime, notifications, withinSeconds: within, windows }),
  );
  return [
    shape,
    number(notifications),
    `${number(within)} s`,
    ...bounds.map(({ meanLag }) => seconds(meanLag)),
  ];
}
