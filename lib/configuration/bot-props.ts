import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ApiScope } from '../../contract/api-scope.ts';

/** How one bot is reached; what is left out is as for the tracker. */
export interface BotProps {
  /**
   * Origin of Kore.ai's API.
   * @default - the tracker's
   */
  readonly host?: string;
  /**
   * The scope that the bot's app has in Kore.ai.
   * @default - the tracker's
   */
  readonly apiScope?: ApiScope;
  /**
   * Secret with the credentials of the bot's app.
   * @default - the tracker's
   */
  readonly secret?: ISecret;
}
