/** What AWS's own rule engine says of every event pattern. */
import { describe, expect, it } from 'vitest';
import { matchPatterns } from '../java/java-judges.ts';
import { ANNOUNCEMENTS } from './announcements.ts';
import { CAMPAIGN_EVENTS } from './campaign-events.ts';
import { FINAL_EVENTS } from './final-events.ts';
import type { JudgedEvent, Listener } from './judged-event.ts';
import { type JudgedPattern, patternsOfClient, patternsOfRules } from './patterns.ts';
import { STATUS_CHANGES } from './status-changes.ts';
import { wrongPatterns } from './wrong-patterns.ts';

const EVENTS: readonly JudgedEvent[] = [
  ...STATUS_CHANGES,
  ...FINAL_EVENTS,
  ...CAMPAIGN_EVENTS,
  ...ANNOUNCEMENTS,
];
const PATTERNS: readonly JudgedPattern[] = [...patternsOfRules(), ...patternsOfClient()];

const WRONG_PATTERNS = wrongPatterns(PATTERNS);
const all = [...PATTERNS, ...WRONG_PATTERNS];
const heard = heardBy(all);

describe('a rule hears of its events and of no others', () => {
  it.each(PATTERNS.map((pattern, index) => [pattern.name, pattern, heard[index]] as const))(
    '%s',
    (_, { listener }, names) => {
      expect(names).toEqual(shouldHear(listener));
    },
  );

  it('whatever it is for', () => {
    const known = new Set(EVENTS.flatMap(({ heardBy }) => heardBy));
    expect(new Set(PATTERNS.map(({ listener }) => listener))).toEqual(known);
    expect(PATTERNS.length).toBeGreaterThan(120);
  });
});

describe('a wrong pattern is found', () => {
  it.each(WRONG_PATTERNS.map((planted) => [planted.name, planted] as const))('%s', (_, planted) => {
    const names = heard[all.indexOf(planted)] ?? [];
    const expected = shouldHear(planted.listener);
    const isWrong = (name: string) => names.includes(name) !== expected.includes(name);

    expect(EVENTS.map(({ name }) => name).filter(isWrong)).toEqual(planted.wrong);
  });

  it('one that the engine does not understand', () => {
    const pattern = { detail: { error: [{ 'anything-bud': ['TrackingFailed'] }] } };

    expect(() => matchPatterns([{ pattern, event: {} }])).toThrow('Unrecognized match type anything-bud');
  });
});

/** Names of the events that each pattern lets through. */
function heardBy(patterns: readonly JudgedPattern[]): string[][] {
  const questions = patterns.flatMap(({ pattern, tracker }) =>
    EVENTS.map(({ event }) => ({ pattern, event: event(tracker) })),
  );
  const matches = matchPatterns(questions);
  return patterns.map((_, index) =>
    EVENTS.filter((_, column) => matches[index * EVENTS.length + column]).map(({ name }) => name),
  );
}

function shouldHear(listener: Listener): string[] {
  return EVENTS.filter(({ heardBy }) => heardBy.includes(listener)).map(({ name }) => name);
}
