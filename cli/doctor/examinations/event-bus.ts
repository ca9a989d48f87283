/** Whether somebody listens on the bus of final events. EventBridge drops events for a bus that is not there, and says so to nobody (AWS docs, PutEvents). */
import * as z from 'zod/mini';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';

export interface BusRead {
  readonly busName: string;
  /** Of the tracker's events. */
  readonly eventSource: string;
  /** `undefined` where there is no such bus. */
  readonly rules: readonly BusRule[] | undefined;
}

export interface BusRule {
  readonly name: string;
  readonly isEnabled: boolean;
  /** Whether AWS made it, as for an archive. */
  readonly isManaged: boolean;
  readonly description?: string | undefined;
  /** JSON. */
  readonly pattern?: string | undefined;
}

export const EVENT_BUS: Examination<BusRead> = {
  name: 'event bus',
  well: 'it has a rule for final events',
  findingsIn({ busName, eventSource, rules }) {
    if (rules === undefined) return [missing(busName)];
    const wanted = rules.filter((rule) => isOfConsumer(rule) && mayMatch(rule.pattern, eventSource));
    if (wanted.some(({ isEnabled }) => isEnabled)) return [];
    return [noRules(busName, wanted)];
  },
};

/** What the description of the tracker's own rule begins with: it tells nobody (lib/events/bus-probe.ts). */
const OWN_RULE = 'Makes a deployment fail';

function isOfConsumer({ isManaged, description }: BusRule): boolean {
  return !isManaged && description?.startsWith(OWN_RULE) !== true;
}

/** Whether events of the source may match; matchers other than whole words have the benefit of the doubt. */
function mayMatch(pattern: string | undefined, eventSource: string): boolean {
  if (pattern === undefined) return false;
  const { source } = patternSchema.safeParse(parseJson(pattern)).data ?? {};
  return source === undefined || source.some((one) => typeof one !== 'string' || one === eventSource);
}

const patternSchema = z.object({ source: z.optional(z.array(z.unknown())) });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function missing(busName: string): Finding {
  return {
    code: 'EVENT_BUS_MISSING',
    severity: 'error',
    what: `There is no event bus ${busName}, so every final event is lost; EventBridge reports no failure.`,
    advice:
      'Make it again, with its rules under the names, patterns and targets that the template has: a deployment sees no change and makes nothing. The table has the events that were lost.',
    commands: [`aws events create-event-bus --name ${busName}`],
  };
}

function noRules(busName: string, disabled: readonly BusRule[]): Finding {
  const [first] = disabled;
  const finding = { code: 'NO_RULES', severity: 'warning' } as const;
  if (first !== undefined) {
    return {
      ...finding,
      what: `All rules for final events on the bus ${busName} are disabled, so nobody hears how deliveries ended.`,
      advice: 'Enable them again:',
      commands: disabled.map(
        ({ name }) => `aws events enable-rule --event-bus-name ${busName} --name ${name}`,
      ),
    };
  }
  return {
    ...finding,
    what: `The bus ${busName} has no rule for final events but the tracker's own, so nobody hears how deliveries ended.`,
    advice:
      'Add a rule with tracker.onDeliveryComplete(…), or in EventBridge. If you only read the table, all is well.',
  };
}
