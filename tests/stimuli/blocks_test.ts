import assert from "node:assert/strict";
import fc from "fast-check";
import { assignBlocks, blockCount, proceduralSet, withScrambled } from "../../src/stimuli/mod.ts";
import type { Stimulus } from "../../src/stimuli/mod.ts";

type Drawn = Pick<Stimulus, "id" | "condition" | "category" | "source">;

/** 23 faces of two categories and 17 places of three. */
function someStimuli(): Drawn[] {
  const sizes: [string, string, number][] = [
    ["faces", "adult", 12],
    ["faces", "child", 11],
    ["places", "house", 8],
    ["places", "corridor", 5],
    ["places", "street", 4],
  ];
  return sizes.flatMap(([condition, category, count]) =>
    Array.from({ length: count }, (_, i) => ({ id: `${category}/${i}`, condition, category }))
  );
}

/** Any images of two conditions and three categories. */
const images = fc.uniqueArray(
  fc.record({
    id: fc.string(),
    condition: fc.constantFrom("faces", "places"),
    category: fc.constantFrom("a", "b", "c"),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);
const counts = fc.constantFrom(1, 2, 4, 6, 10);

const condition = (stimulus: Drawn): string => stimulus.condition;
const category = (stimulus: Drawn): string => `${stimulus.condition} ${stimulus.category}`;

/** How many images each block holds of every condition or category. */
function sizesOf(
  stimuli: readonly Drawn[],
  { blocks, count, key }: { blocks: readonly number[]; count: number; key: (stimulus: Drawn) => string },
): number[][] {
  const sizes = new Map<string, number[]>();
  stimuli.forEach((stimulus, i) => {
    const own = sizes.get(key(stimulus)) ?? new Array(count).fill(0);
    own[blocks[i]]++;
    sizes.set(key(stimulus), own);
  });
  return [...sizes.values()];
}

Deno.test("blockCount() gives ten blocks, fewer where they would be small, and never an empty one", () => {
  const cases: [number[], number][] = [
    [[80, 144], 10],
    [[79, 144], 6],
    [[66], 6],
    [[6, 100], 6],
    [[5], 4],
    [[4], 4],
    [[3], 2],
    [[2, 2], 2],
  ];
  for (const [sizes, blocks] of cases) assert.equal(blockCount(sizes), blocks, sizes.join());
  for (const sizes of [[], [1, 90], [0], [NaN]]) {
    assert.throws(() => blockCount(sizes), /Cannot divide conditions of .* images into blocks; expected at least two/);
  }
});

Deno.test("assignBlocks() makes blocks of a condition and of a category that differ by one image at most", () => {
  fc.assert(fc.property(images, counts, (set, count) => {
    const blocks = assignBlocks(set, count);
    assert.ok(blocks.every((block) => Number.isInteger(block) && block >= 0 && block < count));
    for (const key of [condition, category]) {
      for (const sizes of sizesOf(set, { blocks, count, key })) {
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, `${sizes}`);
      }
    }
  }));
});

Deno.test("assignBlocks() depends on the identity of images, not on their order", () => {
  fc.assert(fc.property(images, counts, (set, count) => {
    assert.deepEqual(assignBlocks(set.toReversed(), count), assignBlocks(set, count).toReversed());
  }));
  const stimuli = someStimuli();
  const renamed = stimuli.map((stimulus) => ({ ...stimulus, id: `x${stimulus.id}` }));
  assert.notDeepEqual(assignBlocks(renamed, 6), assignBlocks(stimuli, 6));
});

Deno.test("assignBlocks() draws from the whole identity, so that neighbours by name are not simply alternated", () => {
  const set = Array.from({ length: 64 }, (_, i) => ({
    id: `faces/${String(i).padStart(3, "0")}`,
    condition: "faces",
    category: "faces",
  }));
  const blocks = assignBlocks(set, 2);
  const changes = blocks.filter((block, i) => i > 0 && block !== blocks[i - 1]).length;
  assert.ok(changes > 16 && changes < 48, `${changes} changes`);
  assert.deepEqual(blocks.slice(0, 8), [1, 1, 1, 1, 0, 0, 1, 1]);
});

Deno.test("assignBlocks() puts a scrambled image into the block of its source", async () => {
  for (const set of [await proceduralSet({ limit: 3 }), withScrambled(fakeSet())]) {
    const blocks = assignBlocks(set.stimuli, 4);
    const blockOf = new Map(set.stimuli.map(({ id }, i) => [id, blocks[i]]));
    const derived = set.stimuli.filter(({ source }) => source !== undefined);
    assert.ok(derived.length > 0);
    assert.ok(derived.every(({ condition }) => condition.startsWith("scrambled")));
    for (const { id, source } of derived) assert.equal(blockOf.get(id), blockOf.get(source!), id);
  }
});

Deno.test("assignBlocks() draws an image whose source is not in the set like any other", () => {
  const stimuli = someStimuli();
  const derived = stimuli.map((stimulus) => ({ ...stimulus, source: `elsewhere/${stimulus.id}` }));
  assert.deepEqual(assignBlocks(derived, 6), assignBlocks(stimuli, 6));
});

Deno.test("assignBlocks() refuses ids that stand twice, circles of sources and numbers of blocks that are none", () => {
  const [first, second] = someStimuli();
  assert.throws(
    () => assignBlocks([first, second, first], 2),
    /two images are called "adult\/0"; expected distinct ids/,
  );
  const circle = [{ ...first, source: second.id }, { ...second, source: first.id }];
  assert.throws(() => assignBlocks(circle, 2), /image "adult\/0" was made from itself; expected another source/);
  for (const blocks of [0, 1.5, NaN]) assert.throws(() => assignBlocks([first], blocks), /into .* blocks; expected/);
});

function fakeSet(): Parameters<typeof withScrambled>[0] {
  const stimuli = someStimuli().map((stimulus) => ({
    ...stimulus,
    pixels: () => Promise.reject(new Error("never drawn here")),
  }));
  return {
    name: "fake",
    title: "Fake",
    conditions: ["faces", "places"],
    stimuli,
    hash: "0",
    source: "none",
    citation: null,
    licence: null,
    redistributable: true,
  };
}
