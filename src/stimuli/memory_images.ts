import type { NetworkImages } from "./network_images.ts";
import { normalise, type Planes, type Preprocessing, resizeAndCrop, type Resizing } from "./preprocess.ts";
import type { Stimulus, StimulusSet } from "./stimulus.ts";
import { encodeThumbnail, THUMBNAIL } from "./thumbnail.ts";

/** What is prepared is kept up to this many bytes; the rest is made again. */
const MOST_BYTES = 512 * 2 ** 20;

/** The images of a set as networks want them, prepared in this thread and kept in memory. */
export class MemoryImages implements NetworkImages {
  readonly #stimuli: readonly Stimulus[];
  readonly #recipes: readonly Resizing[];
  readonly #kept: Map<string, Planes> = new Map();
  #bytes = 0;

  /**
   * Nothing is prepared yet.
   *
   * @param recipes Recipes that will be asked for: what is decoded for one of them is resized for all. @default none
   */
  constructor({ stimuli }: Pick<StimulusSet, "stimuli">, recipes: readonly Resizing[] = []) {
    this.#stimuli = stimuli;
    this.#recipes = recipes;
  }

  async load(index: number, recipe: Preprocessing): Promise<Float32Array> {
    return normalise(await this.planes(index, recipe), recipe);
  }

  async planes(index: number, recipe: Resizing): Promise<Planes> {
    const known = this.#kept.get(keyOf(index, recipe));
    if (known !== undefined) return known;
    const lacking = this.#recipes.filter((other) => !this.#kept.has(keyOf(index, other)));
    const [planes, ...others] = await resizeDrawn(this.#stimuli[index], [recipe, ...lacking]);
    this.#keep(keyOf(index, recipe), planes);
    lacking.forEach((other, k) => this.#keep(keyOf(index, other), others[k]));
    return planes;
  }

  async thumbnail(index: number): Promise<string> {
    return await encodeThumbnail(await this.planes(index, THUMBNAIL));
  }

  close(): Promise<void> {
    this.#kept.clear();
    this.#bytes = 0;
    return Promise.resolve();
  }

  #keep(key: string, planes: Planes): void {
    const bytes = new Set(planes).size * planes[0].length;
    if (this.#kept.has(key) || this.#bytes + bytes > MOST_BYTES) return;
    this.#kept.set(key, planes);
    this.#bytes += bytes;
  }
}

function keyOf(index: number, { resize, crop, interpolation }: Resizing): string {
  return `${index} ${resize} ${crop} ${interpolation}`;
}

/** Draws or decodes an image in this thread and resizes it in several ways. */
export async function resizeDrawn(stimulus: Stimulus, recipes: readonly Resizing[]): Promise<readonly Planes[]> {
  const pixels = await stimulus.pixels();
  return recipes.map((recipe) => resizeAndCrop(pixels, recipe));
}
