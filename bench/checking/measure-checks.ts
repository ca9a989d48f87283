/** Checks of one kind by the bundled function: the first one of each of many containers, and later ones of some. */
import type { CheckAnswer } from '../../lambdas/check-delivery/invocation/invocation.ts';
import type { DeployedFunction } from '../../local/aws/deployment.ts';
import { billedMs, type Container, type Invoked, startContainer } from '../container/container.ts';
import type { Kind } from './kinds.ts';
import type { MeasuredServer, Traffic } from './measured-server.ts';

/** What the check meets, on loopback. */
export interface Servers {
  readonly aws: MeasuredServer;
  readonly kore: MeasuredServer;
}

export interface MeasuredCheck extends Invoked {
  /** By Lambda's share of a processor, milliseconds. */
  readonly billedMs: number;
  readonly aws: Traffic;
  readonly kore: Traffic;
}

export interface MeasuredChecks {
  /** The first of each container, the import of the bundle included. */
  readonly cold: readonly MeasuredCheck[];
  readonly warm: readonly MeasuredCheck[];
}

export interface Repetitions {
  readonly containers: number;
  /** One container of so many goes on after its first check. */
  readonly oneIn: number;
  /** How many checks more it makes. */
  readonly warmChecks: number;
}

export async function measureChecks(
  deployed: DeployedFunction,
  kind: Kind,
  servers: Servers,
  { containers, oneIn, warmChecks }: Repetitions,
): Promise<MeasuredChecks> {
  const [cold, warm]: [MeasuredCheck[], MeasuredCheck[]] = [[], []];
  const { aws, kore } = servers;
  const addresses = {
    AWS_ENDPOINT_URL_DYNAMODB: aws.origin,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.origin,
    KORE_HOST: kore.origin,
  };
  for (let i = 0; i < containers; i += 1) {
    const container = startContainer(deployed, addresses);
    try {
      cold.push(await check(container, deployed, kind, servers));
      const more = i % oneIn === 0 ? warmChecks : 0;
      for (let n = 0; n < more; n += 1) warm.push(await check(container, deployed, kind, servers));
    } finally {
      await container.stop();
    }
  }
  return { cold, warm };
}

async function check(
  container: Container,
  deployed: DeployedFunction,
  kind: Kind,
  { aws, kore }: Servers,
): Promise<MeasuredCheck> {
  aws.take();
  kore.take();
  const invoked = await container.invoke(kind.event(Date.now()));
  expectResult(invoked.result as CheckAnswer, kind);
  return { ...invoked, billedMs: billedMs(deployed, invoked), aws: aws.take(), kore: kore.take() };
}

/** A check that met an obstacle, or went on without the call budget, has measured something else. */
function expectResult(result: CheckAnswer, { name, outcome }: Kind): void {
  const isAsPlanned = result.outcome !== 'waiting' || (result.obstacle === undefined && result.reservation);
  if (result.outcome === outcome && isAsPlanned) return;
  throw new Error(`a measured check (${name}) ended otherwise: ${JSON.stringify(result)}`);
}
