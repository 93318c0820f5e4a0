import { parseResults, type Results, stripVolatile } from "../results/mod.ts";

/**
 * Whether an earlier run's results are these but for clock and machine.
 *
 * @param results What `writeResults` gave.
 * @returns A test of the text of a results.json.
 */
export function sameResults(results: Results): (text: string) => boolean {
  const stable = (value: Results): string => JSON.stringify(stripVolatile(value));
  const own = stable(results);
  return (text) => {
    try {
      return stable(parseResults(text, "results.json")) === own;
    } catch {
      // What cannot be read as results of this version is not this run.
      return false;
    }
  };
}
