import type { RecordingHeader } from "../recording/mod.ts";

/** How the images of a recording fall into conditions and blocks, and what is asked of them. */
export interface Design {
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** Indices of the conditions that units are selected for. */
  readonly targets: readonly number[];
  /** Indices of conditions made from the images of others (scrambled ones), used only by criteria that ask for them. */
  readonly derived: readonly number[];
  /** Blocks that the images of every condition fall into. */
  readonly blocks: number;
  /** Condition and block of each image, in the order of the recording. */
  readonly images: readonly { readonly condition: number; readonly block: number }[];
}

/**
 * Reads the design of a recording.
 *
 * @param input.targets Names of the conditions that units are selected for.
 * @param input.derived Names of conditions made from others. @default none
 * @throws {RangeError} where a target is not among the conditions, or there is no image.
 */
export function designOf(
  { conditions, blocks, images }: Pick<RecordingHeader, "conditions" | "blocks" | "images">,
  { targets, derived = [] }: { readonly targets: readonly string[]; readonly derived?: readonly string[] },
): Design {
  const unknown = targets.find((name) => !conditions.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot select for "${unknown}": the recording has no such condition; expected one of ${conditions.join(", ")}`,
    );
  }
  if (images.length === 0) throw new RangeError("Cannot analyse a recording: it has no images; expected at least one");
  return {
    conditions,
    targets: targets.map((name) => conditions.indexOf(name)),
    derived: derived.flatMap((name) => conditions.includes(name) ? [conditions.indexOf(name)] : []),
    blocks,
    images,
  };
}
