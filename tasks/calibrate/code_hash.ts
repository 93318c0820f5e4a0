import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../src/store/mod.ts";

/** Modules that no simulation passes through. */
const APART = ["report", "study", "reproduce", "training", "store", "lock"];
/** Files that only read what simulations gave. */
const READING = /^validation\/(calibration|describe_calibration|findings|rules)\.ts$/;

/**
 * Hashes the code that simulations run, so that those of other code are not taken for them.
 *
 * @returns Eight hexadecimal digits.
 */
export async function codeHash(): Promise<string> {
  const root = join(projectRoot(), "src");
  const files = (await readdir(root, { recursive: true }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !APART.includes(file.split("/")[0]) && !READING.test(file))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(await readFile(join(root, file))).update("\0");
  return hash.digest("hex").slice(0, 8);
}
