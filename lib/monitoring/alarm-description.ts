/** What an alarm says of itself: it may be all that somebody has at night, as a mail. */
import manifest from '../../package.json' with { type: 'json' };
import type { Watch } from './tracking-watches.ts';

/** AWS docs, PutMetricAlarm. */
const LONGEST = 1024;

/**
 * What the alarm means, the first commands to paste, and where the rest is.
 *
 * @param name the heading of its entry in docs/runbook.md.
 * @param runbookUrl where the runbook can be read; in the package by default.
 */
export function alarmDescription(
  trackerName: string,
  name: string,
  { means, first = [] }: Pick<Watch, 'means' | 'first'>,
  runbookUrl = repositoryUrl(manifest),
): string {
  const commands = ['doctor', ...first].map((command) => `\`npx delivery-tracker ${command}\``);
  const rest =
    runbookUrl === undefined
      ? `"${name}" in docs/runbook.md of the package ${manifest.name}`
      : `${runbookUrl}#${name.toLowerCase().replaceAll(' ', '-')}`;
  const text = `${trackerName}: ${means} Begin with ${commands.join(', then ')} (of several trackers, with --tracker ${trackerName}). What to do then: ${rest}`;
  return text.slice(0, LONGEST);
}

/** Of the runbook, where the package names a repository on GitHub. */
export function repositoryUrl(manifestOfPackage: object): string | undefined {
  const { repository } = manifestOfPackage as { readonly repository?: unknown };
  const { url = repository } = Object(repository) as { readonly url?: unknown };
  const [path] = /github\.com\/[\w.-]+\/[\w-]+/.exec(String(url)) ?? [];
  return path === undefined ? undefined : `https://${path}/blob/HEAD/docs/runbook.md`;
}
