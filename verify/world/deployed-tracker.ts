/** The outputs of one of the run's trackers. */
export interface DeployedTracker {
  readonly stateMachineArn: string;
  readonly tableArn: string;
  readonly eventBusArn: string;
  readonly functionName: string;
  readonly roleName: string;
}
