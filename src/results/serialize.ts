import { findNonFinite, formatJson, roundNumbers } from "./_canonical.ts";
import { checksumOf } from "./checksum.ts";
import { checkResults } from "./_check_results.ts";
import type { Results } from "./results.ts";

/**
 * The canonical form of results: keys in the order of the schema (records by name), numbers at nine significant digits.
 * Equal inputs have equal canonical forms, whatever order they were assembled in.
 *
 * @param results The results of a run.
 * @returns A new value; the argument is left alone.
 * @throws {Error} Where a number is NaN or infinite (the message names its path) or the value does not fit the schema.
 */
export function canonicalResults(results: Results): Results {
  const found = findNonFinite(results);
  if (found) {
    throw new Error(
      `Cannot write results: ${found.path} is ${found.value}; expected a finite number, or null with a reason`,
    );
  }
  const checked = checkResults(roundNumbers(results));
  if ("results" in checked) return checked.results;
  throw new Error(`Cannot write results: ${checked.problem}`);
}

/**
 * The text of results.json, with the checksum of its content: the same bytes for the same results.
 *
 * @throws {Error} As {@linkcode canonicalResults}.
 */
export function serializeResults(results: Results): string {
  const canonical = canonicalResults(results);
  return `${formatJson({ ...canonical, checksum: checksumOf(canonical) })}\n`;
}
