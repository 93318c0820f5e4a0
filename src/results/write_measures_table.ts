import { measuresTable } from "./measures_table.ts";
import type { Results } from "./results.ts";
import { writeAtomically } from "./write_atomically.ts";

/**
 * Writes {@linkcode measuresTable} as `measures.csv`, whole or not at all.
 *
 * @param path The file to write.
 * @param results What `writeResults` gave, so that the table has the numbers of results.json.
 */
export async function writeMeasuresTable(path: string, results: Results): Promise<void> {
  await writeAtomically(path, measuresTable(results));
}
