/** What AWS and the SDK refuse, as a sentence that says what to do. */
import { CampaignDiffersError, InvalidInputError } from '../../client/index.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { redact } from '../text/redact.ts';
import { actionOf } from './aws-clients.ts';

export function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof InvalidInputError) {
    return new CommandError(error.code, EXIT.wrongUsage, `${error.message} Nothing was started.`);
  }
  if (error instanceof CampaignDiffersError) {
    return new CommandError(error.code, EXIT.refused, `${error.message} Nothing was started.`);
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const known = KNOWN.find(({ names, text }) => names?.test(name) || text?.test(message));
  if (known !== undefined) return known.refusal(actionOf(error) ?? 'the request', error);
  if (NETWORK.test(String((error as { code?: unknown }).code ?? name))) return unreachable(error);
  return new CommandError(
    'UNEXPECTED_ERROR',
    EXIT.failed,
    `${actionOf(error) ?? 'The command'} failed: ${name}: ${redact(message)}`,
  );
}

/** Whether every further request would end in the same way. */
export function isHopeless({ exitStatus, code }: CommandError): boolean {
  return exitStatus === EXIT.notPermitted || exitStatus === EXIT.notFound || code === 'AWS_UNREACHABLE';
}

interface KnownError {
  readonly names?: RegExp;
  readonly text?: RegExp;
  refusal(action: string, error: unknown): CommandError;
}

const KNOWN: readonly KnownError[] = [
  {
    text: /^Region is missing/,
    refusal: () =>
      new CommandError(
        'REGION_MISSING',
        EXIT.wrongUsage,
        'No AWS region is set. Give --region, set AWS_REGION or AWS_DEFAULT_REGION, or choose a profile that has one.',
      ),
  },
  {
    names: /^(CredentialsProviderError|TokenProviderError)$/,
    refusal: () =>
      new CommandError(
        'CREDENTIALS_MISSING',
        EXIT.notPermitted,
        'No AWS credentials were found. Sign in (aws sso login), give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      ),
  },
  {
    names: /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    text: /security token.* expired/i,
    refusal: () =>
      new CommandError(
        'CREDENTIALS_EXPIRED',
        EXIT.notPermitted,
        'The AWS credentials have expired. Sign in again (aws sso login), then run the same command again.',
      ),
  },
  {
    names:
      /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken\w*|AuthFailure|OptInRequired)$/,
    refusal: () =>
      new CommandError(
        'CREDENTIALS_REFUSED',
        EXIT.notPermitted,
        'AWS does not accept these credentials. Check the profile and its keys, the clock of this machine, and that the region is enabled.',
      ),
  },
  {
    // SNS, Lambda and SQS have names of their own.
    names:
      /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationErrorException|K(MS|ms)AccessDenied(Exception)?)$/,
    refusal: (action, error) =>
      new CommandError(
        'NOT_PERMITTED',
        EXIT.notPermitted,
        `These credentials may not call ${action}${onResourceIn(error)}. Have it allowed in the policy of your role or user.`,
      ),
  },
  {
    names:
      /^(StateMachineDoesNotExist|StateMachineDeleting|ResourceNotFoundException|NotFoundException|QueueDoesNotExist)$/,
    refusal: (action) =>
      new CommandError(
        'TRACKER_GONE',
        EXIT.notFound,
        `${action} found no part of the tracker by the name that its stack's output has. The stack may have been deleted just now; give --stack for another.`,
      ),
  },
  {
    names: /Throttl|TooManyRequests|ProvisionedThroughputExceeded|RequestLimitExceeded|LimitExceeded/,
    refusal: (action) =>
      new CommandError(
        'THROTTLED',
        EXIT.failed,
        `AWS throttled ${action} for longer than this command waits. Run it again in a minute, with a lower --rate where it has one.`,
      ),
  },
];

/** Where AWS names it: "… is not authorized to perform: … on resource: arn:…" (AWS docs, Troubleshoot access denied error messages). */
function onResourceIn(error: unknown): string {
  const [, resource] = /on resource: (arn:[^\s"@]+)/.exec(String((error as Error).message)) ?? [];
  return resource === undefined ? '' : ` on ${resource}`;
}

const NETWORK = /^(E[A-Z]+|TimeoutError|NetworkingError)$/;

function unreachable(error: unknown): CommandError {
  const { code, name } = error as { code?: string; name?: string };
  return new CommandError(
    'AWS_UNREACHABLE',
    EXIT.failed,
    `${actionOf(error) ?? 'The request'} did not reach AWS (${code ?? name}). Check the network, the region's name and any proxy.`,
  );
}
