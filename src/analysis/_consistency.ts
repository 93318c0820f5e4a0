import type { TapRecording } from "../localizer/mod.ts";
import { ceilingOfHalves, conditionDissimilarity, LEAST_UNITS, pearson } from "../measures/mod.ts";
import { type MatrixMultiply, type Quarters, Random, stratifiedQuarters } from "../resampling/mod.ts";
import type { Consistency } from "../results/mod.ts";
import { dissimilarityByProduct } from "./_gram.ts";
import type { ImageLayout } from "./_layout.ts";
import { radixRanks } from "./_radix_ranks.ts";
import { RANGES } from "./_ranges.ts";
import { type Cell, deviationsOf, NO_INTERVAL, replicatesOf } from "./_replicates.ts";
import { intervalOf } from "./_spread.ts";

/** The columns of the sample over which images are compared: `[direction][tap]`. */
export type ComparedUnits = readonly (readonly Uint32Array[])[];

/** Of the splits, how many are taken further, to quarters. */
const QUARTERED = 8;

interface Correlated {
  readonly matrix: (number | null)[][];
  readonly mean: number | null;
}

function correlate(ranked: readonly (Float64Array | null)[]): Correlated {
  const matrix: (number | null)[][] = ranked.map(() => ranked.map(() => null));
  let sum = 0;
  let count = 0;
  ranked.forEach((a, i) => {
    for (let j = i; j < ranked.length; j++) {
      const b = ranked[j];
      if (a === null || b === null) continue;
      const value = pearson(a, b);
      matrix[i][j] = matrix[j][i] = value !== null && i === j ? 1 : value;
      if (i === j || value === null) continue;
      sum += value;
      count++;
    }
  });
  return { matrix, mean: count > 0 ? sum / count : null };
}

/** The entries of an upper triangle that belong to some of its images. */
function subTriangle(pairs: Float32Array, images: number, chosen: Int32Array): Float32Array {
  const count = chosen.length;
  const sub = new Float32Array((count * (count - 1)) / 2);
  for (let i = 0, at = 0; i < count; i++) {
    const a = chosen[i];
    const offset = a * images - (a * (a + 1)) / 2 - a - 1;
    for (let j = i + 1; j < count; j++) sub[at++] = pairs[offset + chosen[j]];
  }
  return sub;
}

function average(values: readonly (number | null)[]): number | null {
  const defined = values.flatMap((value) => (value === null ? [] : [value]));
  return defined.length > 0 ? defined.reduce((sum, value) => sum + value, 0) / defined.length : null;
}

/** Joins two disjoint ascending lists. */
function joined(a: Int32Array, b: Int32Array): Int32Array {
  return Int32Array.of(...a, ...b).sort();
}

/**
 * Replicates of a direction's consistency from random halves of its images.
 *
 * Half the difference of two halves has the variance of the whole where every image adds a part of its own. Pairs of
 * images also add a part, which halves show doubled, and quarters fourfold: V₂ = a + 2b and V₄ = a + 4b, both brought to
 * the whole. The replicates take their deviations from the halves and their spread from a + b = (3 V₂ − V₄) / 2.
 *
 * @param consistencyOf The mean consistency over some of the images, null where it is not defined.
 * @returns NaN where a half does not define it.
 */
function splitReplicates(
  quarters: readonly Quarters[],
  consistencyOf: (images: Int32Array) => number | null,
): Float64Array {
  let [halves, split] = [0, 0];
  let [within, quartered] = [0, 0];
  const draws = Float64Array.from(quarters, ([first, second, third, fourth], s) => {
    const one = consistencyOf(joined(first, second));
    const other = consistencyOf(joined(third, fourth));
    if (one === null || other === null) return NaN;
    const difference = (one - other) / 2;
    halves += difference ** 2;
    split++;
    if (s >= QUARTERED) return difference;
    const values = [first, second, third, fourth].map(consistencyOf);
    if (values.every((value) => value !== null)) {
      const mean = values.reduce((sum, value) => sum + value!, 0) / 4;
      within += values.reduce((sum, value) => sum + (value! - mean) ** 2, 0) / 3 / 4;
      quartered++;
    }
    return difference;
  });
  // Without quarters, as where pairs are all there is.
  const ratio = quartered > 0 && halves > 0 ? within / quartered / (halves / split) : 2;
  const factor = Math.sqrt((3 - Math.min(2, Math.max(1, ratio))) / 2);
  return draws.map((difference) => difference * factor);
}

/** What {@linkcode measureConsistency} found. */
export interface MeasuredConsistency {
  readonly result: Consistency;
  readonly cell: Cell;
  /** Mean dissimilarity of each pair of conditions per tap, averaged over directions. */
  readonly dissimilarity: (number | null)[][][];
}

