import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hashBytes } from "../lock/mod.ts";
import { loadProcedural, proceduralSample, type ProceduralSplit } from "../stimuli/mod.ts";
import { writeAtomically } from "../results/mod.ts";

/** Which procedural images: `count` of a split, from its beginning. */
export interface ImageRange {
  readonly seed: number;
  readonly split: ProceduralSplit;
  readonly count: number;
}

/** Labelled, captioned images, raw. */
export interface LabelledImages {
  readonly split: ProceduralSplit;
  readonly count: number;
  readonly side: number;
  /** `count × side × side × 3` bytes, interleaved. */
  readonly pixels: Uint8Array;
  readonly classes: readonly number[];
  readonly captions: readonly string[];
  /** What is true of each, as the names of yes/no attributes. */
  readonly attributes: readonly (readonly string[])[];
}

/** The side of an image that the mini networks take. */
export const SIDE = 64;

/** What normalization takes from a channel's value in 0–1, and divides it by. */
export const MEAN = 0.5;
export const DEVIATION = 0.25;

/**
 * Draws images, or reads them from `folder` where they were drawn before.
 *
 * @param folder Where drawn images are kept; none are kept without it.
 * @param onProgress Told how many are drawn; not called where they were read.
 */
export async function loadImages(
  { seed, split, count }: ImageRange,
  folder?: string,
  onProgress?: (done: number) => void,
): Promise<LabelledImages> {
  await loadProcedural();
  const size = SIDE * SIDE * 3;
  const samples = (index: number) => proceduralSample({ seed, split, index });
  const base = folder === undefined ? undefined : join(folder, `images-${split}-s${seed}-n${count}`);
  if (base !== undefined) {
    const kept = await readKept(base);
    // The generator may have changed since; one image in a hundred is drawn again to see.
    const same = kept !== undefined && kept.pixels.length === count * size && everyHundredth(count, (index) => {
      const { pixels, classIndex, caption, attributes } = samples(index);
      const part = kept.pixels.subarray(index * size, (index + 1) * size);
      return kept.classes[index] === classIndex && kept.captions[index] === caption &&
        kept.attributes[index].join() === attributes.join() &&
        pixels.data.every((value, i) => value === part[i]);
    });
    if (same) return { split, count, side: SIDE, ...kept };
  }
  const pixels = new Uint8Array(count * size), classes: number[] = [], captions: string[] = [];
  const attributes: (readonly string[])[] = [];
  for (let index = 0; index < count; index++) {
    const sample = samples(index);
    pixels.set(sample.pixels.data, index * size);
    classes.push(sample.classIndex);
    captions.push(sample.caption);
    attributes.push(sample.attributes);
    onProgress?.(index + 1);
  }
  if (base !== undefined) {
    await writeAtomically(`${base}.rgb`, pixels);
    await writeAtomically(`${base}.json`, JSON.stringify({ classes, captions, attributes }));
  }
  return { split, count, side: SIDE, pixels, classes, captions, attributes };
}

function everyHundredth(count: number, holds: (index: number) => boolean): boolean {
  for (let index = 0; index < count; index += 100) if (!holds(index)) return false;
  return true;
}

async function readKept(base: string): Promise<Omit<LabelledImages, "split" | "count" | "side"> | undefined> {
  try {
    const { classes, captions, attributes } = JSON.parse(await readFile(`${base}.json`, "utf8"));
    return { pixels: await readFile(`${base}.rgb`), classes, captions, attributes };
  } catch {
    return undefined;
  }
}

/** The images of the given places as a normalized batch, `[places, 3, side, side]`. */
export function fillBatch({ pixels, side }: LabelledImages, places: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const area = side * side, batch = new Float32Array(places.length * 3 * area);
  for (let image = 0; image < places.length; image++) {
    const from = places[image] * area * 3, to = image * area * 3;
    for (let i = 0; i < area; i++) {
      for (let channel = 0; channel < 3; channel++) {
        batch[to + channel * area + i] = (pixels[from + 3 * i + channel] / 255 - MEAN) / DEVIATION;
      }
    }
  }
  return batch;
}

/** sha256 over pixels, classes, captions and attributes, in hexadecimal. */
export async function hashImages({ pixels, classes, captions, attributes }: LabelledImages): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify({ classes, captions, attributes }));
  const bytes = new Uint8Array(pixels.length + text.length);
  bytes.set(pixels);
  bytes.set(text, pixels.length);
  return await hashBytes(bytes);
}
