import { expect, it } from 'vitest';
import { evaluateJsonata } from './java-judges.ts';

it('tells null from no value', () => {
  const states = { input: { nothing: null } };

  expect(
    evaluateJsonata([
      { expression: '$states.input.nothing', states },
      { expression: '$states.input.missing', states },
    ]),
  ).toEqual([{ value: null }, {}]);
});

it('fails where AWS was measured to fail: in an expression nested about a hundred levels deep', () => {
  const sumOf = (terms: number) => ({ expression: Array(terms).fill('1').join('+') });

  expect(evaluateJsonata([sumOf(50), sumOf(200)])).toEqual([
    { value: 50 },
    { error: expect.stringContaining('Stack overflow') },
  ]);
});

it("parses JSON with Step Functions' own function, and says what it refuses", () => {
  const states = { input: { answer: '{"logs":[null,"ü"]}', cut: '{"logs":' } };

  expect(
    evaluateJsonata([
      { expression: '$parse($states.input.answer).logs', states },
      { expression: '$parse($states.input.missing)', states },
      { expression: "$type($parse('null'))" },
      { expression: '$parse($states.input.cut)', states },
      { expression: '$nosuch(1)' },
    ]),
  ).toEqual([
    { value: [null, 'ü'] },
    {},
    { value: 'null' },
    { error: expect.stringContaining('not JSON') },
    { error: expect.stringContaining('non-function') },
  ]);
});
