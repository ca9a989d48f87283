/**
 * Stands in for `@aws-sdk/endpoint-cache` in the bundle: DynamoDB's client makes one for endpoint discovery, which is
 * off unless an environment variable asks for it, and does not use it otherwise.
 */
export class EndpointCache {}
