/** A JSONata expression as a state has it: in one line, since not every reader of definitions takes more. */
export function jsonata(expression: string): string {
  return `{% ${expression.trim().replace(/\s*\n\s*/g, ' ')} %}`;
}
