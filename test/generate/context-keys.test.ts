import { App, Stack } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { CONTEXT_KEYS } from '../../generate/reference/context-keys.ts';
import { propsFromContext } from '../../lib/configuration/context.ts';

function propsWith(context: Readonly<Record<string, string>>) {
  return propsFromContext(new Stack(new App({ context })));
}

function sampleFor(key: string): string {
  if (key.endsWith('Arn')) return `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${key}-AbCdEf`;
  if (['dashboard', 'alarms', 'savedQuery'].includes(key)) return 'false';
  if (key === 'removalPolicy') return 'destroy';
  return '30';
}

it('documents every key of the context', () => {
  const documented = Object.values(CONTEXT_KEYS).flat();
  const refusal = /none of (?<keys>.*)\./;

  expect(() => propsWith({ 'tracker:unheardOf': '1' })).toThrow(refusal);
  try {
    propsWith({ 'tracker:unheardOf': '1' });
  } catch (error) {
    const keys = refusal.exec((error as Error).message)?.groups?.keys?.split(', ');
    expect(keys?.toSorted()).toEqual(documented.map((key) => `tracker:${key}`).toSorted());
  }
});

const PLACES: Readonly<Record<string, (props: ReturnType<typeof propsWith>) => object | undefined>> = {
  DeliveryTrackerProps: (props) => props,
  ScheduleProps: ({ schedule }) => schedule,
  MonitoringProps: ({ monitoring }) => monitoring,
  CallLimitsProps: ({ callLimits }) => callLimits,
};

it.each(Object.entries(CONTEXT_KEYS))('documents %s beside the keys that set it', (prop, keys) => {
  const [place = '', name = ''] = prop.split('.');
  const propOf = (context: Readonly<Record<string, string>>) =>
    (PLACES[place]?.(propsWith(context)) as Record<string, unknown> | undefined)?.[name];

  expect(propOf({})).toBeUndefined();
  expect(propOf(Object.fromEntries(keys.map((key) => [`tracker:${key}`, sampleFor(key)])))).toBeDefined();
});
