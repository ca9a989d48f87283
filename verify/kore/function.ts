/** The stand-in for Kore.ai as a Lambda function behind a URL. It takes only tokens of this run's credentials. */
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { parseCredentials } from '../../contract/credentials.ts';
import { tokenCheck } from '../../local/kore/token-check.ts';
import { answerOf } from './answer.ts';

// Absent until the run has set them; it starts no tracking before that.
const { CREDENTIALS = '' } = process.env;
const checkToken = CREDENTIALS === '' ? undefined : tokenCheck(parseCredentials(CREDENTIALS));

export async function handler({
  rawPath,
  headers,
}: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  if (checkToken === undefined) return { statusCode: 503 };
  const { status, body } = await answerOf(rawPath, headers.auth, checkToken, Date.now());
  return { statusCode: status, headers: { 'content-type': 'application/json' }, body };
}
