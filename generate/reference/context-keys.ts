/** Which keys of the CDK context become which prop: found by setting each alone. */
import { App, Stack } from 'aws-cdk-lib';
import { contextKeys, propsFromContext } from '../../lib/configuration/context.ts';
import type { DeliveryTrackerProps } from '../../lib/configuration/delivery-tracker-props.ts';

/** Keys without `tracker:`, by the prop's interface and name, such as `ScheduleProps.cap`. */
export function keysOfProps(): ReadonlyMap<string, readonly string[]> {
  const keys = contextKeys(new Stack()).toSorted();
  const keysOf = new Map<string, string[]>();
  for (const key of keys) {
    // A key that nothing comes of belongs to the one that it completes.
    const given = key === 'secretKeyArn' ? [key, 'secretArn'] : [key];
    const [prop = key] = definedBy(propsWith(given));
    keysOf.set(prop, [...(keysOf.get(prop) ?? []), key]);
  }
  return keysOf;
}

function propsWith(keys: readonly string[]): DeliveryTrackerProps {
  const context = Object.fromEntries(keys.map((key) => [`tracker:${key}`, sampleFor(key)]));
  return propsFromContext(new Stack(new App({ context })));
}

function sampleFor(key: string): string {
  if (key.endsWith('Arn')) return `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${key}-AbCdEf`;
  if (['announceFailures', 'dashboard', 'alarms', 'savedQuery'].includes(key)) return 'false';
  return key === 'removalPolicy' ? 'destroy' : '30';
}

/** Interfaces of the props that hold others. */
const PARTS: Readonly<Record<string, string>> = {
  schedule: 'ScheduleProps',
  callLimits: 'CallLimitsProps',
  monitoring: 'MonitoringProps',
};

function definedBy(props: DeliveryTrackerProps): string[] {
  return Object.entries(props).flatMap(([name, value]) => {
    const part = PARTS[name];
    if (part === undefined) return value === undefined ? [] : [`DeliveryTrackerProps.${name}`];
    const fields = Object.entries(value as object).filter(([, field]) => field !== undefined);
    return fields.map(([field]) => `${part}.${field}`);
  });
}
