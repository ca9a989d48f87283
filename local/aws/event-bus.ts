/** EventBridge on this machine: takes events and keeps them. */

export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Record<string, unknown>;
}

export interface EventBus {
  readonly events: BusEvent[];
  /** The optimised integration `events:putEvents`. */
  put(parameters: unknown): unknown;
}

interface PutEvents {
  readonly Entries: readonly {
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: Record<string, unknown>;
  }[];
}

export function eventBus(): EventBus {
  const events: BusEvent[] = [];
  return {
    events,
    put(parameters) {
      const { Entries } = parameters as PutEvents;
      for (const { Source, DetailType, Detail } of Entries) {
        events.push({ source: Source, detailType: DetailType, detail: Detail });
      }
      return { FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: String(index) })) };
    },
  };
}
