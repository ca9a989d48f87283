import { App, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { expect, it } from 'vitest';
import { followNotificationQuery } from '../../../lib/monitoring/follow-notification-query.ts';
import { type Fields, fails, koreThat, STREAM_ID, says, trackAt } from '../../workflow/tracking-harness.ts';

function commandsOfQuery(): string[] {
  const stack = new Stack(new App({ analyticsReporting: false, builtinCloudFormationValidation: false }));
  const logGroup = new LogGroup(stack, 'Logs');
  const { queryString } = followNotificationQuery(stack, 'Query', { trackerName: 'Tracker', logGroup }).node
    .defaultChild as unknown as { queryString: string };
  return queryString.split('\n| ');
}

const [fields = '', ...filters] = commandsOfQuery();

it('has one place for the request id, first among the filters', () => {
  expect(filters[0]).toBe("filter requestId = 'ds-PUT-THE-REQUEST-ID-HERE'");
});

it('asks for fields that checks log, and finds all lines of a notification but its metrics', async () => {
  const origin = await koreThat((call, response) =>
    call === 1 ? fails(response, 503) : says(response, 'SUCCESS'),
  );
  const input = { requestId: 'ds-followed', streamId: STREAM_ID, correlationId: 'order-42' };

  const { logLines } = await trackAt(origin, { input });

  const lines: Fields[] = logLines.map((line) => JSON.parse(line));
  const found = lines.filter(
    ({ requestId, message }) => requestId === 'ds-followed' && message !== undefined,
  );
  expect(found).toEqual(lines.filter(({ _aws }) => _aws === undefined));
  const logged = new Set(['@timestamp', ...found.flatMap(fieldsOf)]);
  const asked = fields.replace('fields ', '').split(', ');
  expect(asked.filter((field) => !logged.has(field))).toEqual([]);
});

/** As Logs Insights names them: those of an object behind a dot. */
function fieldsOf(line: Fields): string[] {
  return Object.entries(line).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? fieldsOf(value).map((inner) => `${name}.${inner}`) : [name],
  );
}
