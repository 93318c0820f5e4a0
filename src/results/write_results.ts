import { writeAtomically } from "./write_atomically.ts";
import type { Results } from "./results.ts";
import { serialize, type SerializeOptions } from "./serialize.ts";

/**
 * Writes results.json whole or not at all: into a temporary sibling first, then renamed.
 *
 * @param path Where to write; the folder is made where it is missing.
 * @param results The results of a run.
 * @returns What a reader of the file will get, so that a page rendered now equals one rendered from the file later.
 * @throws {Error} As {@linkcode serializeResults}; then nothing is written.
 */
export async function writeResults(path: string, results: Results, options: SerializeOptions = {}): Promise<Results> {
  const { text, results: written } = serialize(results, options);
  await writeAtomically(path, text);
  return written;
}
