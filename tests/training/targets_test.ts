import assert from "node:assert/strict";
import { attributeCode, CODE_WIDTH, orthonormalVectors } from "../../src/training/attribute_code.ts";
import { targetsFor, type TargetSource, termsFor } from "../../src/training/targets.ts";

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

const CAPTIONS = ["A red mug.", "A red car.", "A red mug.", "A red car.", "A red mug.", "A red car."];
const ATTRIBUTES = [["kind: mug", "color: red"], ["kind: car", "color: red"]];

const SOURCE: TargetSource = {
  images: {
    split: "train",
    count: 6,
    side: 1,
    pixels: new Uint8Array(18),
    classes: [2, 1, 2, 1, 2, 1],
    captions: CAPTIONS,
    attributes: [0, 1, 0, 1, 0, 1].map((i) => ATTRIBUTES[i]),
  },
  terms: [],
  embeddings: Float32Array.from({ length: 6 * CODE_WIDTH }, (_, i) => i),
  classes: 4,
};

Deno.test("orthonormalVectors() are orthonormal to rounding, the same for a seed, and no more than their length", () => {
  const vectors = orthonormalVectors(60, 64, 0);
  for (const [i, a] of vectors.entries()) {
    for (const [j, b] of vectors.entries()) assert.ok(Math.abs(cosine(a, b) - Number(i === j)) < 1e-12, `${i}, ${j}`);
  }
  assert.deepEqual(orthonormalVectors(60, 64, 0), vectors);
  assert.notDeepEqual(orthonormalVectors(60, 64, 1)[0], vectors[0]);
  assert.throws(() => orthonormalVectors(65, 64, 0), {
    name: "RangeError",
    message: "Cannot make 65 orthonormal vectors of 64 numbers; expected at most 64",
  });
});

Deno.test("codes of attributes are as alike as the lists are: cosine is what they share over the root of their lengths", () => {
  const code = attributeCode(["a", "b", "c", "d"]);
  for (
    const [one, other, expected] of [
      [["a", "b"], ["a", "b"], 1],
      [["a", "b"], ["c", "d"], 0],
      [["a", "b"], ["b", "c"], 0.5],
      [["a"], ["a", "b", "c", "d"], 0.5],
      [["a", "b"], ["b", "never seen"], Math.SQRT1_2],
    ] as const
  ) {
    assert.ok(Math.abs(cosine(code(one), code(other)) - expected) < 1e-6, `${one} ${other}`);
  }
  assert.ok(code(["never seen"]).every((value) => value === 0));
});

Deno.test("termsFor() lists words for contrast, attributes for attributes, and nothing else", () => {
  assert.deepEqual(termsFor("contrastive", SOURCE.images), ["a", "red"], "words of five captions and more");
  assert.deepEqual(termsFor("attributes", SOURCE.images), ["color: red", "kind: car", "kind: mug"]);
  assert.deepEqual([termsFor("vision", SOURCE.images), termsFor("language", SOURCE.images)], [[], []]);
});

Deno.test("targetsFor() gives classes, codes, embeddings and word shares, row by row", () => {
  assert.deepEqual([...targetsFor("vision", SOURCE)([1, 0])], [0, 1, 0, 0, 0, 0, 1, 0]);
  const terms = termsFor("attributes", SOURCE.images),
    codes = targetsFor("attributes", { ...SOURCE, terms })([1, 3, 0]);
  const rows = [0, 1, 2].map((row) => codes.subarray(row * CODE_WIDTH, (row + 1) * CODE_WIDTH));
  assert.deepEqual(rows[0], rows[1]);
  assert.ok(Math.abs(cosine(rows[0], rows[2]) - 0.5) < 1e-6);
  assert.deepEqual(
    targetsFor("language", SOURCE)([2]),
    SOURCE.embeddings.slice(2 * CODE_WIDTH, 3 * CODE_WIDTH),
  );
  assert.deepEqual([...targetsFor("contrastive", { ...SOURCE, terms: ["car", "red"] })([0, 1])], [0, 1, 0.5, 0.5]);
});
