import { REQUEST_ID } from './contract.ts';

/**
 * JSONata for the request id in an event about an execution: its input's, where it has a valid one, or else what the
 * execution's name tells.
 *
 * @param input JSONata of the execution's input, which may be anything.
 * @param executionName JSONata of its name.
 */
export function requestIdJsonata(input: string, executionName: string): string {
  return `(
    $id := ${input}.requestId;
    ($type($id) = 'string' ? $contains($id, /${REQUEST_ID.source}/) : false)
      ? $id
      : $replace(${executionName}, /(--|\\.)[0-9]+$/, ''))`;
}
