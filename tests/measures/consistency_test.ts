import assert from "node:assert/strict";
import { CONSISTENCY, consistencyMatrix, LEAST_COMPARED, type NetworkContext } from "../../src/measures/mod.ts";
import { pearson, ranks } from "../../src/statistics/mod.ts";
import { allClose, close, golden, units, values } from "../statistics/golden.ts";

/** Ranks of the dissimilarities of every other golden image over some units, by the definition. */
function ranked(columns: readonly number[]): Float64Array {
  const images = golden.condition.flatMap((_, i) => i % 2 === 0 ? [i] : []);
  const rows = images.map((image) => Float64Array.from(columns, (unit) => values[image * units + unit]));
  return ranks(rows.flatMap((a, i) => rows.slice(i + 1).map((b) => 1 - (pearson(a, b) ?? 0))));
}

function networkOf(rankedDissimilarities: NetworkContext["rankedDissimilarities"]): NetworkContext {
  return { depths: rankedDissimilarities.map(() => 0), layerValues: () => [], rankedDissimilarities };
}

const { columns, matrix, mean } = golden.representation;
const layers = columns.map(ranked);

Deno.test("consistency over layers agrees with SciPy to 1e-9", () => {
  const found = consistencyMatrix(layers);
  found.matrix.forEach((row, i) => allClose(row as number[], matrix[i]));
  close(found.mean, mean);
  close(CONSISTENCY.value(networkOf(layers)).value, mean);
});

Deno.test("layers without dissimilarities are left out, and so are those whose images are all alike", () => {
  const [layer] = layers;
  const flat = ranks(new Float64Array(layer.length).fill(1));
  const found = consistencyMatrix([layer, null, flat, layer]);
  assert.deepEqual(found.matrix.map((row) => row.map((value) => value === null)), [
    [false, true, true, false],
    [true, true, true, true],
    [true, true, true, true],
    [false, true, true, false],
  ]);
  close(found.mean, 1);
  assert.equal(found.matrix[0][0], 1);
});

Deno.test("with fewer than two layers to compare there is no consistency", () => {
  assert.deepEqual(consistencyMatrix([]), { matrix: [], mean: null });
  assert.equal(consistencyMatrix([layers[0], null]).mean, null);
  const { value, reason } = CONSISTENCY.value(networkOf([layers[0], null]));
  assert.equal(value, null);
  assert.equal(reason, `fewer than two layers have ${LEAST_COMPARED} units to compare over`);
});

Deno.test("dissimilarities of different images are refused", () => {
  assert.throws(() => consistencyMatrix([layers[0], layers[0].subarray(1)]), /Cannot correlate \d+ with \d+ values/);
});
