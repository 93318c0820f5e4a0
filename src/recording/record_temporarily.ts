import { join } from "node:path";
import { temporaryFolder } from "../store/mod.ts";
import type { MadeRecording } from "./record_in_memory.ts";
import { recordNetwork } from "./record_network.ts";
import type { RecordOptions } from "./record_options.ts";

/** What is recorded, and where it lies meanwhile. */
export interface TemporaryOptions extends Omit<RecordOptions, "to"> {
  /** A directory on a disk with space for it. @default the system's directory for temporary files */
  readonly directory?: string;
}

/**
 * Records a network to a file that is removed when the recording is closed.
 *
 * @throws {Error} as {@linkcode recordNetwork} does; then nothing is left.
 */
export async function recordTemporarily(
  { directory, ...options }: TemporaryOptions,
): Promise<MadeRecording> {
  const folder = await temporaryFolder("recording", directory);
  try {
    // No later run looks for it, so the hash of the images may be missing.
    const recording = await recordNetwork({
      ...options,
      stimuli: options.stimuli ?? "",
      to: join(folder.path, "recording"),
    });
    return {
      ...recording,
      close: async () => {
        await recording.close();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
