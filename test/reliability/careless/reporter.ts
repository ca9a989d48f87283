/** The rule and the reporter, who tells the end of an execution in its place: the event may come late, twice or never. */
import type { CarelessExecution, Ending } from './machine.ts';
import type { Circumstances } from './process.ts';
import { publish } from './publish.ts';
import type { StepFunctions } from './step-functions.ts';

export interface Reporting<End extends Ending> extends Circumstances<'event'> {
  /** Seconds, at most. */
  readonly reportsAfter: number;
  readonly isReportLost?: boolean | undefined;
  /** Absent for that of notifications. */
  readonly stateMachineArn?: string;
  /** Records an end; returns the end that won. */
  record(ended: End): Promise<End>;
}

export function reportIfUntold<End extends Ending>(
  execution: CarelessExecution<End>,
  { time, random, faults, reportsAfter, isReportLost, stateMachineArn, record }: Reporting<End>,
  { describeInterruption, eventRetries }: StepFunctions,
): void {
  const { status, outcome, arn: executionArn, name } = execution;
  if (isReportLost || (status === 'FAILED' && outcome === 'failed')) return;
  const report = async () => {
    await time.sleep(reportsAfter * random.next() * 1000);
    const input = JSON.stringify(execution.input);
    const described = (await describeInterruption({
      input: { executionArn, stateMachineArn, name, status, input },
      context: { State: { EnteredTime: new Date(time.now()).toISOString() } },
    })) as End;
    const { detail } = await record({ ...described, outcome: 'failed' });
    const arrive = () => execution.tell(detail, false);
    await publish({ time, random, faults }, { arrive, eventRetries });
  };
  void report();
  if (random.chance(0.1)) void report();
}
