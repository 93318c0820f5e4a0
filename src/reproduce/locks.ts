import { hashText, type ModelsLock, type StimuliLock } from "../lock/mod.ts";

/** What the project pins, of both locks as parsed. */
export function locksOf(models: ModelsLock, stimuli: StimuliLock): Locks {
  return { models, stimuli, hash: hashText(JSON.stringify([models, stimuli])) };
}

/** Both locks and a hash of what they pin. */
export interface Locks {
  /** Networks. */
  readonly models: ModelsLock;
  /** Sets of images. */
  readonly stimuli: StimuliLock;
  /** sha256 over both, as parsed. */
  readonly hash: string;
}
