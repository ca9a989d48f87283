/** Must be refused: where types do not resolve, they are `any`, and everything passes. */
import type { DeliveryTrackerProps } from 'notification-delivery-tracker';
import { parseFinalEvent } from 'notification-delivery-tracker/client';

// @ts-expect-error
export const props: DeliveryTrackerProps = { host: 443 };
// @ts-expect-error
export const outcome: 'unheard-of' = parseFinalEvent('{}').outcome;
