/** Whether stack and command line are of the same release. */
import type { Examination } from '../examination.ts';

export interface ReleasesRead {
  /** Of the stack; absent before 0.2.0. */
  readonly deployed: string | undefined;
  /** Of this command line. */
  readonly own: string;
}

export const RELEASES: Examination<ReleasesRead> = {
  name: 'releases',
  well: 'stack and command line are of the same release',
  findingsIn({ deployed, own }) {
    if (deployed === own) return [];
    return [
      {
        code: 'RELEASES_DIFFER',
        severity: 'warning',
        what: `The stack was deployed by ${deployed === undefined ? 'a release before 0.2.0' : `release ${deployed}`}, and this command line is of ${own}.`,
        advice:
          "Use the stack's release of this package, or read CHANGELOG.md and deploy the stack with this one:",
        commands: ['npx cdk diff', 'npx cdk deploy'],
      },
    ];
  },
};
