/** A campaign that the simulator is to send: what belongs to it, and how each delivery goes. */
import { randomUUID } from 'node:crypto';
import { COURSES, type Course, mixedCourse, type Scenario } from '../kore/scenario.ts';

export interface PlannedCampaign {
  readonly campaignId: string;
  readonly notifications: readonly PlannedNotification[];
}

export interface PlannedNotification {
  readonly requestId: string;
  readonly course: Course;
}

/** @param scenario of all notifications; without one, each goes a little differently. */
export function plannedCampaign(notifications: number, scenario: Scenario | undefined): PlannedCampaign {
  return {
    campaignId: `campaign-${randomUUID()}`,
    notifications: Array.from({ length: notifications }, (_, index) => ({
      requestId: `ds-${randomUUID()}`,
      course: scenario === undefined ? mixedCourse(index) : COURSES[scenario],
    })),
  };
}
