/** Must be refused: where types do not resolve, they are `any`, and everything passes. */
import type { DeliveryTrackerProps } from 'notification-delivery-tracker';

// @ts-expect-error
export const props: DeliveryTrackerProps = { host: 443 };
