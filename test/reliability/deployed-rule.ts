/** What the deployed template says of executions that ended. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { ExecutionEnd } from '../../local/aws/state-machine.ts';
import type { Fields } from '../workflow/tracking-harness.ts';

/** Of the deployed template. */
export const RESOURCES: Fields = JSON.parse(
  readFileSync(join(inject('assembly'), 'DeliveryTracker.template.json'), 'utf8'),
).Resources;

/** Whether the rule starts the reporter. */
export function isReported({ status, error = '' }: ExecutionEnd): boolean {
  return status !== 'SUCCEEDED' && !NOT_REPORTED.includes(error);
}

/** Errors that the deployed rule leaves out; test/judges/events asks AWS's own rule engine what the pattern means. */
const NOT_REPORTED: readonly string[] = (() => {
  const patterns = Object.values(RESOURCES)
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .filter(({ Properties }) => Properties.EventPattern.source.includes('aws.states'))
    .flatMap(({ Properties }) => Properties.EventPattern.detail.$or as Fields[]);
  const errors = patterns.flatMap(({ error = [] }) =>
    error.flatMap((one: Fields) => one['anything-but'] ?? []),
  );
  if (errors.length === 0) throw new Error('the rule leaves out no error: is its pattern another now?');
  return errors;
})();
