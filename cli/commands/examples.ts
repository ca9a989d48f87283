/** What the help of a command shows of its use, without the program's name: each can be pasted behind it. */
const EXAMPLES: readonly string[] = [
  'start ds-30bd9810 --stream-id st-736ff917 --recipients 24 --watch',
  'start --from-file ids.txt --campaign spring-2027 --dry-run',
  'start-campaign spring-2027 --notifications 120',
  'watch ds-30bd9810',
  'show ds-30bd9810',
  'show ds-30bd9810 --json',
  'campaign spring-2027',
  'campaign spring-2027 --watch',
  'recipient jane@example.com --since 7d',
  'failures --since 2h',
  'failures --campaign spring-2027 --all --output csv',
  'list --running',
  'list --failed --since 24h',
  'logs ds-30bd9810',
  'logs --since 2h',
  'dead-letters list',
  'dead-letters forward --dry-run',
  'report spring-2027 --out report.html',
  'report spring-2027 --csv --out not-reached.csv',
  'outdated',
  'stop ds-30bd9810',
  'retrack ds-30bd9810',
  'retrack --campaign spring-2027 --failed --dry-run',
  'retrack --since 2h --failed --code UNEXPECTED_ERROR --dry-run',
  'pause st-736ff917',
  'resume st-736ff917',
  'forget jane@example.com',
  'doctor',
  'credentials set --file secret.json',
  'credentials check',
  'credentials check --call --stream-id st-736ff917',
];

/** @param name of a command, or of a command and one of its own. */
export function examplesOf(name: string): readonly string[] {
  return EXAMPLES.filter((example) => `${example} `.startsWith(`${name} `));
}
