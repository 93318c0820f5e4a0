import { InvalidArgumentError } from "commander";

/** Reads a flag's whole number between two bounds. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    const bounds = most < Number.MAX_SAFE_INTEGER ? `${least} to ${most}` : `${least}`;
    throw new InvalidArgumentError(`Expected a whole number from ${bounds}.`);
  };
}

/** Reads a flag's number above zero. */
export function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError("Expected a number above 0.");
  return number;
}

/** Reads a path; an empty one would be the folder that the command runs in. */
export function path(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("Expected a path; it is empty.");
  return value;
}
