import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardedJson } from '../../../../lambdas/check-delivery/kore/answer/guarded-json.ts';

const ROOM = { deepest: 100, mostValues: 1_000_000 };

/** What is left of a value, by reading it rather than its text. */
function cut(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '[nested too deeply]';
  if (Array.isArray(value)) return value.map((inner) => cut(inner, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cut(inner, levels - 1)]));
}

/** Values of which texts are full of what means something outside of them. */
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', 'a') }),
    fc.constantFrom<unknown>(null, true, -1.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: fc.constantFrom('"', '\\', '{', 'a', 'b') }), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;

describe('a body', () => {
  it('is cut where it is too deep, and nowhere else', () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 1, max: 5 }), (value, deepest) => {
        // As text: V8 13.6 may read the field name "\"" as "\\", once it has read that one in an object of the same shape.
        expect(guardedJson(JSON.stringify(value), { ...ROOM, deepest })).toBe(
          JSON.stringify(cut(value, deepest)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is as it was where nothing is too deep', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const body = JSON.stringify(value, null, 1);
        expect(guardedJson(body, ROOM)).toBe(body);
      }),
    );
  });

  it.each([
    ['a value alone', '7', 1],
    ['a list and its elements', '[1,2,3]', 4],
    ['an object and its fields', '{"a":1,"b":2}', 3],
    ['what is inside of another', '[[1],{"a":2}]', 5],
    ['no commas of texts', '[",,,",{"a,b":"\\",,"}]', 4],
    ['what is cut as well', '[[[1,2]]]', 5],
  ])('may have as many values as allowed, and no more: %s', (_, body, values) => {
    const guards = { deepest: 2, mostValues: values };
    expect(guardedJson(body, guards)).toBeDefined();
    expect(guardedJson(body, { ...guards, mostValues: values - 1 })).toBeUndefined();
  });

  it.each([
    ['in what is cut', '[[[1,', ''],
    ['before what is cut', '[[1,', '[[1,'],
    ['in a text', '["a', '["a'],
    ['in an escape', '["a\\"', '["a\\"'],
  ])('that ends %s is no JSON afterwards either', (_, body, guarded) => {
    expect(guardedJson(body, { ...ROOM, deepest: 2 })).toBe(guarded);
  });
});
