/** The rules on the bus of final events. */
import { type EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import type { BusRead, BusRule } from '../examinations/event-bus.ts';

/** A bus that is not there is refused by name, and a rule that AWS made for its own ends says so (AWS docs, ListRules). */
export async function readBus(
  client: EventBridgeClient,
  { eventBusName: busName, eventSource }: TrackerDescription,
): Promise<BusRead> {
  const bus = { busName, eventSource };
  const rules: BusRule[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const page = await client.send(new ListRulesCommand({ EventBusName: busName, NextToken }));
      for (const { Name = '', State, ManagedBy, Description, EventPattern } of page.Rules ?? []) {
        const common = { name: Name, description: Description, pattern: EventPattern };
        rules.push({ ...common, isEnabled: State !== 'DISABLED', isManaged: ManagedBy !== undefined });
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return { ...bus, rules };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException')
      return { ...bus, rules: undefined };
    throw error;
  }
}
