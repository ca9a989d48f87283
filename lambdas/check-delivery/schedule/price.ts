/** What a call is worth while others need calls too. */
export interface Price {
  /** It holds until so many seconds from now; then the next one does, and after the last what an idle bot pays. */
  readonly untilSeconds: number;
  /** How much lag one more check would have to save. */
  readonly worthSeconds: number;
}
