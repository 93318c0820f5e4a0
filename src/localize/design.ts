import type { RecordingHeader } from "../recording/mod.ts";

/** Conditions made from the images of others, by name: each with the condition that its images were made from. */
export type DerivedConditions = Readonly<Record<string, string>>;

/** How the images of a recording fall into conditions and blocks, and what is asked of them. */
export interface Design {
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** Indices of the conditions that units are selected for. */
  readonly targets: readonly number[];
  /** Indices of conditions made from the images of others (scrambled ones), used only by criteria that ask for them. */
  readonly derived: readonly number[];
  /** Of each of `derived`, the index of the condition that it was made from; −1 where that is none of the conditions. */
  readonly sources: readonly number[];
  /** Blocks that the images of every condition fall into. */
  readonly blocks: number;
  /** Condition and block of each image, in the order of the recording. */
  readonly images: readonly { readonly condition: number; readonly block: number }[];
}

/**
 * Reads the design of a recording.
 *
 * @param input.targets Names of the conditions that units are selected for.
 * @param input.derived Conditions made from others, with their sources. @default none
 * @throws {RangeError} where a target is not among the conditions, or there is no image.
 */
export function designOf(
  { conditions, blocks, images }: Pick<RecordingHeader, "conditions" | "blocks" | "images">,
  { targets, derived = {} }: { readonly targets: readonly string[]; readonly derived?: DerivedConditions },
): Design {
  const unknown = targets.find((name) => !conditions.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot select for "${unknown}": the recording has no such condition; expected one of ${conditions.join(", ")}`,
    );
  }
  if (images.length === 0) throw new RangeError("Cannot analyse a recording: it has no images; expected at least one");
  const made = Object.keys(derived).filter((name) => conditions.includes(name));
  return {
    conditions,
    targets: targets.map((name) => conditions.indexOf(name)),
    derived: made.map((name) => conditions.indexOf(name)),
    sources: made.map((name) => conditions.indexOf(derived[name])),
    blocks,
    images,
  };
}
