import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestError } from "../../src/errors.ts";
import { planShards } from "../../src/reproduce/shard_plan.ts";

const made = fc.record({
  costs: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 }),
  images: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
}).map(({ costs, images, share }) => ({
  networks: costs.map((cost, index) => ({ id: `n${index}`, cost })),
  images,
  of: Math.max(1, Math.round(share * costs.length * images.length)),
}));

Deno.test("planShards() gives every group of every network to one shard, and no shard stays empty", () => {
  fc.assert(fc.property(made, ({ networks, images, of }) => {
    const shards = planShards(networks, images, of);
    assert.equal(shards.length, of);
    assert.ok(shards.every((parts) => parts.length > 0));
    const all = shards.flat().flatMap(({ network, groups }) =>
      (groups ?? [...images.keys()]).map((group) => network * images.length + group)
    );
    assert.deepEqual(all.sort((a, b) => a - b), Array.from({ length: networks.length * images.length }, (_, i) => i));
    assert.deepEqual(planShards(networks, images, of), shards);
    // Networks are cut only where there are too few of them, and into runs of neighbouring groups.
    for (const { groups } of shards.flat()) {
      if (groups === null) continue;
      assert.ok(of > networks.length);
      assert.ok(groups.every((group, i) => i === 0 || group === groups[i - 1] + 1));
    }
  }));
});

Deno.test("no shard of whole networks has more to do than its share and one network", () => {
  fc.assert(fc.property(made, ({ networks, images, of }) => {
    fc.pre(of <= networks.length);
    const costs = networks.map(({ cost }) => cost);
    const load = planShards(networks, images, of).map((parts) =>
      parts.reduce((sum, { network }) => sum + costs[network], 0)
    );
    // Graham's bound for any order; 1966, doi:10.1002/j.1538-7305.1966.tb01709.x.
    const share = costs.reduce((sum, cost) => sum + cost, 0) / of;
    assert.ok(Math.max(...load) <= share + Math.max(...costs) * (1 - 1 / of) + 1e-9);
  }));
});

Deno.test("the most costly networks are given out first", () => {
  const networks = [1, 1, 2].map((cost, index) => ({ id: `n${index}`, cost }));
  // In the order given, the last would meet the first.
  const shards = planShards(networks, [1], 2).map((parts) => parts.map(({ network }) => network));
  assert.deepEqual(shards, [[2], [0, 1]]);
});

Deno.test("planShards() cuts costly networks into more shards, about as many images each", () => {
  const networks = [{ id: "small", cost: 10 }, { id: "large", cost: 30 }];
  const shards = planShards(networks, [5, 5, 5, 5, 5, 5], 4);
  assert.deepEqual(shards, [
    [{ network: 0, groups: null }],
    [{ network: 1, groups: [0, 1] }],
    [{ network: 1, groups: [2, 3] }],
    [{ network: 1, groups: [4, 5] }],
  ]);
});

Deno.test("planShards() refuses more shards than there are groups", () => {
  assert.throws(() => planShards([{ id: "one", cost: 1 }], [3, 3], 3), (error) => {
    assert.ok(error instanceof RequestError);
    assert.equal(
      error.message,
      "Cannot cut the run into 3 shards: it has 1 networks and 2 groups of images; expected 2 shards at most",
    );
    return true;
  });
});
