import assert from "node:assert/strict";
import { relabel } from "../../src/inference/_permutation_null.ts";
import type { Split } from "../../src/localize/mod.ts";
import { Random } from "../../src/statistics/mod.ts";

/** Faces, places, words, scrambled places and scrambled words, in four blocks. */
const COUNTS = [5, 5, 5, 5, 5].map((n) => new Array<number>(4).fill(n));
const DESIGN = { derived: [3, 4], sources: [1, 2] };
const SPLIT: Split = [0, 1, 1, 0];

function drawn(counts: readonly (readonly number[])[], seed: number) {
  return relabel(counts, { ...DESIGN, split: SPLIT, random: new Random(seed, "test") });
}

Deno.test("labels are permuted over the blocks of each half, every block once", () => {
  const homes = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const from = drawn(COUNTS, seed);
    const used = from.flatMap((blocks) => blocks.map(({ condition, block }) => `${condition} ${block}`));
    assert.equal(new Set(used).size, 20);
    from.forEach((blocks, condition) =>
      blocks.forEach((source, block) => {
        assert.equal(SPLIT[source.block], SPLIT[block], "a block stays in its half");
        assert.equal(DESIGN.derived.includes(source.condition), DESIGN.derived.includes(condition));
        if (condition === 0 && block === 0) homes.add(`${source.condition} ${source.block}`);
      })
    );
  }
  // Two blocks of three conditions are in the half of the first block.
  assert.equal(homes.size, 6);
});

Deno.test("a derived block moves with its source wherever the source's new label has a derived condition", () => {
  let moved = 0;
  for (let seed = 0; seed < 100; seed++) {
    const from = drawn(COUNTS, seed);
    DESIGN.derived.forEach((condition, d) =>
      from[condition].forEach((place, block) => {
        const source = from[DESIGN.sources[d]][block];
        const made = DESIGN.sources.indexOf(source.condition);
        if (made < 0) return;
        assert.deepEqual(place, { condition: DESIGN.derived[made], block: source.block });
        if (place.condition !== condition) moved++;
      })
    );
  }
  assert.ok(moved > 50, `${moved} derived blocks have another label`);
});

Deno.test("blocks without images keep their place, and so do derived ones whose source is no condition", () => {
  const counts = COUNTS.with(3, [5, 0, 5, 5]).with(0, [0, 5, 5, 5]);
  for (let seed = 0; seed < 50; seed++) {
    const from = drawn(counts, seed);
    assert.deepEqual(from[3][1], { condition: 3, block: 1 });
    assert.deepEqual(from[0][0], { condition: 0, block: 0 });
    const used = from.flatMap((blocks) => blocks.map(({ condition, block }) => `${condition} ${block}`));
    assert.equal(new Set(used).size, 20);
  }
  const alone = relabel(COUNTS, { derived: [3], sources: [-1], split: SPLIT, random: new Random(1, "test") });
  const kept = alone[3].map(({ condition }) => condition);
  assert.deepEqual(kept, [3, 3, 3, 3]);
});
