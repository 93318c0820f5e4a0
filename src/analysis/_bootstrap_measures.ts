import type { Moments, TapRecording } from "../localizer/mod.ts";
import { unitSpecificity } from "../measures/mod.ts";
import { type MatrixMultiply, Random } from "../resampling/mod.ts";
import { eachReplicate } from "./_each_replicate.ts";
import { type ImageLayout, subsetOfColumns } from "./_layout.ts";
import { relativeScales } from "./_relative_scales.ts";
import { type Replicates, replicatesOf } from "./_replicates.ts";
import type { NamedSelection } from "./_select_folds.ts";

/** Means over the selected units, in the order of their sums. */
export const UNIT_MEASURES = [
  "specificity.t",
  "specificity.dprime",
  "specificity.index",
  "specificity.sparseness",
  "strength.response",
  "strength.lead",
] as const;
export type UnitMeasure = typeof UNIT_MEASURES[number];

const MEASURES = UNIT_MEASURES.length;
/** Units of one selection whose responses are resampled; more would only take time. */
export const MOST_UNITS = 64;

/** The resampled units of one rule in one direction. */
interface Members {
  /** Their places among the units resampled of any rule in this direction. */
  readonly places: Uint32Array;
  /** Selected in the whole tap. */
  readonly selected: number;
}

/** Replicates of one rule and target, and what each unit contributes to their variance. */
class Draws {
  readonly #members: readonly Members[];
  readonly #values: readonly Float64Array[];
  /** Per direction and measure: sums and sums of squares of each unit's deviation from its first replicate. */
  readonly #sums: readonly (readonly Float64Array[])[];
  readonly #squares: readonly (readonly Float64Array[])[];
  readonly #first: readonly (readonly Float64Array[])[];

  constructor(replicates: number, members: readonly Members[]) {
    this.#members = members;
    this.#values = UNIT_MEASURES.map(() => new Float64Array(replicates).fill(NaN));
    const perUnit = () => members.map(({ places }) => UNIT_MEASURES.map(() => new Float64Array(places.length)));
    this.#sums = perUnit();
    this.#squares = perUnit();
    this.#first = perUnit();
  }

  /** @param values Per direction, `[measures][units resampled of any rule]`. */
  record(replicate: number, values: readonly (readonly Float64Array[])[]): void {
    const directions = this.#members.reduce((count, { places }) => count + (places.length > 0 ? 1 : 0), 0);
    if (directions === 0) return;
    for (let m = 0; m < MEASURES; m++) {
      let total = 0;
      for (let d = 0; d < this.#members.length; d++) {
        const { places } = this.#members[d];
        if (places.length === 0) continue;
        const own = values[d][m];
        const [first, sums, squares] = [this.#first[d][m], this.#sums[d][m], this.#squares[d][m]];
        let sum = 0;
        for (let i = 0; i < places.length; i++) {
          const value = own[places[i]];
          sum += value;
          if (replicate === 0) first[i] = value;
          const deviation = value - first[i];
          sums[i] += deviation;
          squares[i] += deviation * deviation;
        }
        total += sum / places.length;
      }
      this.#values[m][replicate] = total / directions;
    }
  }

