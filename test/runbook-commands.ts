/** The commands of a page, as somebody pastes them. */

/** Lines of its shell blocks; one that goes on in the next is one. */
export function commandsIn(page: string): string[] {
  return [...page.matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block = '']) => block.replaceAll(/ *\\\n */g, ' ').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The entry of an alarm in docs/runbook.md. */
export function entryOf(page: string, heading: string): string {
  const [, entry] = page.split(`\n## ${heading}\n`);
  if (entry === undefined) throw new Error(`the runbook has no entry "${heading}"`);
  return entry.split('\n## ')[0] ?? '';
}
