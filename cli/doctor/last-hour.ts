/** What CloudWatch counted in the last hour. */

export interface LastHour {
  readonly functions: readonly FunctionHour[];
  readonly tables: readonly TableHour[];
  /** Percent of an hour's calls that were booked, of the bot with the most; absent where no check told. */
  readonly budgetUsed: number | undefined;
}

export interface FunctionHour {
  readonly name: string;
  readonly errors: number;
  readonly throttles: number;
}

export interface TableHour {
  readonly table: string;
  /** Absent for the table itself: its metric leaves the indexes out (AWS docs, DynamoDB metrics and dimensions). */
  readonly index?: string | undefined;
  /** Of writes. */
  readonly throttles: number;
}
