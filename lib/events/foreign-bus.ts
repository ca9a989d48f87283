/** Whether an event bus is another account's or region's. */
import type { IResource } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';

export function isForeign({ env }: IEventBus, user: IResource): boolean {
  return env.account !== user.env.account || env.region !== user.env.region;
}
