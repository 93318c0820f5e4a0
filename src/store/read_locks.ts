import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RequestError } from "../errors.ts";
import { type ModelsLock, parseModelsLock, parseStimuliLock, type StimuliLock } from "../lock/mod.ts";
import { readWholeText } from "./read_whole_file.ts";

/** Bytes of a lock; one line for each image of a set takes some 300 kB. */
const LARGEST_LOCK = 2 ** 26;

/** The directory of the project or of the installed package: where the locks and the fixtures lie. */
export function projectRoot(): string {
  return fileURLToPath(new URL("../../", import.meta.url));
}

/**
 * Reads `models.lock.json`.
 *
 * @param root The directory it lies in. @default the project's
 * @throws {RequestError} where it is missing or breaks its format.
 */
export async function readModelsLock(root: string = projectRoot()): Promise<ModelsLock> {
  return parseModelsLock(await readLock(root, "models.lock.json"));
}

/**
 * Reads `stimuli.lock.json`.
 *
 * @param root The directory it lies in. @default the project's
 * @throws {RequestError} where it is missing or breaks its format.
 */
export async function readStimuliLock(root: string = projectRoot()): Promise<StimuliLock> {
  return parseStimuliLock(await readLock(root, "stimuli.lock.json"));
}

async function readLock(root: string, name: string): Promise<string> {
  try {
    return await readWholeText(join(root, name), LARGEST_LOCK);
  } catch (error) {
    throw new RequestError(`Cannot read ${name}: ${(error as Error).message}; expected it in ${root}`, {
      cause: error,
    });
  }
}
