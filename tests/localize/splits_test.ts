import assert from "node:assert/strict";
import fc from "fast-check";
import { drawSplits } from "../../src/localize/mod.ts";

const text = (splits: readonly (readonly number[])[]): string[] => splits.map((split) => split.join(""));

Deno.test("drawSplits() gives all ten ways to halve six blocks, and the one way to halve two", () => {
  const all = text(drawSplits(6, 10, 3));
  // Every half of three blocks of six to which the first belongs.
  const expected = ["000111", "001011", "001101", "001110", "010011", "010101", "010110", "011001", "011010", "011100"];
  assert.deepEqual(all.toSorted(), expected);
  assert.deepEqual(text(drawSplits(6, 1000, 4)).toSorted(), expected);
  assert.deepEqual(text(drawSplits(2, 5, 1)), ["01"]);
});

Deno.test("drawSplits() gives distinct halves of equal size, no two of them mirror images", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 60 }), fc.integer(), (half, count, seed) => {
      const splits = drawSplits(2 * half, count, seed);
      for (const split of splits) {
        assert.equal(split.length, 2 * half);
        assert.ok(split.every((side) => side === 0 || side === 1));
        assert.equal(split.reduce((sum: number, side) => sum + side, 0), half);
      }
      const mirrored = splits.flatMap((split) => [split.join(""), split.map((side) => 1 - side).join("")]);
      assert.equal(new Set(mirrored).size, 2 * splits.length);
      let ways = 1;
      for (let i = 1; i <= half; i++) ways = ways * (half + i) / i;
      assert.equal(splits.length, Math.min(count, ways / 2));
    }),
    { seed: 1 },
  );
});

Deno.test("drawSplits() is seeded: more splits begin with the fewer, another seed gives others", () => {
  assert.deepEqual(drawSplits(12, 5, 1), drawSplits(12, 20, 1).slice(0, 5));
  assert.notDeepEqual(drawSplits(12, 5, 1), drawSplits(12, 5, 2));
});

Deno.test("drawSplits() puts every two blocks together equally often", () => {
  const counts = new Array<number>(36).fill(0);
  for (let seed = 0; seed < 3000; seed++) {
    const [split] = drawSplits(6, 1, seed);
    for (let a = 0; a < 6; a++) for (let b = a + 1; b < 6; b++) if (split[a] === split[b]) counts[6 * a + b]++;
  }
  // Two of five others are in the same half.
  for (let a = 0; a < 6; a++) {
    for (let b = a + 1; b < 6; b++) assert.ok(Math.abs(counts[6 * a + b] / 3000 - 0.4) < 0.04, `${a} ${b}`);
  }
});

Deno.test("drawSplits() refuses blocks that have no equal halves, and counts that are none", () => {
  for (const blocks of [0, 1, 3, 2.5, -2, NaN]) {
    assert.throws(() => drawSplits(blocks, 1, 0), {
      name: "RangeError",
      message: `Cannot cut ${blocks} blocks into equal halves; expected an even number from 2`,
    });
  }
  for (const count of [-1, 2.5, NaN]) {
    assert.throws(() => drawSplits(6, count, 0), /^RangeError: Cannot draw .* splits; expected a whole number from 0$/);
  }
});
