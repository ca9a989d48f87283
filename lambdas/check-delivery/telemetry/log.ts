/** Structured log lines that all say which notification they are about. Never addresses, tokens or secrets. */
import type { Logger } from '@aws-lambda-powertools/logger';

/** What a line may say. Kore's entries are `unknown`, its texts `KoreText`: neither fits. */
export type Loggable =
  | string
  | number
  | boolean
  | undefined
  | readonly Loggable[]
  | { readonly [name: string]: Loggable };

export type Fields = Readonly<Record<string, Loggable>>;

export interface Log {
  info(message: string, fields: Fields): void;
  warn(message: string, fields: Fields): void;
  /** A log whose lines all carry these fields. */
  about(fields: Fields): Log;
}

export function logTo(logger: Logger): Log {
  return {
    info: (message, fields) => logger.info(message, { ...fields }),
    warn: (message, fields) => logger.warn(message, { ...fields }),
    about: (fields) => logTo(logger.createChild({ persistentKeys: { ...fields } })),
  };
}
