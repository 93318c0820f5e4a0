import type { Moments } from "./moments.ts";

/**
 * Moments of units from their responses, over any grouping of the images: by condition and block, by finer category, or with
 * labels permuted.
 *
 * @param input.values Responses `[images, units]`, row-major.
 * @param input.units How many units a row holds.
 * @param input.condition Group of each image, from 0; −1 leaves an image out.
 * @param input.conditions How many groups there are.
 * @returns One per group, in float64; a group without images has n = 0 and zeros.
 * @throws {RangeError} where the lengths do not agree or a group is out of range.
 */
export function momentsOfResponses(
  { values, units, condition, conditions }: {
    values: Float32Array | Float64Array;
    units: number;
    condition: Int32Array;
    conditions: number;
  },
): Moments[] {
  const images = condition.length;
  if (values.length !== images * units) {
    throw new RangeError(`Cannot take moments: ${values.length} responses; expected ${images} images × ${units} units`);
  }
  const counts = new Float64Array(conditions);
  const groups = Array.from({ length: conditions }, () => ({
    // Each unit's first response in the group: sums of differences from it are exact for a constant unit, which must stay dead.
    first: -1,
    mean: new Float64Array(units),
    m2: new Float64Array(units),
  }));
  for (let image = 0; image < images; image++) {
    const group = condition[image];
    if (!(group >= -1 && group < conditions)) {
      throw new RangeError(
        `Cannot take moments: image ${image} is in group ${group}; expected −1 to ${conditions - 1}`,
      );
    }
    if (group < 0) continue;
    counts[group]++;
    const sums = groups[group];
    if (sums.first < 0) sums.first = image * units;
    const { mean, first } = sums;
    for (let i = 0, at = image * units; i < units; i++, at++) mean[i] += values[at] - values[first + i];
  }
  groups.forEach(({ mean, first }, group) => {
    if (first >= 0) { for (let i = 0; i < units; i++) mean[i] = values[first + i] + mean[i] / counts[group]; }
  });
  for (let image = 0; image < images; image++) {
    if (condition[image] < 0) continue;
    const { mean, m2 } = groups[condition[image]];
    for (let i = 0, at = image * units; i < units; i++, at++) {
      const difference = values[at] - mean[i];
      m2[i] += difference * difference;
    }
  }
  return groups.map(({ mean, m2 }, group) => ({ n: counts[group], mean, m2 }));
}
