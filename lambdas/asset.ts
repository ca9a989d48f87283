import { join } from 'node:path';

/** The folder that becomes the asset of `check-delivery`; `npm run bundle` fills it, its entry point is `index.handler`. */
export const CHECK_DELIVERY_ASSET = join(import.meta.dirname, '..', 'dist', 'check-delivery');