  /** @param fewest Images of the smallest group. */
  replicates(fewest: number): Map<UnitMeasure, Replicates | null> {
    // The variance of n resampled images is that of n − 1 degrees of freedom over n.
    const stretch = fewest > 1 ? Math.sqrt(fewest / (fewest - 1)) : 1;
    const square = stretch * stretch;
    const present = this.#members.flatMap((members, d) => (members.places.length > 0 ? [{ ...members, d }] : []));
    return new Map(UNIT_MEASURES.map((measure, m) => {
      const replicates = this.#values[m].length;
      let own = 0;
      let ownOfAll = 0;
      for (const { places, selected, d } of present) {
        let sum = 0;
        for (let i = 0; i < places.length; i++) {
          const mean = this.#sums[d][m][i] / replicates;
          sum += this.#squares[d][m][i] / replicates - mean * mean;
        }
        const part = sum / (places.length * present.length) ** 2;
        own += part;
        ownOfAll += (part * places.length) / selected;
      }
      const parts = { own: square * own, ownOfAll: square * ownOfAll };
      return [measure, replicatesOf(this.#values[m].map((value) => stretch * value), parts, fewest - 1)];
    }));
  }
}

/** Columns of the sample by rule, fold and target: at most {@linkcode MOST_UNITS} of the units selected, in one random order. */
function drawColumns(tap: TapRecording, rules: readonly NamedSelection[], seed: number): Uint32Array[][][] {
  const { units } = tap.sample;
  const order = Uint32Array.from(units.keys());
  new Random(seed, `selected units ${tap.tap.name}`).shuffle(order, 0, order.length);
  return rules.map(({ selections }) =>
    selections.map((fold) =>
      fold.map(({ mask }) => {
        const own: number[] = [];
        for (let i = 0; i < order.length && own.length < MOST_UNITS; i++) {
          if (mask[units[order[i]]] === 1) own.push(order[i]);
        }
        return Uint32Array.from(own).sort();
      })
    )
  );
}

/** Every number in any of the lists once, ascending. */
function union(lists: readonly Uint32Array[]): Uint32Array {
  return Uint32Array.from(new Set(lists.flatMap((list) => [...list]))).sort();
}

/** What {@linkcode bootstrapMeasures} resamples. */
interface BootstrapInput {
  readonly tap: TapRecording;
  readonly layout: ImageLayout;
  readonly weights: Float32Array;
  /** Selections on all units with the number of replicates wanted of each. */
  readonly rules: readonly (NamedSelection & { readonly replicates: number })[];
  readonly scale: number;
  readonly seed: number;
  readonly multiply: MatrixMultiply;
}

/**
 * Resamples the held-out images and measures the selected units in every replicate: specificity and strength.
 *
 * The selection stays as it is. The images that selected are not those that measure, so given the units selected these
 * replicates have the spread of the measurement; repeating the selection in every replicate would add the noise of the
 * observed responses a second time.
 *
 * @returns Per rule, per target, the replicates of each measure.
 */
export async function bootstrapMeasures(input: BootstrapInput): Promise<Map<UnitMeasure, Replicates | null>[][]> {
  const draws: Map<UnitMeasure, Replicates | null>[][] = new Array(input.rules.length);
  // Rules that want few replicates often select many units, which those that want many need not carry along.
  for (const replicates of new Set(input.rules.map((rule) => rule.replicates))) {
    const places = [...input.rules.keys()].filter((r) => input.rules[r].replicates === replicates);
    const own = await bootstrapAlike({ ...input, rules: places.map((r) => input.rules[r]) });
    places.forEach((r, i) => draws[r] = own[i]);
  }
  return draws;
}

/** {@linkcode bootstrapMeasures} for rules that want equally many replicates. */
async function bootstrapAlike(
  { tap, layout, weights, rules, scale, seed, multiply }: BootstrapInput,
): Promise<Map<UnitMeasure, Replicates | null>[][]> {
  const { targets } = layout;
  const drawn = drawColumns(tap, rules, seed);
  const columns = union(drawn.flat(2));
  const placeOf = new Map(Array.from(columns, (column, place) => [column, place]));
  // Per direction and target: the units drawn of any rule, as places among the columns.
  const chosen = [0, 1].map((fold) =>
    targets.map((_, t) => union(drawn.map((rule) => rule[fold][t])).map((column) => placeOf.get(column)!))
  );
  const draws = rules.map(({ selections, replicates }, r) =>
    targets.map((_, t) =>
      new Draws(
        replicates,
        selections.map((fold, f) => ({
          places: drawn[r][f][t].map((column) => chosen[f][t].indexOf(placeOf.get(column)!)),
          selected: fold[t].units.length,
        })),
      )
    )
  );
  if (columns.length > 0) {
    const images = layout.strata.length;
    const most = Math.max(...rules.map(({ replicates }) => replicates));
    const rows = weights.subarray(0, Math.min(weights.length, most * images));
    const scales = relativeScales(tap, rows, images);
    await eachReplicate({
      layout,
      subset: subsetOfColumns(tap, columns),
      weights: rows,
      multiply,
    }, (replicate, folds) => {
      for (let t = 0; t < targets.length; t++) {
        const values = chosen.map((perTarget, fold) =>
          measureUnits(folds[1 - fold].moments, targets[t], perTarget[t], scale * scales[replicate])
        );
        rules.forEach(({ replicates }, r) => {
          if (replicate < replicates) draws[r][t].record(replicate, values);
        });
      }
    });
  }
  return draws.map((perTarget) => perTarget.map((own) => own.replicates(layout.fewest.inFold)));
}

/** `[measures][units]` in the order of {@linkcode UNIT_MEASURES}. */
function measureUnits(moments: readonly Moments[], target: number, units: Uint32Array, scale: number): Float64Array[] {
  const { t, dprime, index, sparseness } = unitSpecificity({ moments, target, units });
  const response = new Float64Array(units.length);
  const lead = new Float64Array(units.length).fill(-Infinity);
  for (let k = 0; k < moments.length; k++) {
    const { n, mean } = moments[k];
    if (n === 0 || k === target) continue;
    for (let i = 0; i < units.length; i++) if (mean[units[i]] > lead[i]) lead[i] = mean[units[i]];
  }
  const share = scale > 0 ? 1 / scale : 0;
  const own = moments[target].mean;
  for (let i = 0; i < units.length; i++) {
    response[i] = own[units[i]] * share;
    lead[i] = lead[i] === -Infinity ? 0 : response[i] - lead[i] * share;
  }
  return [t, dprime, index, sparseness, response, lead];
}
