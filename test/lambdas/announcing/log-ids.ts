/** Keys of rows in the form that Kore documents for its `_id`. */
export function logId(index: number): string {
  return `nl-4e2ac3f4-1111-4222-8333-${index.toString(16).padStart(12, '0')}`;
}

export function logIds(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => logId(from + i));
}
