import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type RecordingHeader, recordingKey } from "../recording/mod.ts";
import { writeAtomically } from "../results/mod.ts";
import type { LesionDirection } from "./plan_lesion.ts";
import type { DirectionCounts } from "./run_lesion.ts";

/** Version of the file and of how its numbers are computed. */
const FORMAT = 1;

/** What the counts of a lesion depend on. */
export interface LesionIdentity {
  /** Of the recording that units were selected in: weights, images, preprocessing, layers, device. */
  readonly header: RecordingHeader;
  readonly layer: string;
  readonly readout: string;
  readonly directions: readonly LesionDirection[];
}

/**
 * The identity of a lesion: SHA-256 over the recording's key, the two layers, and for each half the images and every set of units
 * that is lesioned. What units are set to and the centroids follow from these.
 *
 * @returns 64 hexadecimal digits.
 */
export function lesionKey({ header, layer, readout, directions }: LesionIdentity): string {
  const hash = createHash("sha256").update(JSON.stringify([FORMAT, recordingKey(header), layer, readout]));
  for (const { images, targets } of directions) {
    hash.update(JSON.stringify(images));
    for (const { units, random } of targets) {
      hash.update(JSON.stringify([units.length, random.length]));
      for (const set of [units, ...random]) hash.update(new Uint8Array(set.buffer, set.byteOffset, set.byteLength));
    }
  }
  return hash.digest("hex");
}

const right = z.array(z.int().nonnegative());

const file = z.strictObject({
  format: z.literal(FORMAT),
  key: z.string(),
  label: z.string().nullable(),
  directions: z.array(z.strictObject({
    images: right,
    intact: right,
    selected: z.array(right.nullable()),
    random: z.array(z.array(right)),
  })),
});

/** The counts that a file holds under its key; null where there is no file, or it is not one of that key. */
export async function readLesion(path: string, key: string): Promise<DirectionCounts[] | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const parsed = file.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.key === key ? parsed.data.directions : null;
  } catch (error) {
    // Damaged: it is made again.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Writes the counts of a lesion, whole or not at all. */
export async function writeLesion(
  path: string,
  { key, label, directions }: {
    readonly key: string;
    /** What to call the network in lists. */
    readonly label: string | null;
    readonly directions: readonly DirectionCounts[];
  },
): Promise<void> {
  await writeAtomically(path, `${JSON.stringify({ format: FORMAT, key, label, directions })}\n`);
}
