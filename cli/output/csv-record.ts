/** A document as one record of CSV: a column for each of its values. */
import type { Cell } from '../text/csv.ts';

/** Values of objects in it have names such as `counts.total`; a list is one cell. */
export function csvRecord(document: object): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(document)) {
    if (isObject(value)) {
      for (const [inner, cell] of Object.entries(csvRecord(value))) cells[`${name}.${inner}`] = cell;
    } else if (value !== undefined) cells[name] = cellOf(value);
  }
  return cells;
}

function cellOf(value: unknown): Cell {
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'object') ? JSON.stringify(value) : value.join(' ');
  }
  return value as Cell;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
