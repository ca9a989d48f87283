/** Parts of a page that are generated: the lines between `<!-- name -->` and `<!-- /name -->`. */

/** The page with `text` as its part of that name. */
export function withPart(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [start, end] = [page.indexOf(open) + open.length, page.indexOf(close)];
  if (start < open.length || end < start) throw new Error(`The page lacks ${open.trim()} … ${close}`);
  return `${page.slice(0, start)}${text}${page.slice(end)}`;
}

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\`\n`;
}
