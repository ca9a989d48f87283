import { SFNClient } from '@aws-sdk/client-sfn';
import { parseFinalEvent, startTracking } from 'notification-delivery-tracker/client';

startTracking(new SFNClient(), 'arn', { requestId: 'ds-1', recipients: 24 });
// Must be refused: where types do not resolve, they are `any`, and everything passes.
// @ts-expect-error
startTracking(new SFNClient(), 'arn', { requestId: 1 });
// @ts-expect-error
export const outcome: 'unheard-of' = parseFinalEvent('{}').outcome;
