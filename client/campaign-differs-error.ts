import type { CampaignInput } from '../contract/campaign/campaign-input.ts';

/** The campaign id is taken by a campaign with another number of notifications, or another deadline. Nothing was started. */
export class CampaignDiffersError extends Error {
  override readonly name = 'CampaignDiffersError';
  readonly code = 'CAMPAIGN_DIFFERS';
  /** What this start was given. */
  readonly given: CampaignInput;
  /** What the campaign was started with; `undefined` where that is not valid for a campaign. */
  readonly tracked: CampaignInput | undefined;

  /** @hidden */
  constructor(given: CampaignInput, tracked: CampaignInput | undefined) {
    super(
      `The campaign ${given.campaignId} is tracked with ${wordsFor(tracked, given)}, and this start has ${wordsFor(given, tracked)}. Campaign ids are never used twice: choose another id.`,
    );
    this.given = given;
    this.tracked = tracked;
  }
}

/** Such as `250 notifications`, and the deadline where the other one has another. */
function wordsFor(input: CampaignInput | undefined, other: CampaignInput | undefined): string {
  if (input === undefined) return 'an input that is not valid for a campaign';
  const { notifications, deadlineSeconds } = input;
  const number = `${notifications} ${notifications === 1 ? 'notification' : 'notifications'}`;
  if (deadlineSeconds === other?.deadlineSeconds) return number;
  const deadline =
    deadlineSeconds === undefined ? "the tracker's own deadline" : `a deadline of ${deadlineSeconds} s`;
  return `${number} and ${deadline}`;
}
