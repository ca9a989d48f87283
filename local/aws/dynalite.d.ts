declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** @param options.createTableMs how long a new table is not ready. */
  export default function dynalite(options?: { createTableMs?: number }): Server;
}
