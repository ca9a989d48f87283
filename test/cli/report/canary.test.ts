/** A person, written down in every way, is in no report unless addresses are shown. */
import { describe, expect, it } from 'vitest';
import type { RowsPage } from '../../../cli/report/data/report-data.ts';
import { reportData } from '../../../cli/report/data/report-data.ts';
import { Telling } from '../../../cli/report/data/told-row.ts';
import { notReachedCsv } from '../../../cli/report/not-reached-csv.ts';
import { pageParts } from '../../../cli/report/page/page.ts';
import { asIfRead, NOW, sampleRow } from '../../report/sample-campaign.ts';
import { CANARIES, ENCODINGS, encodingsIn, PHONE } from '../../workflow/written/canary.ts';

/** Domains are not masked: they are in the masks of everybody. */
const DOMAIN = /canary\.example/gi;

const texts = [...CANARIES.map(({ text }) => text), String(PHONE)];
/** What Kore.ai says of a person is in that person's rows. */
const recipient = 'zebulon.quackenbush@canary.example';
const fields = {
  recipient: (text: string) => ({ recipient: text }),
  reason: (text: string) => ({ recipient, failsFor: `User ${text} is unknown` }),
  'reason, alone': (text: string) => ({ recipient, failsFor: text }),
  channel: (text: string) => ({ recipient, channel: text }),
};

/** Beside others, a row for each way of writing, with the person in this field. */
function pagesWith(field: keyof typeof fields): RowsPage[] {
  const ordinary = Array.from({ length: 5 }, (_, index) =>
    sampleRow({ requestId: 'ds-1', index, failsFor: 'The number is not reachable' }),
  );
  const rows = texts.map((text, index) =>
    sampleRow({ requestId: 'ds-1', index: 100 + index, failsFor: 'Busy', ...fields[field](text) }),
  );
  return [{ requestId: 'ds-1', ended: { state: 'complete' }, rows: [...ordinary, ...rows] }];
}

async function outputsOf(pages: readonly RowsPage[], showAddresses: boolean) {
  const subject = { kind: 'campaign', id: 'spring-2026', isOver: true, notifications: [] } as const;
  const telling = new Telling(showAddresses);
  const data = await reportData(subject, asIfRead(pages), telling, NOW);
  let csv = '';
  for await (const text of notReachedCsv(asIfRead(pages), telling)) csv += text;
  return { page: [...pageParts(data)].join(''), csv };
}

const foundIn = (output: string) => encodingsIn(output.replaceAll(DOMAIN, ''));

describe.each(Object.keys(fields) as (keyof typeof fields)[])('a person in the %s', (field) => {
  it('is in neither the page nor CSV', async () => {
    const { page, csv } = await outputsOf(pagesWith(field), false);

    expect(foundIn(page)).toEqual([]);
    expect(foundIn(csv)).toEqual([]);
  });
});

it('is there with --show-addresses, so that the search finds what there is', async () => {
  const { page, csv } = await outputsOf(pagesWith('recipient'), true);

  expect(foundIn(csv).sort()).toEqual([...Object.keys(ENCODINGS), 'number'].sort());
  expect(foundIn(page)).toContain('plain');
});

it('has the same number in the page and in CSV', async () => {
  const { page, csv } = await outputsOf(pagesWith('recipient'), false);

  const numbers = csv
    .split('\r\n')
    .slice(1, -1)
    .map((line) => Number(/,(\d+),[^,]*,[^,]*,[^,]*$/.exec(line)?.[1]));
  expect(numbers.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(page).toContain(`"people":[${numbers.join(',')}]`);
});
