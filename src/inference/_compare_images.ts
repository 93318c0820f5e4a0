import type { Design, Selections, Split } from "../localize/mod.ts";
import { LEAST_COMPARED } from "../measures/mod.ts";
import type { LayerRecording } from "../recording/mod.ts";
import { type DoubledRanks, doubledRanks, meanOf, pearson, Random, ranks } from "../statistics/mod.ts";
import { conditionDissimilarity, Dissimilarity, subTriangle } from "./_dissimilarity.ts";

/** Under this name stands what is measured over every sampled unit, or averaged over categories. */
export const ALL_CATEGORIES = "all";

/**
 * Over selected units dissimilarities are taken over this many, drawn so often: over more units they are more alike from layer to
 * layer, whatever the units, so that all layers and networks are compared over as many.
 */
const SELECTED_COMPARED = LEAST_COMPARED;
const DRAWS = 4;

/** Dissimilarities of one layer over the images of the half that did not select, for one set of units. */
export interface ComparedHalf {
  /** Ranks of the upper triangle over `images`, doubled, one a draw of the units; null where there are too few units or images. */
  readonly draws: readonly (DoubledRanks | null)[];
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

/** A triangle of dissimilarities and its images. */
interface Triangle {
  readonly pairs: Float32Array | null;
  readonly images: Int32Array;
}

/** The entries of a triangle that belong to some of its images; both lists of images ascend. */
function within({ pairs, images }: Triangle, some: Int32Array): Float32Array | null {
  if (pairs === null || some.length < 3) return null;
  const placeOf = new Map(Array.from(images, (image, place) => [image, place]));
  return subTriangle(pairs, images.length, Int32Array.from(some, (image) => placeOf.get(image)!));
}

function ranked(pairs: Float32Array | null): DoubledRanks | null {
  return pairs === null ? null : doubledRanks(pairs);
}

/** Collects one layer's dissimilarities while its splits are evaluated. */
export class LayerComparison {
  readonly #layer: LayerRecording;
  readonly #design: Design;
  readonly #images: readonly (readonly [Int32Array, Int32Array])[];
  readonly #seed: number;
  readonly #compared: [ComparedHalf, ComparedHalf][][];
  readonly #dissimilarity: Dissimilarity;
  #every: Triangle | null = null;

  /**
   * @param input.images Per split, the images compared on each half.
   * @param input.dissimilarity What compares them; one serves all layers.
   */
  constructor(
    layer: LayerRecording,
    { design, images, dissimilarity, seed }: {
      readonly design: Design;
      readonly images: readonly (readonly [Int32Array, Int32Array])[];
      readonly dissimilarity: Dissimilarity;
      readonly seed: number;
    },
  ) {
    this.#dissimilarity = dissimilarity;
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
    const sampled = Uint32Array.from(sample.units.keys());
    [...targets.keys(), null].forEach((t, place) => {
      this.#compared[place].push(
        ([0, 1] as const).map((selecting): ComparedHalf => {
          const images = this.#images[split][1 - selecting];
          const drawn = t === null
            ? [sampled]
            : this.#draw(sampled.filter((column) => selections[selecting][t].mask[sample.units[column]] === 1), [
              split,
              selecting,
              t,
            ]);
          return {
            images,
            draws: t === null
              ? [ranked(within(this.#overAll(), images))]
              : drawn.map((columns) => ranked(this.#pairs(columns, images))),
            reliability: split === 0
              ? meanOf(drawn.map((columns) => this.#reliability(columns, images, selecting)))
              : null,
          };
        }) as [ComparedHalf, ComparedHalf],
      );
    });
  }

  /** Equal numbers of selected units, drawn several times; none of them where there are fewer. */
  #draw(columns: Uint32Array, place: readonly number[]): Uint32Array[] {
    const random = new Random(this.#seed, `compared units ${this.#layer.layer.name} ${place.join(" ")}`);
    return Array.from({ length: DRAWS }, () => {
      const order = columns.slice();
      random.shuffle(order, 0, order.length);
      if (order.length < SELECTED_COMPARED) return new Uint32Array(0);
      return order.slice(0, SELECTED_COMPARED).sort();
    });
  }

  #pairs(columns: Uint32Array, images: Int32Array): Float32Array | null {
    if (columns.length < LEAST_COMPARED || images.length < 3) return null;
    const { sample } = this.#layer;
    return this.#dissimilarity.between(sample.responses, { sampled: sample.units.length, images, columns });
  }

  /** Over every sampled unit and every compared image: made once, whatever the split. */
  #overAll(): Triangle {
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
      ranks(this.#dissimilarity.between(sample.responses, { sampled: sample.units.length, images, columns }))
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
