import { drawTraining } from "./_procedural/drawing.ts";
import { Random } from "./_procedural/random.ts";
import { STREAMS } from "./_procedural/streams.ts";
import { type Domain, PROCEDURAL_CLASSES } from "./procedural_classes.ts";
import type { Pixels } from "./stimulus.ts";

/** What images are for: to learn from, to choose settings by, or to measure accuracy on. */
export type ProceduralSplit = "train" | "validation" | "test";

const SPLITS: readonly ProceduralSplit[] = ["train", "validation", "test"];

/** Which image to draw. */
export interface ProceduralSampleOptions {
  /** An integer in 0–4,294,967,295. */
  readonly seed: number;
  /** Images of the three splits, and of the localizer set, never share a generator state. */
  readonly split: ProceduralSplit;
  /** Place in the split, from 0 to 4,294,967,295. */
  readonly index: number;
  /**
   * Pixels a side, 16–1024.
   * @default {64}
   */
  readonly size?: number;
}

/** A labelled, captioned image with its attributes. */
export interface ProceduralSample {
  /** Square, RGB. */
  readonly pixels: Pixels;
  /** Index into {@linkcode PROCEDURAL_CLASSES}. */
  readonly classIndex: number;
  /** Name of that class. */
  readonly className: string;
  /** Domain of that class. */
  readonly domain: Domain;
  /** What a person would write below it, in one of several phrasings; tells every fact of `attributes`. */
  readonly caption: string;
  /** What is true of it, as the names of yes/no attributes: `kind: mug`, `color: red`, `count: two`. */
  readonly attributes: readonly string[];
}

/** Every stretch of this many indices holds each class equally often, in random order. */
const BLOCK = 10 * PROCEDURAL_CLASSES.length;

let lastOrder: { key: string; classes: Uint8Array } | undefined;

function classAt(seed: number, stream: number, index: number): number {
  const block = Math.floor(index / BLOCK), key = `${seed}/${stream}/${block}`;
  if (lastOrder?.key !== key) {
    const random = new Random([STREAMS.order + 16 * stream, seed, block]), classes = new Uint8Array(BLOCK);
    for (let i = 0; i < BLOCK; i++) classes[i] = i % PROCEDURAL_CLASSES.length;
    for (let i = BLOCK - 1; i > 0; i--) {
      const j = random.index(i + 1), kept = classes[i];
      classes[i] = classes[j];
      classes[j] = kept;
    }
    lastOrder = { key, classes };
  }
  return lastOrder.classes[index % BLOCK];
}

function requireWord(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > 4294967295) {
    throw new RangeError(`Cannot draw a procedural sample: ${name} is ${value}; expected an integer in 0–4294967295`);
  }
}

/**
 * Draws one image of a split; every 300 indices from a multiple of 300 hold each of the 30 classes
 * ten times. The same options give the same bytes on every platform. {@linkcode loadProcedural} must have resolved.
 *
 * @example
 * ```ts
 * import { loadProcedural, proceduralSample } from "@fusiform/fusiform/stimuli";
 *
 * await loadProcedural();
 * const { pixels, caption } = proceduralSample({ seed: 1, split: "train", index: 0 });
 * pixels.width; // 64
 * ```
 *
 * @throws {RangeError} where an option is out of range, {Error} where the fonts are not loaded.
 */
export function proceduralSample({ seed, split, index, size = 64 }: ProceduralSampleOptions): ProceduralSample {
  requireWord("seed", seed);
  requireWord("index", index);
  if (!SPLITS.includes(split)) {
    throw new RangeError(
      `Cannot draw a procedural sample: split is "${split}"; expected one of ${SPLITS.join(", ")}`,
    );
  }
  if (!Number.isInteger(size) || size < 16 || size > 1024) {
    throw new RangeError(`Cannot draw a procedural sample: size is ${size}; expected an integer in 16–1024`);
  }
  const stream = STREAMS[split], classIndex = classAt(seed, stream, index), kind = PROCEDURAL_CLASSES[classIndex];
  const drawing = drawTraining(kind, [stream, seed, index], size);
  return { ...drawing, classIndex, className: kind.name, domain: kind.domain };
}
