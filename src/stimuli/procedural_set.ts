import { RequestError } from "../errors.ts";
import { hashBytes, type ProceduralSetEntry, verifyDigest } from "../lock/mod.ts";
import { checkLimit } from "./_check_set.ts";
import { drawLocalizer } from "./_procedural/drawing.ts";
import { TYPEFACE_CREDITS } from "./_procedural/fonts.ts";
import { Random } from "./_procedural/random.ts";
import { scrambledField, toPixels } from "./_procedural/scrambled_field.ts";
import { STREAMS } from "./_procedural/streams.ts";
import { loadProcedural } from "./load_procedural.ts";
import { DOMAINS, PROCEDURAL_CLASSES } from "./procedural_classes.ts";
import { SCRAMBLED } from "./scrambled_names.ts";
import { setHash } from "./set_hash.ts";
import type { Pixels, Stimulus, StimulusSet } from "./stimulus.ts";

/** Counts up whenever the generator draws other bytes from the same seed. */
export const PROCEDURAL_GENERATOR = 2;

/** The seed of the localizer set that stimuli.lock.json pins. */
export const PROCEDURAL_SEED = 20250223;

/** Images of each class: 84 a condition, and as many of each of its six classes. */
const PER_CLASS = 14;

/** Options of {@linkcode proceduralSet}. */
export interface ProceduralSetOptions {
  /** The set's entry in stimuli.lock.json: gives the seed, and the images are verified against its hash. @default none */
  readonly pin?: ProceduralSetEntry;
  /** An integer in 0–4,294,967,295. @default the pin's, else that of the pinned set */
  readonly seed?: number;
  /** Pixels a side, 16–1024. @default 64 */
  readonly size?: number;
  /** At most this many images of each category, 1–14. @default 14 */
  readonly limit?: number;
}

/**
 * The procedural localizer set: faces, bodies, places, words, objects, and Fourier phase-scrambled places and words, 84
 * images each, 64 × 64 pixels, drawn now and kept in memory (7 MB, two to three seconds). A scrambled image has the
 * category of its source, an image of the same set.
 *
 * The images differ from those of {@linkcode proceduralSample}, which the mini networks learn from, in more than the
 * seed: other typefaces, words and colours, other lights and backgrounds, and positions, sizes, vantage points, poses
 * and proportions from ranges that do not overlap. `source` says so.
 *
 * @throws {RequestError} where an option is out of range or contradicts the pin, or the pin is of another generator.
 * @throws {HashMismatchError} where the images drawn are not those that are pinned.
 */
export async function proceduralSet(options: ProceduralSetOptions = {}): Promise<StimulusSet> {
  const { pin, limit, size = 64 } = options, seed = options.seed ?? pin?.seed ?? PROCEDURAL_SEED;
  checkLimit(limit);
  if (!Number.isInteger(seed) || seed < 0 || seed > 4294967295) {
    throw new RequestError(`Cannot draw the procedural set: seed is ${seed}; expected an integer in 0–4294967295`);
  }
  if (!Number.isInteger(size) || size < 16 || size > 1024) {
    throw new RequestError(`Cannot draw the procedural set: size is ${size}; expected an integer in 16–1024`);
  }
  if (pin !== undefined && (pin.seed !== seed || size !== 64)) {
    throw new RequestError(
      `Cannot verify the procedural set: seed ${seed} at ${size} pixels is not what is pinned; expected seed ${pin.seed} at 64`,
    );
  }
  if (pin !== undefined && pin.generator !== PROCEDURAL_GENERATOR) {
    throw new RequestError(
      `Cannot verify the procedural set: it is pinned for generator ${pin.generator}; expected ${PROCEDURAL_GENERATOR}`,
    );
  }
  await loadProcedural();
  // A pin holds the whole set, so with one the whole set is drawn and the limit is applied after it is verified.
  const images = drawImages(seed, {
    size,
    perClass: pin === undefined ? Math.min(limit ?? PER_CLASS, PER_CLASS) : PER_CLASS,
  });
  const whole = await hashOf(images);
  if (pin !== undefined) {
    const bytes = images.length * 3 * size * size;
    verifyDigest(pin.id, { pin: { sha256: pin.sha256 }, found: { bytes, sha256: whole } });
  }
  const kept = images.filter(({ place }) => limit === undefined || place < limit);
  return {
    name: "procedural",
    title: "Procedural images of faces, bodies, places, words and objects",
    conditions: [...DOMAINS, ...SCRAMBLED.map((domain) => `scrambled ${domain}`)],
    stimuli: kept.map(({ id, condition, category, source, pixels }): Stimulus => ({
      id,
      condition,
      category,
      ...(source === undefined ? {} : { source }),
      pixels: () => Promise.resolve(pixels),
    })),
    hash: kept.length === images.length ? whole : await hashOf(kept),
    source:
      `drawn by Fusiform's generator ${PROCEDURAL_GENERATOR} from seed ${seed} in other typefaces, words, colours, ` +
      "layouts, poses and proportions than the pictures that the mini networks learned from; words in " +
      `${TYPEFACE_CREDITS.localizer}, those of training in ${TYPEFACE_CREDITS.training}`,
    citation: null,
    licence: "MIT",
    redistributable: true,
  };
}

interface DrawnImage {
  readonly id: string;
  readonly condition: string;
  readonly category: string;
  /** Its place among the images of its condition and category. */
  readonly place: number;
  /** Id of the image that was scrambled. */
  readonly source?: string;
  readonly pixels: Pixels;
}

function drawImages(seed: number, { size, perClass }: { size: number; perClass: number }): DrawnImage[] {
  const images = PROCEDURAL_CLASSES.flatMap(({ name, domain }, classIndex) =>
    Array.from({ length: perClass }, (_, place): DrawnImage => {
      const key = [STREAMS.localizer, seed, classIndex * PER_CLASS + place] as const;
      const pixels = drawLocalizer(PROCEDURAL_CLASSES[classIndex], key, size);
      return { id: idOf(domain, name, place), condition: domain, category: name, place, pixels };
    })
  );
  const scrambled = SCRAMBLED.flatMap((domain) =>
    images.flatMap(({ id, condition, category, place, pixels }, index): DrawnImage[] => {
      if (condition !== domain) return [];
      const classIndex = Math.floor(index / perClass);
      const random = new Random([STREAMS.localizerScramble, seed, classIndex * PER_CLASS + place]);
      return [{
        id: idOf(`scrambled-${domain}`, category, place),
        condition: `scrambled ${domain}`,
        category,
        place,
        source: id,
        pixels: toPixels(scrambledField(pixels, random), pixels.width, pixels.height),
      }];
    })
  );
  return [...images, ...scrambled];
}

function idOf(folder: string, category: string, place: number): string {
  return `${folder}/${category}/${String(place + 1).padStart(3, "0")}`;
}

async function hashOf(images: readonly DrawnImage[]): Promise<string> {
  return setHash(
    await Promise.all(images.map(async ({ id, pixels }) => ({ id, sha256: await hashBytes(pixels.data) }))),
  );
}
