import assert from "node:assert/strict";
import { conditionDissimilarity, Dissimilarity, subTriangle } from "../../src/inference/_dissimilarity.ts";
import { comparedImages } from "../../src/inference/_compare_images.ts";
import type { Split } from "../../src/localize/mod.ts";
import { pearson } from "../../src/statistics/mod.ts";
import { allClose, golden, seeded, units, values } from "../statistics/golden.ts";

const compare = new Dissimilarity();
const responses = Float32Array.from(values);
const images = golden.condition.flatMap((_, i) => i % 2 === 0 ? [i] : []);
const every = Array.from({ length: units }, (_, unit) => unit);
/** Dissimilarities are kept in float32. */
const tolerance = 1e-6;

Deno.test("dissimilarity() agrees with NumPy", () => {
  const { columns, pairs } = golden.representation;
  columns.forEach((list, i) => {
    const found = compare.between(responses, { sampled: units, images, columns: list });
    assert.equal(found.length, images.length * (images.length - 1) / 2);
    allClose(found.filter((_, at) => at % 37 === 0), pairs[i], { tolerance });
  });
});

Deno.test("dissimilarity() over many columns and any number of images is that of the definition", () => {
  const { normal } = seeded(1);
  for (const [count, width] of [[2, 600], [3, 257], [7, 256], [8, 3], [5, 1], [1, 4]]) {
    const data = Float32Array.from({ length: count * width }, normal);
    const rows = Array.from({ length: count }, (_, i) => Float64Array.from(data.subarray(i * width, (i + 1) * width)));
    const expected = rows.flatMap((a, i) => rows.slice(i + 1).map((b) => 1 - (pearson(a, b) ?? 0)));
    const found = compare.between(data, {
      sampled: width,
      images: [...rows.keys()],
      columns: [...Array(width).keys()],
    });
    allClose(found, expected, { tolerance });
  }
});

Deno.test("an image to which all units respond alike is dissimilar by 1 to every other", () => {
  const data = Float32Array.of(0.1, 0.1, 0.1, 1, 2, 4, 0, 0, 0);
  const found = compare.between(data, { sampled: 3, images: [0, 1, 2], columns: [0, 1, 2] });
  assert.deepEqual([...found], [1, 1, 1]);
});

Deno.test("permuting units changes no dissimilarity; permuting images permutes them", () => {
  const plain = compare.between(responses, { sampled: units, images, columns: every });
  const backwards = compare.between(responses, { sampled: units, images, columns: every.toReversed() });
  allClose(backwards, [...plain], { tolerance });
  const count = images.length;
  const at = (i: number, j: number): number => i * count - i * (i + 1) / 2 + j - i - 1;
  const reversed = compare.between(responses, { sampled: units, images: images.toReversed(), columns: every });
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      allClose([reversed[at(count - 1 - j, count - 1 - i)]], [plain[at(i, j)]], { tolerance });
    }
  }
});

Deno.test("of too many images the same share of every condition and block is compared, the same ones on every split", () => {
  const design = {
    conditions: ["a", "b"],
    targets: [0],
    derived: [],
    sources: [],
    blocks: 4,
    images: Array.from({ length: 72 }, (_, i) => ({ condition: i % 2, block: Math.floor(i / 2) % 4 })),
  };
  const of = (split: Split, most: number) => comparedImages(design, split, { most, seed: 1 });
  const [first, second] = of([0, 1, 1, 0], 24);
  assert.deepEqual([first.length, second.length], [12, 12]);
  const counts = new Map<string, number>();
  for (const i of [...first, ...second]) {
    const { condition, block } = design.images[i];
    assert.equal([0, 1, 1, 0][block] === 0, first.includes(i));
    counts.set(`${condition} ${block}`, (counts.get(`${condition} ${block}`) ?? 0) + 1);
  }
  assert.deepEqual([...counts.values()], new Array(8).fill(3));
  assert.deepEqual(first, first.toSorted());
  const other = of([0, 0, 1, 1], 24);
  assert.deepEqual([...other[0], ...other[1]].toSorted(), [...first, ...second].toSorted());
  assert.deepEqual(of([0, 1, 1, 0], 72).map(({ length }) => length), [36, 36]);
});

Deno.test("subTriangle() is the dissimilarity of some of the images, and all of it where all are chosen", () => {
  const whole = compare.between(responses, { sampled: units, images, columns: every });
  const chosen = [0, 3, 4, 9, images.length - 1];
  const some = compare.between(responses, { sampled: units, images: chosen.map((i) => images[i]), columns: every });
  allClose(subTriangle(whole, images.length, chosen), [...some], { tolerance });
  assert.equal(subTriangle(whole, images.length, [...images.keys()]), whole);
  assert.equal(subTriangle(whole, images.length, [2]).length, 0);
});

Deno.test("conditionDissimilarity() agrees with NumPy", () => {
  const { columns, means } = golden.conditionDissimilarity;
  const all = [...golden.condition.keys()];
  const pairs = compare.between(responses, { sampled: units, images: all, columns });
  const found = conditionDissimilarity(pairs, golden.condition, golden.conditions.length);
  found.forEach((row, i) => allClose(row as number[], means[i], { tolerance }));
});

Deno.test("conditionDissimilarity() averages the pairs of each two conditions, and is null where there are none", () => {
  // Pairs (0,1) (0,2) (1,2).
  const found = conditionDissimilarity(Float32Array.of(1, 2, 4), [0, 1, 0], 3);
  assert.deepEqual(found, [[2, 2.5, null], [2.5, null, null], [null, null, null]]);
});
