import assert from "node:assert/strict";
import {
  ceilingOfHalves,
  conditionDissimilarity,
  consistency,
  consistencyCeiling,
  dissimilarity,
  LEAST_UNITS,
  pearson,
  ranks,
  spearman,
} from "../../src/measures/mod.ts";
import { allClose, close, golden, seeded, units, values } from "../localizer/golden.ts";

const images = golden.condition.flatMap((_, i) => i % 2 === 0 ? [i] : []);

Deno.test("dissimilarity() and consistency() agree with NumPy and SciPy to 1e-9", () => {
  const { columns, pairs, matrix, mean } = golden.representation;
  const taps = columns.map((list) => dissimilarity({ values, sampled: units, images, columns: list }));
  taps.forEach((tap, i) => {
    assert.equal(tap.length, images.length * (images.length - 1) / 2);
    allClose(tap.filter((_, at) => at % 37 === 0), pairs[i]);
  });
  const actual = consistency(taps);
  actual.matrix.forEach((row, i) => allClose(row as number[], matrix[i]));
  close(actual.mean.value, mean);
});

Deno.test("dissimilarity() over many columns and any number of images is that of the definition", () => {
  const { normal } = seeded(1);
  for (const [count, width] of [[2, 600], [3, 257], [7, 256], [8, 3], [5, 1]]) {
    const data = Float32Array.from({ length: count * width }, normal);
    const rows = Array.from({ length: count }, (_, i) => Float64Array.from(data.subarray(i * width, (i + 1) * width)));
    const expected = rows.flatMap((a, i) => rows.slice(i + 1).map((b) => 1 - (pearson(a, b) ?? 0)));
    allClose(dissimilarity({ values: data, sampled: width }), expected, { tolerance: 1e-12 });
  }
});

Deno.test("an image to which all units respond alike is dissimilar by 1 to every other", () => {
  const data = Float32Array.of(0.1, 0.1, 0.1, 1, 2, 4, 0, 0, 0);
  assert.deepEqual([...dissimilarity({ values: data, sampled: 3 })], [1, 1, 1]);
  assert.throws(() => dissimilarity({ values: data, sampled: 2 }), /expected whole rows/);
  assert.throws(() => dissimilarity({ values: data, sampled: 0 }), RangeError);
});

Deno.test("permuting units changes no dissimilarity; permuting images permutes them", () => {
  const plain = dissimilarity({ values, sampled: units, images });
  const backwards = Array.from({ length: units }, (_, i) => units - 1 - i);
  allClose(dissimilarity({ values, sampled: units, images, columns: backwards }), [...plain], { tolerance: 1e-9 });
  const count = images.length;
  const at = (i: number, j: number): number => i * count - i * (i + 1) / 2 + j - i - 1;
  const reversed = dissimilarity({ values, sampled: units, images: images.slice().reverse() });
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      close(reversed[at(count - 1 - j, count - 1 - i)], plain[at(i, j)], { tolerance: 1e-12 });
    }
  }
});

Deno.test("ranks() shares the rank of equals and spearman() is that of the ranks", () => {
  assert.deepEqual([...ranks([3, 1, 3, 3, 0])], [4, 2, 4, 4, 1]);
  assert.deepEqual([...ranks([])], []);
  close(spearman([1, 2, 3], [10, 100, 1000]), 1);
  assert.equal(spearman([1, 1, 1], [1, 2, 3]), null);
  assert.equal(spearman([1], [2]), null);
  assert.throws(() => spearman([1, 2], [1]), /Cannot correlate 2 with 1/);
});

Deno.test("consistency() leaves out taps without dissimilarities and says when none are left to compare", () => {
  const tap = dissimilarity({ values, sampled: units, images });
  const flat = new Float64Array(tap.length).fill(1);
  const { matrix, mean } = consistency([tap, null, flat, tap]);
  assert.deepEqual(matrix.map((row) => row.map((value) => value === null)), [
    [false, true, true, false],
    [true, true, true, true],
    [true, true, true, true],
    [false, true, true, false],
  ]);
  close(mean.value, 1);
  assert.match(consistency([tap, null]).mean.reason!, /fewer than two taps/);
  assert.deepEqual(consistency([]).matrix, []);
  assert.throws(() => consistency([tap, tap.subarray(1)]), RangeError);
});

