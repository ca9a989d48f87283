/** What several pages promise, they promise in the same way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Each text on one line. */
function page(path: string): string {
  return readFileSync(join(import.meta.dirname, '..', path), 'utf8').replace(/\s+/g, ' ');
}

describe('all pages say', () => {
  it.each(['README.md', 'docs/events.md', 'docs/reliability.md'])(
    'that a final event is published at least once, in %s',
    (path) => {
      expect(page(path)).toMatch(/one (final )?event, .{0,60}published at least once/);
    },
  );

  it.each(['README.md', 'docs/reliability.md'])(
    'in which cases one may be missing, by a link of %s',
    (path) => {
      expect(page(path)).toContain('events.md#what-is-promised');
      expect(page('docs/events.md')).toContain('An execution can end without its event in three cases');
    },
  );

  it.each(['README.md', 'docs/runbook.md'])(
    'that an outage ends no tracking before its deadline, and fails it then, in %s',
    (path) => {
      expect(page(path)).toMatch(/before its deadline[;.] one that lasts until then ends it as failed/i);
    },
  );

  it.each(['README.md', 'docs/errors.md', 'docs/runbook.md'])(
    'when Kore.ai may refuse calls all the same, in %s',
    (path) => {
      expect(page(path)).toMatch(/use the same (limits|quota)|uses the same quota/);
      expect(page(path)).toMatch(/budget('s table)? (is down|is unreachable)|not reach its call budget/);
    },
  );
});

it('errors.md says to track again with retrack, never under another name', () => {
  const errors = page('docs/errors.md');

  expect(errors).not.toContain('under another name');
  expect(errors).toMatch(/\| `TRACKING_INTERRUPTED` \|[^|]*\| `delivery-tracker retrack ds-…`/);
});

it('NOT_CONFIRMED is documented as the question that was not answered with yes', () => {
  expect(page('docs/command-line.md')).toMatch(/\| `NOT_CONFIRMED` \| 5 \| [^|]*not answered with yes/);
});
