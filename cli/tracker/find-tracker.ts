/** Finds a deployed tracker by its stack's outputs. */
import { type CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { type TrackerDescription, trackerDescriptionSchema } from '../../contract/tracker-description.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { quoted } from '../text/quoted.ts';

export interface TrackerChoice {
  /** Name of the stack; all stacks of the region where there is none. */
  readonly stack?: string | undefined;
  /** Name of the tracker, where there are several. */
  readonly tracker?: string | undefined;
}

/** @throws CommandError `NO_SUCH_STACK`, `NO_TRACKER`, `NO_SUCH_TRACKER`, `SEVERAL_TRACKERS`, `TRACKER_TOO_NEW`. */
export async function findTracker(
  client: CloudFormationClient,
  { stack, tracker: name }: TrackerChoice,
): Promise<TrackerDescription> {
  const place = await placeOf(client, stack);
  const trackers = await trackersIn(client, stack, place);
  if (trackers.length === 0) {
    throw new CommandError(
      'NO_TRACKER',
      EXIT.notFound,
      `No tracker was found in ${place}. Check the region and the account, deploy one (npx cdk deploy), or deploy yours again: this release describes itself to the command line in an output of its stack.`,
    );
  }
  const named = trackers.filter(({ description }) => name === undefined || description.name === name);
  const [found, ...others] = named;
  if (found === undefined) {
    throw new CommandError(
      'NO_SUCH_TRACKER',
      EXIT.notFound,
      `No tracker in ${place} is named ${name}. Choose one by its options.`,
      trackers.map(choiceOf),
    );
  }
  if (others.length > 0) {
    throw new CommandError(
      'SEVERAL_TRACKERS',
      EXIT.wrongUsage,
      `There are ${named.length} trackers in ${place}${name === undefined ? '' : ` that are named ${name}`}. Choose one by its options.`,
      named.map(choiceOf),
    );
  }
  return found.description;
}

interface FoundTracker {
  /** Name of its stack. */
  readonly stack: string;
  readonly description: TrackerDescription;
}

/** The options that choose it. */
function choiceOf({ stack, description }: FoundTracker): string {
  return `--stack ${quoted(stack)} --tracker ${quoted(description.name)}`;
}

/**
 * All trackers of the account and region.
 *
 * @throws CommandError `TRACKER_TOO_NEW`.
 */
export async function allTrackers(client: CloudFormationClient): Promise<TrackerDescription[]> {
  return (await trackersIn(client, undefined, '')).map(({ description }) => description);
}

/** A tracker's description in the value of an output, if it is one. */
export function descriptionIn(value: string | undefined): TrackerDescription | undefined {
  const fields = parseJson(value) as { kind?: unknown; version?: unknown } | undefined;
  const parsed = trackerDescriptionSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const { kind, version } = trackerDescriptionSchema.shape;
  if (!kind.safeParse(fields?.kind).success || version.safeParse(fields?.version).success) return undefined;
  throw new CommandError(
    'TRACKER_TOO_NEW',
    EXIT.notFound,
    'The tracker was deployed by a newer release than this command. Update this package.',
  );
}

async function trackersIn(
  client: CloudFormationClient,
  stack: string | undefined,
  place: string,
): Promise<FoundTracker[]> {
  const trackers: FoundTracker[] = [];
  try {
    const request = stack === undefined ? {} : { StackName: stack };
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, request)) {
      for (const { StackName = '', Outputs = [] } of Stacks) {
        for (const { OutputValue } of Outputs) {
          const description = descriptionIn(OutputValue);
          if (description !== undefined) trackers.push({ stack: StackName, description });
        }
      }
    }
  } catch (error) {
    if (!(error instanceof Error && /does not exist/.test(error.message))) throw error;
    throw new CommandError(
      'NO_SUCH_STACK',
      EXIT.notFound,
      `There is no ${place}. Check the name and region.`,
    );
  }
  return trackers;
}

async function placeOf(client: CloudFormationClient, stack: string | undefined): Promise<string> {
  const region = await client.config.region();
  return stack === undefined ? `the stacks of ${region}` : `stack ${stack} in ${region}`;
}

function parseJson(text = ''): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
