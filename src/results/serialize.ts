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

/** Results as they are written. */
export interface SerializedResults {
  /** The text of results.json: the same bytes for the same results. */
  readonly text: string;
  /** What a reader of the text gets. */
  readonly results: Results;
}

/**
 * The text of results.json, with the checksum of its content: the same bytes for the same results.
 *
 * @throws {Error} As {@linkcode canonicalResults}.
 * @throws {RequestError} Where the text would be longer than one that can be read again.
 */
export function serializeResults(results: Results, options: SerializeOptions = {}): string {
  return serialize(results, options).text;
}

/** The same with what a reader of the text gets, which need not be read from it then. */
export function serialize(results: Results, { most = LARGEST_RESULTS }: SerializeOptions = {}): SerializedResults {
  const canonical = canonicalResults(results);
  const tooLong = (): RequestError =>
    new RequestError(
      `Cannot write results: they would take more than ${most} bytes; expected fewer networks, layers or criteria in a run`,
    );
  const blocks: string[] = [];
  let parts: string[] = [];
  // And the end of the last line.
  let bytes = 1;
  const written = { ...canonical, checksum: checksum(canonical) };
  formatJson(written, (part) => {
    bytes += bytesOf(part);
    // Before the parts become one text: the language ends with an error of its own where one is too long.
    if (bytes > most) throw tooLong();
    parts.push(part);
    // Parts by the million take several times the memory of their text.
    if (parts.length < PARTS) return;
    blocks.push(parts.join(""));
    parts = [];
  });
  parts.push("\n");
  return { text: [...blocks, ...parts].join(""), results: written };

  function checksum(canonical: Results): string {
    try {
      return checksumOf(canonical);
    } catch (error) {
      throw error instanceof RangeError ? tooLong() : error;
    }
  }
}

/** Parts that are put together at once. */
const PARTS = 10_000;

const ENCODER = new TextEncoder();

/** Bytes of a text in UTF-8. Most parts are ASCII alone, and need no encoding to be counted. */
function bytesOf(text: string): number {
  return /^[\x20-\x7e\n]*$/.test(text) ? text.length : ENCODER.encode(text).length;
}
