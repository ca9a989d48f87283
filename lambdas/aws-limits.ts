/** A request to AWS that takes longer has failed; the SDK's own number of tries has changed before, so it is said here. */
export const AWS_LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
