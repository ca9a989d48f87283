/** Dollars: AWS's list prices for us-east-1, November 2026, without free tiers. */
export const PRICES = {
  transition: 25 / 1e6,
  invocation: 0.2 / 1e6,
  gigabyteSecond: 13.3334 / 1e6,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  event: 1 / 1e6,
} as const;

/** The whole table, for below a table of what was multiplied by it. */
export function pricesInWords(): string {
  const each = Object.entries(PRICES).map(
    ([what, price]) => `${what} $${(price * 1e6).toFixed(3)} per million`,
  );
  return `Prices: ${each.join(', ')} (AWS list prices, us-east-1, November 2026; no free tier, logs and the secret's $0.40 a month not counted).`;
}
