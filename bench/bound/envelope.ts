/** The lower envelope of lines, offset − slope × F, for lines that come with falling slopes and questions with falling F. */
export interface Envelope {
  add(name: number, slope: number, offset: number): void;
  /** @returns which line is lowest. */
  lowestAt(f: number): number;
  nameOf(line: number): number;
  valueOf(line: number, f: number): number;
}

/** @param most lines that will be added. */
export function envelope(most: number): Envelope {
  const names = new Uint32Array(most);
  const slopes = new Float64Array(most);
  const offsets = new Float64Array(most);
  /** Each line is lower than the one before it where F is less. */
  const crossings = new Float64Array(most);
  let first = 0;
  let count = 0;

  return {
    add(name, slope, offset) {
      let crossing = Number.POSITIVE_INFINITY;
      while (count > first) {
        crossing = ((offsets[count - 1] as number) - offset) / ((slopes[count - 1] as number) - slope);
        if (count - 1 === first || crossing < (crossings[count - 1] as number)) break;
        count -= 1;
      }
      names[count] = name;
      slopes[count] = slope;
      offsets[count] = offset;
      crossings[count] = crossing;
      count += 1;
    },
    lowestAt(f) {
      while (first + 1 < count && f <= (crossings[first + 1] as number)) first += 1;
      return first;
    },
    nameOf: (line) => names[line] as number,
    valueOf: (line, f) => (offsets[line] as number) - (slopes[line] as number) * f,
  };
}
