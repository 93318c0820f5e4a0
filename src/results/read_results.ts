import { readWholeText } from "../store/mod.ts";
import { LARGEST_RESULTS } from "./_largest_results.ts";
import { parseResults } from "./parse.ts";
import type { Results } from "./results.ts";

/**
 * Results from a file.
 *
 * @param path A results.json; one of version 1 is converted.
 * @throws {Error} Where the file is missing, broken or of another version; one sentence that names it.
 */
export async function readResults(path: string): Promise<Results> {
  let text: string;
  try {
    text = await readWholeText(path, LARGEST_RESULTS);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`Cannot read results from "${path}": ${message}; expected a results.json`, { cause });
  }
  return parseResults(text, path);
}
