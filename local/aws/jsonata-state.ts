/**
 * States in JSONata on this machine. The local interpreter passes over what it cannot read, so such a state is a task for
 * it, and npm's `jsonata` does what Step Functions would.
 */
import jsonata from 'jsonata';

export interface JsonataState {
  readonly Type: 'Pass';
  readonly QueryLanguage: 'JSONata';
  /** `{% … %}` */
  readonly Output: string;
  readonly Next?: string;
}

export function isJsonata(state: object): state is JsonataState {
  return (state as Partial<JsonataState>).QueryLanguage === 'JSONata';
}

/** What the interpreter runs in its place: a task whose handler gets the input and the context. */
export function asTask({ Output: _, QueryLanguage: __, ...state }: JsonataState): object {
  return {
    ...state,
    Type: 'Task',
    Resource: 'arn:aws:states:::local:jsonata',
    Parameters: { 'input.$': '$', 'context.$': '$$' },
  };
}

/** What `$states` is in an expression. */
export interface States {
  readonly input: unknown;
  readonly context: unknown;
}

/**
 * What computes the state's output.
 *
 * @param random from 0 up to 1, for `$random()`.
 * @throws QueryEvaluationError (when it runs) by the name that Step Functions gives it; no state catches it.
 */
export function outputOf(
  { Output }: JsonataState,
  random = Math.random,
): (states: States) => Promise<unknown> {
  const expression = jsonata(Output.replace(/^\{%|%\}$/g, ''));
  // AWS docs, Transforming data with JSONata: its own functions beside those of the language.
  expression.registerFunction('parse', (text: string) => JSON.parse(text), '<s:x>');
  expression.registerFunction('random', random, '<:n>');
  return async (states) => {
    let output: unknown;
    try {
      output = await expression.evaluate({}, { states });
    } catch (error) {
      throw new QueryEvaluationError(`${(error as { code?: string }).code}: ${(error as Error).message}`);
    }
    if (output === undefined) throw new QueryEvaluationError('the expression has no value');
    // The language's own lists carry marks that JSON does not know.
    return JSON.parse(JSON.stringify(output));
  };
}

export class QueryEvaluationError extends Error {
  override readonly name = 'States.QueryEvaluationError';
}