Deno.test("the ceiling is near what taps that represent the same reach, and low where responses are noise", () => {
  const { normal, uniform } = seeded(6);
  const count = 24;
  const width = 120;
  const latent = Float64Array.from({ length: count * 6 }, normal);
  const tap = (noise: number): { values: Float32Array; sampled: number; columns: Uint32Array } => {
    const weights = Float64Array.from({ length: 6 * width }, normal);
    const data = Float32Array.from({ length: count * width }, (_, at) => {
      const image = Math.floor(at / width);
      let sum = noise * normal();
      for (let k = 0; k < 6; k++) sum += latent[image * 6 + k] * weights[k * width + at % width];
      return sum;
    });
    return { values: data, sampled: width, columns: Uint32Array.from({ length: width }, (_, i) => i) };
  };
  const rows = Array.from({ length: count }, (_, i) => i);
  for (const noise of [0.5, 4]) {
    const taps = [tap(noise), tap(noise), tap(noise)];
    const found = consistency(taps.map((t) => dissimilarity({ ...t, images: rows }))).mean.value!;
    const ceiling = consistencyCeiling({ taps, images: rows, random: uniform, splits: 4 }).value!;
    close(ceiling, found, { tolerance: 0.08 });
  }
  const noisy = consistencyCeiling({ taps: [tap(1e6), tap(1e6)], images: rows, random: uniform, splits: 4 }).value!;
  assert.ok(noisy < 0.3, `${noisy}`);
});

Deno.test("the ceiling repeats with its seed and needs two taps with enough units", () => {
  const tap = { values, sampled: units, columns: Array.from({ length: 30 }, (_, i) => i + 10) };
  const few = { ...tap, columns: tap.columns.slice(0, LEAST_UNITS - 1) };
  const run = (seed: number): number | null =>
    consistencyCeiling({ taps: [tap, null, tap], images, random: seeded(seed).uniform }).value;
  assert.equal(run(1), run(1));
  assert.notEqual(run(1), run(2));
  assert.match(
    consistencyCeiling({ taps: [tap, few, null], images, random: () => 0.5 }).reason!,
    /fewer than two taps/,
  );
});

Deno.test("the ceiling of halves agrees with SciPy to 1e-9", () => {
  const { columns, halves, ceiling } = golden.splitHalf;
  const correlations = columns.map((list) => {
    const half = list.length / 2;
    const [first, second] = [list.slice(0, half), list.slice(half)].map((part) =>
      dissimilarity({ values, sampled: units, images, columns: part })
    );
    return spearman(first, second);
  });
  allClose(correlations as number[], halves);
  close(ceilingOfHalves(correlations).value, ceiling);
  // A draw of almost 1 leaves every column where it is.
  const inOrder = consistencyCeiling({
    taps: columns.map((list) => ({ values, sampled: units, columns: list })),
    images,
    random: () => 1 - 1e-9,
  });
  close(inOrder.value, ceiling);
});

Deno.test("conditionDissimilarity() agrees with NumPy to 1e-9", () => {
  const { columns, means } = golden.conditionDissimilarity;
  const pairs = dissimilarity({ values, sampled: units, columns });
  const found = conditionDissimilarity({ pairs, condition: golden.condition, conditions: golden.conditions.length });
  found.forEach((row, i) => allClose(row as number[], means[i]));
});

Deno.test("conditionDissimilarity() averages the pairs of each two conditions", () => {
  // Pairs (0,1) (0,2) (0,3) (1,2) (1,3) (2,3).
  const pairs = Float64Array.of(1, 2, 3, 4, 5, 6);
  const actual = conditionDissimilarity({ pairs, condition: [0, 1, 0, -1], conditions: 3 });
  assert.deepEqual(actual, [[2, 2.5, null], [2.5, null, null], [null, null, null]]);
  assert.throws(() => conditionDissimilarity({ pairs, condition: [0, 1], conditions: 2 }), /every pair of 2 images/);
});

Deno.test("ceilingOfHalves() steps the halves up and averages over pairs", () => {
  // Reliabilities of 2/3, 1 and 0.
  close(ceilingOfHalves([0.5, null, 1, -0.3]).value, (Math.sqrt(2 / 3) + 0 + 0) / 3, { tolerance: 1e-12 });
  assert.match(ceilingOfHalves([0.9, null]).reason!, /fewer than two taps/);
});
