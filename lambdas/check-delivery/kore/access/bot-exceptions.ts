/** What differs from the tracker's own access for single bots: too much for an environment, so the stack puts it into a secret. */
import type { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import * as z from 'zod/mini';
import { API_SCOPES } from '../../../../contract/api-scope.ts';
import { ObstacleError } from '../../obstacle.ts';
import type { BotExceptions } from './bots.ts';
import { secretText } from './secret.ts';

export interface StoredExceptions {
  readonly secretArn: string;
  /** Changes with what is stored: no container goes on with what it cached before. */
  readonly version: string;
}

const exceptionsSchema = z.record(
  z.string(),
  z.object({
    host: z.optional(z.string()),
    apiScope: z.optional(z.enum(API_SCOPES)),
    secretArn: z.optional(z.string()),
  }),
);

/**
 * @param stored nothing where no bot differs.
 * @throws ObstacleError `SECRET_UNREACHABLE` or `INVALID_SECRET`.
 */
export async function botExceptionsIn(
  provider: Pick<SecretsProvider, 'get'>,
  stored: StoredExceptions | undefined,
): Promise<BotExceptions> {
  if (stored === undefined) return {};
  const text = await secretText(provider, stored.secretArn, 'The secret with the settings of bots');
  try {
    return exceptionsSchema.parse(JSON.parse(text));
  } catch {
    // Without the cause, which may repeat the text: it may be credentials, put into the wrong secret.
    throw new ObstacleError(
      'INVALID_SECRET',
      'The secret with the settings of bots does not hold what the stack put there. Put its previous version back.',
    );
  }
}
