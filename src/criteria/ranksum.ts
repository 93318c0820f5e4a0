import type { Criterion, SampledResponses, SelectionInput } from "./criterion.ts";
import { rankSum } from "../statistics/mod.ts";
import { contrastsOf } from "./_contrasts_of.ts";

const ALPHA = 0.001;
/** Up to so many values are sorted by insertion. */
const FEW = 32;

/** Prefers the category, and no other condition is indistinguishable from it by a rank test. Sampled units only. */
export const RANKSUM: Criterion = {
  name: "ranksum",
  definition: "the largest mean response is to the category, and the largest two-sided rank-sum p against each other " +
    "condition is below 0.001 (uncorrected; sampled units only, of which the proportion is counted; rank sums need every response, so they are " +
    "neither resampled nor permuted, and have no interval and no null)",
  status: "established",
  source: "Baek et al. 2021, Nature Communications",
  doi: "10.1038/s41467-021-27606-9",
  needsResponses: true,
  population: "sample",
  exclusive: true,
  select,
};

function select(input: SelectionInput): Uint8Array {
  const { responses, target, targets, conditions } = input;
  if (!responses) throw new Error("Cannot select by ranksum: no responses; expected those of the sampled units");
  const contrasts = contrastsOf(input);
  const winners = contrasts.shared(responses, () => preferences(responses, conditions.length, new Set(targets)));
  const mask = new Uint8Array(contrasts.units);
  responses.units.forEach((unit, column) => {
    if (winners[column] === target) mask[unit] = 1;
  });
  return mask;
}

/** The target each sampled unit is selective for; −1 where there is none. */
function preferences(
  { units, values, condition }: SampledResponses,
  conditions: number,
  targets: ReadonlySet<number>,
): Int32Array {
  const columns = units.length;
  const images = Array.from({ length: conditions }, (_, c) => {
    const members: number[] = [];
    condition.forEach((value, image) => value === c && members.push(image));
    return members;
  });
  const present = images.flatMap((members, c) => members.length > 0 ? [c] : []);
  const buffers = images.map((members) => new Float32Array(members.length));
  const winners = new Int32Array(columns).fill(-1);
  if (present.length < 2) return winners;
  const { preferred, second } = largestMeans({ columns, values, images, present });
  for (let column = 0; column < columns; column++) {
    const own = preferred[column];
    if (!targets.has(own)) continue;
    gather(own, column);
    // Most units fail against the condition with the next largest mean, if at all.
    let passes = differs(own, second[column], column);
    for (let k = 0; k < present.length && passes; k++) {
      if (present[k] !== own && present[k] !== second[column]) passes = differs(own, present[k], column);
    }
    if (passes) winners[column] = own;
  }
  return winners;

  function differs(own: number, other: number, column: number): boolean {
    gather(other, column);
    return rankSum(buffers[own], buffers[other]).p < ALPHA;
  }

  function gather(c: number, column: number): void {
    const buffer = buffers[c];
    for (let i = 0; i < buffer.length; i++) buffer[i] = values[images[c][i] * columns + column];
    sortInPlace(buffer);
  }
}

/** By insertion where values are few: a call of the runtime's own sort takes longer than that. */
function sortInPlace(values: Float32Array): void {
  if (values.length > FEW) {
    values.sort();
    return;
  }
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    let place = i;
    for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}

/** The condition with the largest mean response of each sampled unit, the first of equals, and the next. */
function largestMeans(
  { columns, values, images, present }: {
    columns: number;
    values: Float32Array;
    images: readonly (readonly number[])[];
    present: readonly number[];
  },
): { readonly preferred: Int32Array; readonly second: Int32Array } {
  const preferred = new Int32Array(columns), second = new Int32Array(columns);
  const largest = new Float64Array(columns).fill(-Infinity), next = largest.slice();
  const sums = new Float64Array(columns);
  for (const c of present) {
    sums.fill(0);
    for (const image of images[c]) {
      for (let column = 0, at = image * columns; column < columns; column++, at++) sums[column] += values[at];
    }
    for (let column = 0; column < columns; column++) {
      const mean = sums[column] / images[c].length;
      if (mean > largest[column]) {
        next[column] = largest[column];
        second[column] = preferred[column];
        largest[column] = mean;
        preferred[column] = c;
      } else if (mean > next[column] || next[column] === -Infinity) {
        next[column] = mean;
        second[column] = c;
      }
    }
  }
  return { preferred, second };
}
