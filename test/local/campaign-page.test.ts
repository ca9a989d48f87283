import { expect, it } from 'vitest';
import { campaignPage } from '../../local/campaign/campaign-page.ts';
import type { RunResult } from '../../local/report.ts';

const AT = '2026-11-24T10:00:00.000Z';
const END = { status: 'SUCCEEDED', output: { outcome: 'complete' }, states: [], errors: [] } as const;

it('is the report on what the run has delivered', async () => {
  const rows = ['SUCCESS', 'FAILURE'].map((status, index) => ({
    ...{ requestId: 'ds-1', logId: `nl-${index}`, recipient: `ann.${index}@example.com`, status },
    ...{ createdOn: AT, log: { comments: 'Busy' } },
  }));
  const data = { startedAt: AT, completedAt: AT, durationSeconds: 75 };
  const event = { source: 'tracker', detailType: 'Notification Delivery Complete', detail: { data } };
  const tracking: RunResult = {
    ...{ name: 'ds-1', end: END, event, tableName: 'DeliveryLog', checks: 2 },
    rows: [{ requestId: 'ds-1', logId: '#summary' }, ...rows],
  };
  const campaign = {
    campaignId: 'spring',
    end: END,
    event,
    row: undefined,
    checks: 1,
    tableName: 'DeliveryLog',
  };

  const page = [...(await campaignPage({ ...campaign, trackings: [tracking] }, Date.parse(AT)))].join('');

  expect(page).toContain('<h1>1 of 2 recipients was not reached</h1>');
  expect(page).toContain('ann.1@example.com');
  expect(page).toContain(', <strong>1\u00a0min\u00a015\u00a0s</strong>');
});
