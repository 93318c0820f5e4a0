import { hashText, type ModelsLock, type StimuliLock } from "../lock/mod.ts";
import { readModelsLock, readStimuliLock } from "../store/mod.ts";

/** Both locks and a hash of what they pin. */
export interface Locks {
  readonly models: ModelsLock;
  readonly stimuli: StimuliLock;
  /** sha256 over both, as parsed. */
  readonly hash: string;
}

/**
 * Reads what the project pins.
 *
 * @param root The directory that holds them. @default the project's
 * @throws {RequestError} where a lock is missing or breaks its format, with one sentence on where.
 */
export async function readLocks(root?: string): Promise<Locks> {
  const models = await readModelsLock(root);
  const stimuli = await readStimuliLock(root);
  return { models, stimuli, hash: hashText(JSON.stringify([models, stimuli])) };
}
