import {
  type ContrastBuffers,
  Contrasts,
  type Criterion,
  type SampledResponses,
  type ScreenedUnits,
} from "../criteria/mod.ts";
import type { LayerRecording } from "../recording/mod.ts";
import { emptyMoments, type Moments, unitsOf } from "../statistics/mod.ts";
import type { Design } from "./design.ts";
import type { Split } from "./splits.ts";

/** The units selected for one target on one half. */
export interface Selected {
  /** `[units]`, 1 where selected. */
  readonly mask: Uint8Array;
  /** Indices, ascending. */
  readonly units: Uint32Array;
}

/** So many marks are looked at together. */
const WORD = 8;

/** Indices, ascending, of the units that a mask marks. */
export function selectedUnits(mask: Uint8Array): Uint32Array {
  // Selected units are few: eight marks that are all 0 are passed over at once.
  const words = mask.byteOffset % WORD === 0 ? Math.floor(mask.length / WORD) : 0;
  const marks = new Float64Array(mask.buffer, words === 0 ? 0 : mask.byteOffset, words);
  let count = 0;
  for (let word = 0; word < words; word++) {
    if (marks[word] !== 0) { for (let i = WORD * word; i < WORD * (word + 1); i++) count += mask[i]; }
  }
  for (let i = WORD * words; i < mask.length; i++) count += mask[i];
  const units = new Uint32Array(count);
  let at = 0;
  for (let from = 0; at < count; from += WORD) {
    if (from < WORD * words && marks[from / WORD] === 0) continue;
    // Every unit is written, and the place moves on past those that are marked: no branch to be guessed wrong.
    for (let i = from; i < from + WORD && at < count; i++) {
      units[at] = i;
      at += mask[i];
    }
  }
  return units;
}

/** Units that conjunctions may select on a half, and whether these look at derived conditions. */
export interface HalfScreened extends ScreenedUnits {
  readonly usesDerived: boolean;
}

/** The images of one half, as criteria and measures see one layer. Contrasts are made once and shared by all criteria. */
export class Half {
  readonly #design: Design;
  readonly #plain: readonly Moments[];
  readonly #all: readonly Moments[];
  readonly #contrasts = new Map<readonly Moments[], Contrasts>();
  readonly #responses: () => SampledResponses;
  readonly #buffers: ContrastBuffers | undefined;
  readonly #screened: readonly HalfScreened[];
  readonly #selected = new Map<Criterion, readonly Selected[]>();

  /**
   * Takes the moments of the half; contrasts are made when they are asked for.
   *
   * @param responses Responses of the sampled units to the images of this half, for criteria that need them.
   * @param buffers Arrays that its contrasts work in. @default new ones
   * @param none What stands for a condition that a criterion does not use. @default new ones
   * @param screened Units that conjunctions may select, where they were found already.
   */
  constructor(
    design: Design,
    moments: readonly Moments[],
    { responses, buffers, none, screened = [] }: {
      readonly responses: () => SampledResponses;
      readonly buffers?: ContrastBuffers;
      readonly none?: Moments;
      readonly screened?: readonly HalfScreened[];
    },
  ) {
    this.#design = design;
    this.#all = moments;
    this.#plain = design.derived.length === 0
      ? moments
      : moments.map((own, c) => design.derived.includes(c) ? none ?? emptyMoments(unitsOf(own)) : own);
    this.#responses = responses;
    this.#buffers = buffers;
    this.#screened = screened;
  }

  /** Moments of the conditions that a criterion uses, the others without images. */
  momentsFor({ usesDerived }: Pick<Criterion, "usesDerived">): readonly Moments[] {
    return usesDerived ? this.#all : this.#plain;
  }

  /** Selects units for every target; asked again, it answers what it found. */
  select(criterion: Criterion): readonly Selected[] {
    const known = this.#selected.get(criterion);
    if (known !== undefined) return known;
    const selected = this.#select(criterion);
    this.#selected.set(criterion, selected);
    return selected;
  }

  /** Gives up the memory of what a criterion selected. */
  forget(criterion: Criterion): void {
    this.#selected.delete(criterion);
  }

  #select(criterion: Criterion): Selected[] {
    const { conditions, targets } = this.#design;
    const moments = this.momentsFor(criterion);
    let contrasts = this.#contrasts.get(moments);
    if (contrasts === undefined) {
      const usesDerived = moments !== this.#plain;
      contrasts = new Contrasts(moments, {
        buffers: this.#buffers,
        screened: this.#screened.filter((each) => each.usesDerived === usesDerived),
      });
      this.#contrasts.set(moments, contrasts);
    }
    const responses = criterion.needsResponses ? { responses: this.#responsesFor(criterion) } : {};
    return targets.map((target) => {
      const mask = criterion.select({ conditions, targets, target, moments, contrasts, ...responses });
      return { mask, units: selectedUnits(mask) };
    });
  }

  #responsesFor({ usesDerived }: Criterion): SampledResponses {
    const all = this.#responses();
    if (usesDerived) return all;
    return { ...all, condition: all.condition.map((c) => this.#design.derived.includes(c) ? -1 : c) };
  }

  /** Why a criterion cannot decide about a target here; null where it can. */
  untestable({ usesDerived, variances }: Criterion, target: number): string | null {
    const { conditions } = this.#design;
    const moments = this.momentsFor({ usesDerived });
    if (moments[target].n === 0) return `condition ${conditions[target]} has no image in a half`;
    if (variances !== undefined) {
      const rest = moments.reduce((sum, { n }, c) => c === target ? sum : sum + n, 0);
      if (rest === 0) return "no other condition has an image in a half";
      if (rest === 1) return "the other conditions have fewer than two images in a half";
    }
    const tested = variances === "each" ? [...conditions.keys()] : variances === "rest" ? [target] : [];
    const few = tested.find((c) => moments[c].n === 1);
    return few === undefined ? null : `condition ${conditions[few]} has fewer than two images in a half`;
  }
}

/** Responses of a layer's sampled units to the images of a half. */
export function halfResponses(
  { sample }: LayerRecording,
  { images }: Design,
  { split, half }: { readonly split: Split; readonly half: 0 | 1 },
): SampledResponses {
  return {
    units: sample.units,
    values: sample.responses,
    condition: Int32Array.from(images, ({ condition, block }) => split[block] === half ? condition : -1),
  };
}
