/** Whether the functions fail, or Lambda has no room for them. */
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import type { LastHour } from '../last-hour.ts';
import { READ_LOGS } from '../remedies.ts';

export const FUNCTIONS: Examination<LastHour> = {
  name: 'functions',
  well: 'none failed or was throttled in the last hour',
  findingsIn: ({ functions }) =>
    functions.flatMap(({ name, errors, throttles }) => [
      ...(errors > 0 ? [failing(name, errors)] : []),
      ...(throttles > 0 ? [throttled(name, throttles)] : []),
    ]),
};

function failing(name: string, errors: number): Finding {
  return {
    code: 'FUNCTION_FAILS',
    severity: 'error',
    what: `The function ${name} failed or ran out of time in the last hour, in ${errors} of its invocations. What it works on waits, and is checked again.`,
    advice: 'Read its log. Roll back if a deployment preceded it.',
    commands: [READ_LOGS],
  };
}

function throttled(name: string, throttles: number): Finding {
  return {
    code: 'FUNCTION_THROTTLED',
    severity: 'warning',
    what: `Lambda had no concurrency left for the function ${name} in the last hour, for ${throttles} of its invocations, so news is late.`,
    advice: "Find what uses up the account's concurrency, or have the quota raised:",
    commands: ['aws lambda get-account-settings'],
  };
}
