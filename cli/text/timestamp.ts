/** Times as people read them: always UTC, and saying so. */

/** Such as `2026-11-23 20:14:15Z`. */
export function timestamp(time: string | number | Date): string {
  const date = new Date(time);
  // Others may have written it.
  if (Number.isNaN(date.getTime())) return NO_TIME;
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** Such as `20:14:15Z`. */
export function timeOfDay(time: string | number | Date): string {
  const text = timestamp(time);
  return text === NO_TIME ? text : text.slice(11);
}

const NO_TIME = 'no time';

/** Such as `11 s`, `3 min 5 s` or `2 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return parts(Math.floor(whole / 60), 'min', whole % 60, 's');
  return parts(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min');
}

function parts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
