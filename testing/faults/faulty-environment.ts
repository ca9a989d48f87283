/** The functions' world with faults between them and everything that they call. */
import type { InterceptedEnvironment } from '../../local/aws/local-aws.ts';
import type { FaultPlan } from './fault-plan.ts';
import { type Faulty, type FaultyServer, faultyServer } from './faulty-server.ts';
import { FAULTY_EXECUTIONS, FAULTY_KORE, FAULTY_SECRETS, FAULTY_TABLES } from './faulty-services.ts';

const FAULTY: Readonly<Record<string, Faulty>> = {
  AWS_ENDPOINT_URL_DYNAMODB: FAULTY_TABLES,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: FAULTY_SECRETS,
  AWS_ENDPOINT_URL_SFN: FAULTY_EXECUTIONS,
  KORE_HOST: FAULTY_KORE,
};

/** @param crash ends the function's process. @returns the variables, with each address replaced by one where the faults are. */
export async function faultyEnvironment(
  variables: Readonly<Record<string, string>>,
  plan: FaultPlan,
  crash: () => Promise<void>,
): Promise<InterceptedEnvironment> {
  const replaced = { ...variables };
  const servers: FaultyServer[] = [];
  for (const [name, faulty] of Object.entries(FAULTY)) {
    const target = variables[name];
    if (target === undefined) continue;
    const server = await faultyServer(target, faulty, plan, crash);
    replaced[name] = server.origin;
    servers.push(server);
  }
  return {
    variables: replaced,
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
