import assert from "node:assert/strict";
import { FAMILIES, findNetworks, networkId } from "../../src/training/networks.ts";
import { initialWeights, placesAt } from "../../src/training/run_training.ts";
import { isTrunk } from "../../src/training/trainer.ts";

const SIZES = { features: 128, classes: 30, embedding: 48, vocabulary: 200 };

Deno.test("findNetworks() takes a family for its seeds and an id for one network", () => {
  assert.deepEqual(findNetworks("mini-lang", [0, 2]).map(networkId), ["mini-lang-s0", "mini-lang-s2"]);
  assert.deepEqual(findNetworks("mini-clip-s7", [0]).map(networkId), ["mini-clip-s7"]);
  assert.throws(() => findNetworks("mini-sound", [0]), {
    name: "RangeError",
    message: 'Cannot train "mini-sound"; expected one of mini-vision, mini-attributes, mini-lang, mini-clip',
  });
});

Deno.test("networks of a seed start from the same trunk, and those of another seed from another", async () => {
  const [vision, attributes, lang, clip] = await Promise.all(
    FAMILIES.map(({ objective }) => initialWeights(objective, SIZES, 1)),
  );
  const other = await initialWeights("vision", SIZES, 2);
  const trunk = [...vision.keys()].filter(isTrunk);
  assert.equal(trunk.length, 100);
  for (const name of trunk) {
    assert.deepEqual(attributes.get(name), vision.get(name), name);
    assert.deepEqual(lang.get(name), vision.get(name), name);
    assert.deepEqual(clip.get(name), vision.get(name), name);
  }
  assert.notDeepEqual(other.get("conv1.weight"), vision.get("conv1.weight"));
  assert.notDeepEqual(other.get("fc.weight"), vision.get("fc.weight"));
  assert.deepEqual(vision.get("fc.weight")?.shape, [30, 128]);
  assert.deepEqual(attributes, lang, "heads of one shape, from one seed");
  assert.deepEqual(clip.get("text.embedding.weight")?.shape, [200, 128]);
});

Deno.test("placesAt() shows every image once an epoch, in an order of the seed and the epoch", () => {
  const epoch = (first: number, seed: number): number[] =>
    [0, 1, 2, 3, 4].flatMap((step) => [...placesAt(first + step, 4, 20, seed)]);
  const sorted = (places: number[]): number[] => [...places].sort((a, b) => a - b);
  const all = Array.from({ length: 20 }, (_, place) => place);
  assert.deepEqual(sorted(epoch(0, 0)), all);
  assert.deepEqual(sorted(epoch(5, 0)), all);
  assert.deepEqual(epoch(0, 0), epoch(0, 0));
  assert.notDeepEqual(epoch(0, 0), epoch(5, 0));
  assert.notDeepEqual(epoch(0, 0), epoch(0, 1));
});
