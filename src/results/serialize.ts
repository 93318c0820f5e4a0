import { RequestError } from "../errors.ts";
import { findNonFinite, formatJson, roundNumbers } from "./_canonical.ts";
import { checksumOf } from "./checksum.ts";
import { LARGEST_RESULTS } from "./_largest_results.ts";
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

/** How results are written. */
export interface SerializeOptions {
  /** Bytes that the text may have. @default what {@linkcode readResults} takes, 480 MiB */
  readonly most?: number;
}

/**
 * The text of results.json, with the checksum of its content: the same bytes for the same results.
 *
 * @throws {Error} As {@linkcode canonicalResults}.
 * @throws {RequestError} Where the text would be longer than one that can be read again.
 */
export function serializeResults(results: Results, { most = LARGEST_RESULTS }: SerializeOptions = {}): string {
  const canonical = canonicalResults(results);
  // Counted before any long text is made, since the language ends with an error where one is too long.
  checkLength({ ...canonical, checksum: "0".repeat(64) }, most);
  const parts: string[] = [];
  formatJson({ ...canonical, checksum: checksumOf(canonical) }, (part) => parts.push(part));
  return `${parts.join("")}\n`;
}

function checkLength(value: unknown, most: number): void {
  const encoder = new TextEncoder();
  let bytes = 1;
  formatJson(value, (part) => {
    bytes += encoder.encode(part).length;
    if (bytes <= most) return;
    throw new RequestError(
      `Cannot write results: they would take more than ${most} bytes; expected fewer networks, layers or criteria in a run`,
    );
  });
}
