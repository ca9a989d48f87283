/** The tracker's own secret: whether it can be read and holds credentials of the right form. */
import { credentialsProblem } from '../../credentials/check-credentials.ts';
import { SET_CREDENTIALS } from '../../credentials/credentials-commands.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';

/** Its text, empty where it has bytes and no text; absent where Secrets Manager does not hand it out. */
export interface SecretRead {
  readonly secretArn: string;
  readonly text?: string | undefined;
  /** Why it is not handed out: the name of the error. */
  readonly refusal?: string | undefined;
}

export const SECRET: Examination<SecretRead> = {
  name: 'secret',
  well: 'it holds credentials of the right form',
  findingsIn({ secretArn, text, refusal }) {
    if (refusal !== undefined) return [unreadable(secretArn, refusal)];
    if (!text) return [malformed('It has no text.')];
    const problem = credentialsProblem(text);
    if (problem === undefined) return [];
    return [problem.code === 'PLACEHOLDER' ? placeholder() : malformed(problem.message)];
  },
};

const SET = { commands: [SET_CREDENTIALS] };

function placeholder(): Finding {
  return {
    code: 'SECRET_PLACEHOLDER',
    severity: 'error',
    what: 'The secret still holds its placeholder, so trackings wait with NOT_CONFIGURED.',
    advice: 'Put the credentials of your app in Kore.ai into it:',
    ...SET,
  };
}

function malformed(message: string): Finding {
  return {
    code: 'SECRET_MALFORMED',
    severity: 'error',
    what: `The secret holds no credentials that can be used, so trackings wait with INVALID_SECRET. ${message}`,
    advice: 'Put it right:',
    ...SET,
  };
}

function unreadable(secretArn: string, refusal: string): Finding {
  return {
    code: 'SECRET_UNREADABLE',
    severity: 'error',
    what: `Secrets Manager does not hand out the secret (${refusal}), so trackings wait with SECRET_UNREACHABLE.`,
    advice:
      'Restore it if it was deleted of late, or enable its key. Else give the tracker another secret, and deploy it again.',
    commands: [`aws secretsmanager restore-secret --secret-id ${secretArn}`],
  };
}
