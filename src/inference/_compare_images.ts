import type { Design, Split } from "../localize/mod.ts";
import { LEAST_COMPARED } from "../measures/mod.ts";
import type { LayerRecording } from "../recording/mod.ts";
import { pearson, Random, ranks } from "../statistics/mod.ts";
import { conditionDissimilarity, dissimilarity, subTriangle } from "./_dissimilarity.ts";
import type { Selections } from "./_run_splits.ts";

/** Under this name stands what is measured over every sampled unit, or averaged over categories. */
export const ALL_CATEGORIES = "all";

/** Dissimilarities of one layer over the images of the half that did not select, for one set of units. */
export interface ComparedHalf {
  /** Upper triangle over the images in `images`; null where there are too few units or images. */
  readonly pairs: Float32Array | null;
  /** The images of the triangle, as indices into the recording's. */
  readonly images: Int32Array;
  /** Spearman's correlation between the dissimilarities of two halves of the units, on the first split; null as above. */
  readonly reliability: number | null;
}

/** By category (the targets, then all sampled units), split and selecting half. */
export type ComparedLayer = readonly (readonly (readonly [ComparedHalf, ComparedHalf])[])[];

/**
 * The images that are compared on each half of a split: all of them or, where there are more than wanted, the same share of
 * every condition and block. They are the same for every layer and network.
 */
export function comparedImages(
  { images, conditions, blocks, derived }: Design,
  split: Split,
  { most, seed }: { readonly most: number; readonly seed: number },
): [Int32Array, Int32Array] {
  const groups = conditions.flatMap((_, c) =>
    derived.includes(c) ? [] : Array.from({ length: blocks }, (_, block) => {
      const own = Uint32Array.from(
        images.flatMap((image, i) => image.condition === c && image.block === block ? [i] : []),
      );
      new Random(seed, `compared ${c} ${block}`).shuffle(own, 0, own.length);
      return { block, own };
    })
  );
  const total = groups.reduce((sum, { own }) => sum + own.length, 0);
  const share = Math.min(1, most / total);
  return ([0, 1] as const).map((half) =>
    Int32Array.from(
      groups.flatMap(({ block, own }) =>
        split[block] === half ? [...own.subarray(0, Math.max(1, Math.round(share * own.length)))] : []
      ),
    ).sort()
  ) as [Int32Array, Int32Array];
}

/** The entries of a triangle that belong to some of its images; both lists of images ascend. */
function within({ pairs, images }: Pick<ComparedHalf, "pairs" | "images">, some: Int32Array): Float32Array | null {
  if (pairs === null || some.length < 3) return null;
  const placeOf = new Map(Array.from(images, (image, place) => [image, place]));
  return subTriangle(pairs, images.length, Int32Array.from(some, (image) => placeOf.get(image)!));
}

/** Collects one layer's dissimilarities while its splits are evaluated. */
export class LayerComparison {
  readonly #layer: LayerRecording;
  readonly #design: Design;
  readonly #images: readonly (readonly [Int32Array, Int32Array])[];
  readonly #seed: number;
  readonly #compared: [ComparedHalf, ComparedHalf][][];
  #every: Pick<ComparedHalf, "pairs" | "images"> | null = null;

  /** @param images Per split, the images compared on each half. */
  constructor(
    layer: LayerRecording,
    { design, images, seed }: {
      readonly design: Design;
      readonly images: readonly (readonly [Int32Array, Int32Array])[];
      readonly seed: number;
    },
  ) {
    this.#layer = layer;
    this.#design = design;
    this.#images = images;
    this.#seed = seed;
    this.#compared = [...design.targets, null].map(() => []);
  }

  /** Takes in what the main criterion selects on a split; later splits than are compared are passed over. */
  add(split: number, selections: Selections): void {
    if (split >= this.#images.length) return;
    const { targets } = this.#design;
    const { sample } = this.#layer;
    const every = Uint32Array.from(sample.units.keys());
    [...targets.keys(), null].forEach((t, place) => {
      this.#compared[place].push(
        ([0, 1] as const).map((selecting): ComparedHalf => {
          const images = this.#images[split][1 - selecting];
          const columns = t === null
            ? every
            : every.filter((column) => selections[selecting][t].mask[sample.units[column]] === 1);
          return {
            images,
            pairs: t === null ? within(this.#overAll(), images) : this.#pairs(columns, images),
            reliability: split === 0 ? this.#reliability(columns, images, selecting) : null,
          };
        }) as [ComparedHalf, ComparedHalf],
      );
    });
  }

  #pairs(columns: Uint32Array, images: Int32Array): Float32Array | null {
    if (columns.length < LEAST_COMPARED || images.length < 3) return null;
    const { sample } = this.#layer;
    return dissimilarity(sample.responses, { sampled: sample.units.length, images, columns });
  }

  /** Over every sampled unit and every compared image: made once, whatever the split. */
  #overAll(): Pick<ComparedHalf, "pairs" | "images"> {
    if (this.#every === null) {
      const images = Int32Array.of(...this.#images[0][0], ...this.#images[0][1]).sort();
      this.#every = { images, pairs: this.#pairs(Uint32Array.from(this.#layer.sample.units.keys()), images) };
    }
    return this.#every;
  }

  #reliability(columns: Uint32Array, images: Int32Array, selecting: number): number | null {
    if (columns.length < LEAST_COMPARED || images.length < 3) return null;
    const { sample, layer } = this.#layer;
    const shuffled = columns.slice();
    new Random(this.#seed, `halves ${layer.name} ${selecting}`).shuffle(shuffled, 0, shuffled.length);
    const middle = shuffled.length >>> 1;
    const [first, second] = [shuffled.subarray(0, middle), shuffled.subarray(middle, 2 * middle)].map((columns) =>
      ranks(dissimilarity(sample.responses, { sampled: sample.units.length, images, columns }))
    );
    return pearson(first, second) ?? 0;
  }

  get compared(): ComparedLayer {
    return this.#compared;
  }

  /** Mean dissimilarity between conditions over all sampled units and compared images, `[conditions][conditions]`. */
  get dissimilarity(): (number | null)[][] {
    const { conditions, images } = this.#design;
    const { pairs, images: compared } = this.#overAll();
    if (pairs === null) return conditions.map(() => conditions.map(() => null));
    return conditionDissimilarity(pairs, Array.from(compared, (i) => images[i].condition), conditions.length);
  }
}
