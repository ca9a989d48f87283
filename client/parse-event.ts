/** Reads events of any kind that a tracker sends. */
import type * as z from 'zod/mini';

/** Events that are told apart by their detail type, under names of ours. */
export interface EventKind<Schemas extends Readonly<Record<string, z.ZodMiniType>>> {
  readonly detailTypes: Readonly<Record<keyof Schemas & string, string>>;
  readonly schemas: Schemas;
  /** What a value is refused with that is none of them. */
  readonly Refusal: new (
    message: string,
  ) => Error;
}

/** An event's name and its detail, for each of them. */
export type ParsedEvent<Schemas extends Readonly<Record<string, z.ZodMiniType>>> = {
  [Name in keyof Schemas]: { readonly name: Name; readonly detail: z.infer<Schemas[Name]> };
}[keyof Schemas];

/**
 * Checks the event and gives it its type. Fields that this version does not know are left out.
 *
 * @param event as EventBridge delivers it: an object with `detail-type` and `detail`, or that as JSON text (an SQS body).
 * @throws what the kind refuses with, naming the field; never a value.
 */
export function parseEvent<Schemas extends Readonly<Record<string, z.ZodMiniType>>>(
  event: unknown,
  { detailTypes, schemas, Refusal }: EventKind<Schemas>,
): ParsedEvent<Schemas> {
  const { 'detail-type': detailType, detail } = fieldsOf(event, Refusal);
  const names = Object.keys(detailTypes) as (keyof Schemas & string)[];
  const name = names.find((one) => detailTypes[one] === detailType);
  const schema = name && schemas[name];
  if (name === undefined || schema === undefined) {
    const known = Object.values(detailTypes).join(', ');
    throw new Refusal(
      `"detail-type" is ${names.length === 1 ? 'not' : 'none of'} ${known}. Check the rule's event pattern.`,
    );
  }
  const parsed = schema.safeParse(detail);
  if (parsed.success) return { name, detail: parsed.data } as ParsedEvent<Schemas>;
  const [issue] = parsed.error.issues;
  throw new Refusal(
    `"${['detail', ...(issue?.path ?? [])].join('.')}" of "${detailTypes[name]}" is not as the contract says. Check that nothing rewrites the event on its way, and that this package is not older than the tracker.`,
  );
}

function fieldsOf(event: unknown, Refusal: new (message: string) => Error): Record<string, unknown> {
  let fields = event;
  if (typeof event === 'string') {
    try {
      fields = JSON.parse(event);
    } catch {
      throw new Refusal('The text is not JSON. Give the event as EventBridge delivers it.');
    }
  }
  if (typeof fields === 'object' && fields !== null) return fields as Record<string, unknown>;
  throw new Refusal('The event is not an object. Give it as EventBridge delivers it.');
}
