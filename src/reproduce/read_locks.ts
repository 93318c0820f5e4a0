import { readModelsLock, readStimuliLock } from "../store/mod.ts";
import { type Locks, locksOf } from "./locks.ts";

/**
 * Reads what the project pins.
 *
 * @param root The directory that holds them. @default the project's
 * @throws {RequestError} where a lock is missing or breaks its format, with one sentence on where.
 */
export async function readLocks(root?: string): Promise<Locks> {
  const models = await readModelsLock(root);
  const stimuli = await readStimuliLock(root);
  return locksOf(models, stimuli);
}
