/** What `list` reads from. */
import type { PageOptions } from '../../../paging/page-options.ts';
import type { Pages } from '../../../paging/print-pages.ts';
import type { Tracking } from '../../../tracker/executions/tracking.ts';

export interface ListOptions extends PageOptions {
  readonly running?: boolean;
  readonly failed?: boolean;
  readonly campaign?: string;
}

export type Source<Item> = Pick<Pages<Item, Tracking>, 'query' | 'items' | 'shown' | 'after' | 'piece'>;
