/** A state machine's definition as a Mermaid flowchart, for docs/architecture.md. */

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly StringEquals: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
}

/** Where an execution ends that does not fail. Not `end`, which is a word of Mermaid's own. */
const DONE = 'done((("done")))';

/** @param definition Amazon States Language. */
export function flowchartOf(definition: string): string {
  const { StartAt, States }: { StartAt: string; States: Record<string, State> } = JSON.parse(definition);
  const names = Object.keys(States);
  const idOf = (name: string) => `s${names.indexOf(name) + 1}`;
  const nodes = names.map((name) => `  ${idOf(name)}${shape(name, States[name]?.Type ?? '')}`);
  const edges = names.flatMap((name) =>
    edgesOf(States[name] as State).map(({ arrow, to }) => `  ${idOf(name)} ${arrow} ${idOf(to)}`),
  );
  const ends = names
    .filter((name) => States[name]?.End === true)
    .map((name) => `  ${idOf(name)} --> ${DONE}`);
  return ['flowchart TD', `  start((start)) --> ${idOf(StartAt)}`, ...nodes, ...edges, ...ends].join('\n');
}

function shape(name: string, type: string): string {
  switch (type) {
    case 'Choice':
      return `{"${name}"}`;
    case 'Wait':
      return `(["${name}"])`;
    case 'Succeed':
    case 'Fail':
      return `((("${name}")))`;
    default:
      return `["${name}"]`;
  }
}

function edgesOf({ Next, Default, Choices = [], Catch = [] }: State): { arrow: string; to: string }[] {
  return [
    ...Choices.map(({ StringEquals, Next: to }) => ({ arrow: `-- ${StringEquals} -->`, to })),
    ...(Default === undefined ? [] : [{ arrow: '-- otherwise -->', to: Default }]),
    ...(Next === undefined ? [] : [{ arrow: '-->', to: Next }]),
    ...Catch.map(({ Next: to }) => ({ arrow: '-. error .->', to })),
  ];
}
