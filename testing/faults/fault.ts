/** Every way in which every place can fail where a tracking touches the world, of a notification or of a campaign. */

/** Where the tracking of a notification touches the world, in its order. */
export const PLACES = [
  'function',
  'settings of bots read',
  'secret read',
  'budget read',
  'budget write',
  'Kore call',
  'rows read',
  'bot row',
  'rows written',
  'final event row',
  'summary',
  'final event',
] as const;
export type TrackingPlace = (typeof PLACES)[number];

/** Where the tracking of a campaign touches the world, in its order. Some are places of a notification's too. */
export const CAMPAIGN_PLACES = [
  'campaign function',
  'campaign row',
  'campaign row read',
  'summaries read',
  'executions listed',
  'final events read',
  'execution read',
  'summary',
  'final event row',
  'final event',
] as const;
export type CampaignPlace = (typeof CAMPAIGN_PLACES)[number];

export type Place = TrackingPlace | CampaignPlace;

/** How a place fails, in the words of `docs/reliability-details.md`. */
export const WAYS = {
  error: 'it answers with an error of its own',
  throttle: 'it answers "too fast"',
  'time-out': 'it never answers, and nothing has happened',
  'answer lost': 'what was asked for happens, and the connection breaks before the answer',
  'crash before': "the function's process dies before anything has happened",
  'crash after': "what was asked for happens, and the function's process dies before the answer",
  slow: 'it answers late, within the time limit',
  partial: 'only a part is done, or only a part of the answer comes',
} as const;
export type Way = keyof typeof WAYS;

/** How often a place fails before it works again. */
export const TIMES = { once: 1, 'three times': 3, permanently: Number.POSITIVE_INFINITY } as const;
export type Times = keyof typeof TIMES;

export interface Fault<P extends Place = Place> {
  readonly place: P;
  readonly way: Way;
  readonly times: Times;
}

/** What cannot happen, and why. */
export const IMPOSSIBLE: Readonly<Partial<Record<Place, Readonly<Partial<Record<Way, string>>>>>> = {
  function: { partial: 'Step Functions takes a whole answer or none' },
  'campaign function': { partial: 'Step Functions takes a whole answer or none' },
  'final event': {
    'crash before': 'Step Functions sends it, no process of ours',
    'crash after': 'Step Functions sends it, no process of ours',
  },
};

/** All faults that can happen at these places. */
export function allFaults<P extends Place>(places: readonly P[]): Fault<P>[] {
  return places.flatMap((place) =>
    (Object.keys(WAYS) as Way[])
      .filter((way) => IMPOSSIBLE[place]?.[way] === undefined)
      .flatMap((way) => (Object.keys(TIMES) as Times[]).map((times) => ({ place, way, times }))),
  );
}
