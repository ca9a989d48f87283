/**
 * JSONata for the campaign id of an execution's input, where it has a valid one.
 *
 * @param input JSONata of the input, which may be anything.
 * @param otherwise JSONata of what stands for it where it has none; nothing by default.
 */
export function campaignIdJsonata(input: string, otherwise?: string): string {
  const orElse = otherwise === undefined ? '' : ` : ${otherwise}`;
  return `(
    $campaign := ${input}.campaignId;
    ($type($campaign) = 'string' ? ${isId('$campaign')} : false) ? $campaign${orElse})`;
}

/** `idSchema` (contract/tracking-input.ts), without an anchor at the end: engines differ on what it does before a line break. */
export function isId(id: string): string {
  return `${id} != '' and $length(${id}) <= 76 and $replace(${id}, /[A-Za-z0-9_-]+/, '') = ''`;
}
