/** The emulator, with a proxy before it that keeps what functions and operators ask of AWS. */
import { type Emulator, installMiniStack, OWNER, startMiniStack } from '../../emulator/ministack.ts';
import { BEHIND, type SignedRequest, startRecordingProxy } from './iam/recording-proxy.ts';

/** @param record is given each request of others than the account's owner. */
export async function startEmulator(record: (request: SignedRequest) => void): Promise<Emulator> {
  await installMiniStack(console.log);
  const proxy = await startRecordingProxy(record, OWNER);
  const port = Number(new URL(proxy.origin).port);
  try {
    const { environment, stop } = await startMiniStack({ host: BEHIND, port, enforcePolicies: true });
    return {
      environment,
      async stop() {
        await stop();
        await proxy.close();
      },
    };
  } catch (error) {
    await proxy.close();
    throw error;
  }
}
