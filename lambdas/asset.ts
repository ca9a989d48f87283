/** The folders that become the assets of the functions; `npm run bundle` fills them, each one's entry point is `index.handler`. */
import { join } from 'node:path';

const DIST = join(import.meta.dirname, '..', 'dist');

export const CHECK_DELIVERY_ASSET = join(DIST, 'check-delivery');
export const CHECK_CAMPAIGN_ASSET = join(DIST, 'check-campaign');
