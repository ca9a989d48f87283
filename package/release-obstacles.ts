/** What stands against a release, judged by what git, npm and the CHANGELOG say. */

export interface ReleaseFacts {
  /** Of package.json. */
  readonly version: string;
  /** Of package-lock.json. */
  readonly lockedVersion: string;
  /** Text of CHANGELOG.md. */
  readonly changelog: string;
  /** Text of docs/upgrading.md. */
  readonly upgrading: string;
  /** What `git status --porcelain` prints. */
  readonly changedFiles: string;
  /** Tags of the repository. */
  readonly tags: readonly string[];
  /** Whether somebody said that `.ci/run` passed on this commit. */
  readonly isTested: boolean;
}

export function tagOf(version: string): string {
  return `v${version}`;
}

/** All of them, each a sentence that says what to do; none, if the release may go on. */
export function releaseObstacles(facts: ReleaseFacts): string[] {
  const { version, lockedVersion, changelog, upgrading, changedFiles, tags, isTested } = facts;
  const [latest, text] = latestSection(changelog);
  const isPatch = !version.endsWith('.0');
  const obstacles: [boolean, string][] = [
    [changedFiles !== '', `These files are not committed; commit or drop them:\n${changedFiles.trimEnd()}`],
    [
      lockedVersion !== version,
      `package-lock.json says ${lockedVersion}, package.json ${version}: run npm install and commit it.`,
    ],
    [
      tags.includes(tagOf(version)),
      `${tagOf(version)} is released. Set the next version: npm version --no-git-tag-version …`,
    ],
    [latest !== version, `CHANGELOG.md begins with "${latest}": begin it with "## ${version}".`],
    [latest === version && text.trim() === '', `CHANGELOG.md says nothing of ${version}.`],
    [
      !isPatch && !upgrading.includes(` to ${version}\n`),
      `docs/upgrading.md has no section that ends in "to ${version}": say what users must do, if only that they need do nothing.`,
    ],
    [!isTested, 'Let .ci/run pass on this commit, then say so with --tested.'],
  ];
  return obstacles.filter(([holds]) => holds).map(([, sentence]) => sentence);
}

/** Version and text of the topmost section. */
function latestSection(changelog: string): readonly [version: string, text: string] {
  const [, section = ''] = changelog.split(/^## /m);
  const [version = '', ...lines] = section.split('\n');
  return [version, lines.join('\n')];
}
