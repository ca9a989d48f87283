/** @returns the share of a standard normal distribution that lies below z, to 15 places (Marsaglia 2004, "Evaluating the Normal Distribution"). */
export function normalCdf(z: number): number {
  if (Math.abs(z) > 8.5) return z < 0 ? 0 : 1;
  let term = z;
  let sum = z;
  for (let i = 3, before = 0; sum !== before; i += 2) {
    before = sum;
    term *= z ** 2 / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}
