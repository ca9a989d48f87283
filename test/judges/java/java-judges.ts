/** Judges that are Java libraries: EventBridge's own rule engine, and JSONata. All questions of a call share one JVM. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, 'JavaJudges.java');
const POM = join(import.meta.dirname, 'pom.xml');
const JARS = join(import.meta.dirname, '..', '..', '..', 'dist', 'judges-java');
const INSTALLED = join(JARS, 'installed.xml');

export class JavaMissingError extends Error {
  override readonly name = 'JavaMissingError';
  readonly code = 'JAVA_MISSING';
}

export interface PatternQuestion {
  readonly pattern: object;
  readonly event: object;
}

export interface JsonataQuestion {
  /** Without Step Functions' `{% %}`. */
  readonly expression: string;
  /** `$states`. What has no key there has no value. */
  readonly states?: { readonly input?: unknown; readonly context?: unknown };
}

/** `value` is absent where the expression has no value, which Step Functions takes for an error. */
export type JsonataAnswer = { readonly value?: unknown } | { readonly error: string };

/**
 * Whether each event matches its pattern.
 *
 * @throws JavaMissingError
 * @throws Error for a pattern that the rule engine refuses.
 */
export function matchPatterns(questions: readonly PatternQuestion[]): boolean[] {
  const answers = ask<{ matches: boolean } | { error: string }>(questions);
  return answers.map((answer, index) => {
    if ('matches' in answer) return answer.matches;
    throw new Error(`${answer.error}: ${JSON.stringify(questions[index]?.pattern)}`);
  });
}

/**
 * What each expression makes of its `$states`; it may call `$parse`, which is Step Functions' own.
 *
 * @throws JavaMissingError
 */
export function evaluateJsonata(questions: readonly JsonataQuestion[]): JsonataAnswer[] {
  return ask(questions.map(({ expression, states = {} }) => ({ expression, bindings: { states } })));
}

function ask<Answer>(questions: readonly object[]): Answer[] {
  if (questions.length === 0) return [];
  installJavaJudges();
  const input = questions.map((question) => JSON.stringify(question)).join('\n');
  const said = execFileSync('java', ['-cp', join(JARS, '*'), PROGRAM], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return said.split('\n', questions.length).map((line) => JSON.parse(line));
}

export function installJavaJudges(): void {
  checkJava();
  const wanted = readFileSync(POM, 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  console.log('Copying the Java judges into dist/judges-java …');
  rmSync(JARS, { recursive: true, force: true });
  mkdirSync(JARS, { recursive: true });
  const copy = ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${JARS}`];
  run('mvn', copy, 'Maven');
  writeFileSync(INSTALLED, wanted);
}

/** A JDK: a JRE runs no program that is given as source. */
function checkJava(): void {
  const modules = run('java', ['--list-modules'], 'a JDK');
  const [, version] = /^jdk\.compiler@(\d+)/m.exec(modules) ?? [];
  if (Number(version ?? 0) < 17) throw missing('a JDK of version 17 or newer');
}

function run(program: string, options: readonly string[], what: string): string {
  try {
    return execFileSync(program, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(what);
    throw error;
  }
}

function missing(what: string): JavaMissingError {
  return new JavaMissingError(
    `npm run test:judges needs a JDK of version 17 or newer and Maven on the PATH (Debian: apt-get install openjdk-17-jdk-headless maven); it did not find ${what}.`,
  );
}