/**
 * Consistency over taps with an interval over images and a ceiling.
 *
 * Images are compared on the fold that did not select the units, both ways, averaged. The interval comes from splitting the
 * images at random into halves, because an image drawn twice would be compared with itself.
 *
 * @param input.units For each direction (fold that selected), the sample's columns to compare over at each tap.
 */
export async function measureConsistency(
  { taps, layout, units, seed, splits, level, multiply }: {
    taps: readonly TapRecording[];
    layout: ImageLayout;
    units: ComparedUnits;
    seed: number;
    splits: number;
    level: number;
    multiply: MatrixMultiply;
  },
): Promise<MeasuredConsistency> {
  const names = taps.map(({ tap }) => tap.name);
  const directions: Correlated[] = [];
  const ceilings: (number | null)[] = [];
  const draws = new Float64Array(splits).fill(NaN);
  const counts = new Uint8Array(splits);
  const perTap: (number | null)[][][][] = taps.map(() => []);
  for (const [selecting, columns] of units.entries()) {
    const images = Int32Array.from(
      Array.from(layout.strata).flatMap((stratum, i) => (stratum % 2 === 1 - selecting ? [i] : [])),
    );
    const conditions = images.map((i) => layout.strata[i] >> 1);
    const triangles: (Float32Array | null)[] = [];
    const correlations: (number | null)[] = [];
    for (const [t, { sample }] of taps.entries()) {
      const compared = columns[t];
      if (compared.length < LEAST_UNITS || images.length < 3) {
        triangles.push(null);
        correlations.push(null);
        continue;
      }
      const input = { values: sample.responses, sampled: sample.units.length, images, multiply };
      const pairs = await dissimilarityByProduct({ ...input, columns: compared });
      triangles.push(pairs);
      const shuffled = compared.slice();
      new Random(seed, `halves ${names[t]} ${selecting}`).shuffle(shuffled, 0, shuffled.length);
      const half = shuffled.length >>> 1;
      const first = await dissimilarityByProduct({ ...input, columns: shuffled.subarray(0, half) });
      const second = await dissimilarityByProduct({ ...input, columns: shuffled.subarray(half, 2 * half) });
      correlations.push(pearson(radixRanks(first), radixRanks(second)) ?? 0);
      perTap[t].push(
        conditionDissimilarity({
          pairs: Float64Array.from(pairs),
          condition: conditions,
          conditions: layout.conditions.length,
        }),
      );
    }
    directions.push(correlate(triangles.map((pairs) => pairs && radixRanks(pairs))));
    ceilings.push(ceilingOfHalves(correlations).value);
    if (images.length < 3) continue;
    const values = splitReplicates(stratifiedQuarters(conditions, splits, seed + selecting), (chosen) => {
      if (chosen.length < 3) return null;
      return correlate(triangles.map((pairs) => pairs && radixRanks(subTriangle(pairs, images.length, chosen)))).mean;
    });
    values.forEach((value, s) => {
      if (Number.isNaN(value)) return;
      draws[s] = (counts[s] === 0 ? 0 : draws[s]) + value;
      counts[s]++;
    });
  }
  for (let s = 0; s < splits; s++) if (counts[s] > 0) draws[s] /= counts[s];
  const value = average(directions.map(({ mean }) => mean));
  const reason = value === null ? `fewer than two taps have ${LEAST_UNITS} selected sampled units` : undefined;
  // Every image takes part, whatever its condition.
  const degrees = layout.strata.length / 2 - layout.wholes.filter(({ length }) => length > 0).length;
  const replicates = value === null ? null : replicatesOf(draws, undefined, degrees);
  return {
    result: {
      taps: names,
      matrix: names.map((_, i) => names.map((_, j) => average(directions.map(({ matrix }) => matrix[i][j])))),
      mean: {
        value,
        interval: value === null || replicates === null ? null : intervalOf(value, deviationsOf(replicates), {
          level,
          degrees: replicates.degrees,
          range: RANGES.consistency,
        }),
        ...(value !== null && replicates === null ? { reason: NO_INTERVAL } : reason === undefined ? {} : { reason }),
      },
      ceiling: average(ceilings),
      ...(value === null || average(ceilings) === null || directions.some(({ matrix }) => matrix.flat().includes(null))
        ? {
          reason: reason ?? `a tap has fewer than ${LEAST_UNITS} selected sampled units, or its images do not differ`,
        }
        : {}),
    },
    cell: { value, draws: replicates, reason },
    dissimilarity: perTap.map((both) =>
      layout.conditions.map((_, a) => layout.conditions.map((_, b) => average(both.map((matrix) => matrix[a][b]))))
    ),
  };
}
