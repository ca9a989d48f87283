/** HTML in which every value is escaped by construction: a template's values are texts, unless they are HTML made here. */

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Value = Html | string | number | undefined | false | readonly Value[];

/** Values stand in texts or in quoted attributes, nowhere else. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(literals.map((literal, index) => literal + htmlOf(values[index])).join(''));
}

function htmlOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(htmlOf).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A document for a script of the page, which can end no element. */
export function jsonForScript(document: unknown): string {
  return JSON.stringify(document).replaceAll('<', '\\u003c');
}
