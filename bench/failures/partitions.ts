/**
 * What DynamoDB lets through: a partition of a table or an index takes 1,000 write units a second, and a row that an index has no room
 * for is refused as a whole (AWS docs, GSI write throttling and back pressure in DynamoDB). Bursts, and partitions that split under load,
 * are left out: AWS promises neither. So is growth: a table takes twice its peak only half an hour after it.
 */
import { sha256 } from '../../lambdas/check-delivery/rows/log-identity.ts';

/** AWS docs, DynamoDB burst and adaptive capacity. */
const UNITS_OF_A_PARTITION = 1_000;

/** One table or index. */
export interface Partitions {
  /** The partition that a key is in. */
  of(key: string): number;
  readonly count: number;
  hasRoom(partition: number, units: number): boolean;
  take(partition: number, units: number): void;
  /** Lets time go by: what a partition has not used, it keeps for a second. */
  refill(milliseconds: number): void;
}

/** @param writeUnits a second that the whole is ready for: 4,000 where it is new. */
export function partitionsFor(writeUnits: number): Partitions {
  const count = Math.ceil(writeUnits / UNITS_OF_A_PARTITION);
  const free = new Float64Array(count).fill(UNITS_OF_A_PARTITION);
  return {
    count,
    of: (key) => Number.parseInt(sha256(key).slice(0, 8), 16) % count,
    hasRoom: (partition, units) => (free[partition] ?? 0) >= units,
    take(partition, units) {
      free[partition] = (free[partition] ?? 0) - units;
    },
    refill(milliseconds) {
      const more = (UNITS_OF_A_PARTITION * milliseconds) / 1_000;
      for (let i = 0; i < count; i += 1) free[i] = Math.min(UNITS_OF_A_PARTITION, (free[i] ?? 0) + more);
    },
  };
}

/** Write units a second that go to keys in equal shares before the fullest partition has no room. */
export function rateOf(keys: readonly string[], writeUnits: number): number {
  const partitions = partitionsFor(writeUnits);
  const keysIn = new Uint32Array(partitions.count);
  for (const key of keys) keysIn[partitions.of(key)] = (keysIn[partitions.of(key)] ?? 0) + 1;
  return (UNITS_OF_A_PARTITION * keys.length) / Math.max(...keysIn);
}
