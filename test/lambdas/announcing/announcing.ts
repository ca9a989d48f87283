import { newFailures } from '../../../lambdas/check-delivery/announcing/new-failures.ts';

/** Announces what is new in each table in turn; the last one is that of the end. */
export function announcing(...tables: (readonly string[])[]) {
  let state = '';
  return tables.map((table, i) => {
    const found = newFailures(table, state, i === tables.length - 1);
    state = found?.announced ?? state;
    return found;
  });
}
