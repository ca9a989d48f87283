/** The states in JSONata, as the Java implementation of the language reads them and as npm's does. */

import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { type DeployedStateMachine, readDeployment } from '../../../local/aws/deployment.ts';
import { type JsonataState, outputOf, type States } from '../../../local/aws/jsonata-state.ts';
import { evaluateJsonata } from './java-judges.ts';
import {
  CAMPAIGN_EVENTS,
  FAILED_CAMPAIGN_CHECKS,
  FAILED_CHECKS,
  FINAL_EVENTS,
  INTERRUPTIONS,
  UNANNOUNCED,
} from './jsonata-worlds.ts';

const deploymentOf = (variant: string) =>
  readDeployment(join(inject('assemblies'), variant), 'DeliveryTracker');
const { stateMachine, campaignStateMachine, reporter } = deploymentOf('plain');
const announcing = deploymentOf('announcing').stateMachine;

const VERSION: Change = [/'version': '1'/, "'version': '2'"];
const OUTCOME: Change = [/'outcome': \$row\.outcome/, "'outcome': 'other'"];
const MILLISECONDS: Change = [/\b1000\b/, '1001'];
const DAYS: Change = [/7776000/, '7776001'];

/** A word or a number, and another. */
type Change = readonly [RegExp, string];

const STATES: readonly [
  name: string,
  of: string,
  machine: DeployedStateMachine,
  worlds: readonly States[],
  changes: readonly Change[],
][] = [
  ['Check failed', 'notifications', stateMachine, FAILED_CHECKS, [VERSION, MILLISECONDS, DAYS]],
  [
    'Check failed',
    'campaigns',
    campaignStateMachine,
    FAILED_CAMPAIGN_CHECKS,
    [VERSION, MILLISECONDS, [/31528800/, '31528801']],
  ],
  ['Read final event', 'notifications', stateMachine, FINAL_EVENTS, [OUTCOME, DAYS]],
  [
    'Read final event',
    'campaigns',
    campaignStateMachine,
    CAMPAIGN_EVENTS,
    [OUTCOME, DAYS, [/#campaign#/, '#campaigns#']],
  ],
  ['Read final event', 'the reporter', reporter, [...FINAL_EVENTS, ...CAMPAIGN_EVENTS], [OUTCOME, DAYS]],
  [
    'Describe interruption',
    'the reporter',
    reporter,
    INTERRUPTIONS,
    [VERSION, MILLISECONDS, [/Campaign Tracking/, 'Tracking']],
  ],
  [
    'Announce with the next check',
    'notifications',
    announcing,
    UNANNOUNCED,
    [
      [/'announced'/, "'announce'"],
      [/'savedDigest'/, "'digest'"],
    ],
  ],
];

const judgedStates = STATES.map(([name, of, machine, worlds, changes]) => {
  const state = stateOf(name, machine);
  // Each would draw its own number.
  const expression = state.Output.replace(/^\{%|%\}$/g, '').replace('$random()', '0.25');
  return { title: `${name}, of ${of}`, state, expression, worlds, changes };
});
/** What Java makes of each state in each world, as it is and with each change. One question, since a JVM takes its time. */
const said = evaluateJsonata(
  judgedStates.flatMap(({ expression, worlds, changes }) =>
    [expression, ...changes.map(([part, other]) => expression.replace(part, other))].flatMap((one) =>
      worlds.map((states) => ({ expression: one, states })),
    ),
  ),
);
const javaSays = (count: number) => said.splice(0, count);

describe.each(
  judgedStates.map(({ worlds, changes, ...one }) => ({
    ...one,
    worlds,
    java: javaSays(worlds.length),
    changed: changes.map(([part]) => ({ part, java: javaSays(worlds.length) })),
  })),
)('$title', ({ state, expression, worlds, java, changed }) => {
  const toNpm = async () => {
    const values = await Promise.all(worlds.map(outputOf({ ...state, Output: `{%${expression}%}` })));
    return values.map((value) => ({ value }));
  };

  it('has no lone dollar sign, which LocalStack refuses where it is at the top of an expression', () => {
    const withoutTexts = expression.replaceAll(/'[^']*'/g, '');

    // One before a slash ends a regular expression.
    expect(withoutTexts).not.toMatch(/\$(?![A-Za-z/])/);
  });

  it('means the same to both', async () => {
    expect(java).toEqual(await toNpm());
  });

  it.each(changed)('would not if it said something else for $part', async ({ part, java }) => {
    expect(expression).toMatch(part);
    expect(java).not.toEqual(await toNpm());
  });
});

function stateOf(name: string, { definition }: DeployedStateMachine): JsonataState {
  return JSON.parse(definition).States[name];
}
