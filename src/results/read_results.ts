import { readFile } from "node:fs/promises";
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
    text = await readFile(path, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unreadable";
    const found = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : `found ${code}`;
    throw new Error(`Cannot read results from "${path}": ${found}; expected a results.json`, { cause });
  }
  return parseResults(text, path);
}
