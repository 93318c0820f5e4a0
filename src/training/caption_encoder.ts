import type { EncoderEntry } from "../lock/mod.ts";
import { readModelsLock } from "../store/mod.ts";

/** The text encoder that the captions are embedded with. */
const ENCODER = "all-minilm-l6-v2";

/** An encoder, as a file that it made names it. */
export interface EncoderName {
  readonly id: string;
  /** Of its weights. */
  readonly sha256: string;
}

/** How a file names an encoder of the lock. */
export function encoderName({ id, files }: EncoderEntry): EncoderName {
  return { id, sha256: files.weights.sha256 };
}

/**
 * What the lock says of the encoder of the captions.
 *
 * @param root The lock's directory. @default the project's
 * @throws {Error} where the lock does not have it.
 */
export async function captionEncoder(root?: string): Promise<EncoderEntry> {
  const { encoders = [] } = await readModelsLock(root);
  const entry = encoders.find(({ id }) => id === ENCODER);
  if (entry !== undefined) return entry;
  throw new Error(`Cannot embed captions: models.lock.json has no text encoder "${ENCODER}"`);
}
