/** The contract as JSON Schema, for those who write no TypeScript. `npm run docs` writes it to schema/. */
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
  campaignCompleteSchema,
  campaignFailedSchema,
  campaignTimedOutSchema,
} from '../contract/campaign/campaign-event.ts';
import { campaignInputSchema } from '../contract/campaign/campaign-input.ts';
import {
  CAMPAIGN_DETAIL_TYPES,
  DETAIL_TYPES,
  NOT_REACHED_DETAIL_TYPE,
} from '../contract/event/event-names.ts';
import {
  deliveryCompleteSchema,
  deliveryTimedOutSchema,
  trackingFailedSchema,
} from '../contract/event/final-event.ts';
import { recipientsNotReachedSchema } from '../contract/event/recipients-not-reached.ts';
import { trackingInputSchema } from '../contract/tracking-input.ts';

export const SCHEMA_FOLDER = join(import.meta.dirname, '..', 'schema');

const detailOf = (detailType: string) => `\`detail\` of the event "${detailType}"`;

const SCHEMAS = {
  'tracking-input.json': {
    title: 'Input of an execution that tracks a notification',
    schema: trackingInputSchema,
  },
  'delivery-complete.json': { title: detailOf(DETAIL_TYPES.complete), schema: deliveryCompleteSchema },
  'delivery-timed-out.json': { title: detailOf(DETAIL_TYPES['timed-out']), schema: deliveryTimedOutSchema },
  'tracking-failed.json': { title: detailOf(DETAIL_TYPES.failed), schema: trackingFailedSchema },
  'recipients-not-reached.json': {
    title: detailOf(NOT_REACHED_DETAIL_TYPE),
    schema: recipientsNotReachedSchema,
  },
  'campaign-input.json': {
    title: 'Input of an execution that tracks a campaign',
    schema: campaignInputSchema,
  },
  'campaign-complete.json': {
    title: detailOf(CAMPAIGN_DETAIL_TYPES.complete),
    schema: campaignCompleteSchema,
  },
  'campaign-timed-out.json': {
    title: detailOf(CAMPAIGN_DETAIL_TYPES['timed-out']),
    schema: campaignTimedOutSchema,
  },
  'campaign-failed.json': { title: detailOf(CAMPAIGN_DETAIL_TYPES.failed), schema: campaignFailedSchema },
};

/** Texts of the files, by their names. Unknown fields are allowed everywhere: later versions add some. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(SCHEMAS).map(([file, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, {
        io: 'input',
        override: ({ jsonSchema }) => plain(jsonSchema),
      });
      return [file, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`];
    }),
  );
}

/** Leaves out what zod adds for its own sake: what a format says already, and the bounds of its integers. */
function plain(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format === 'date-time') delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}
