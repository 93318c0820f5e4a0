import assert from "node:assert/strict";
import { join } from "node:path";
import { reproduce } from "../../src/reproduce/mod.ts";
import type { Results } from "../../src/results/mod.ts";
import { inFolder } from "../in_folder.ts";

/** The mini study with some of its networks and little of the analysis. */
async function compared(folder: string, families: readonly string[], seeds: readonly number[]): Promise<Results> {
  const networks = families.flatMap((family) => seeds.map((seed) => `${family}-s${seed}`));
  const { results } = await reproduce({
    networks,
    layers: ["layer3.1", "layer4.1"],
    limit: 8,
    device: "cpu",
    threads: 2,
    analysis: { criteria: [], permutations: 0, placements: 20, splits: 3, otherSplits: 1, comparedSplits: 1 },
    out: join(folder, "out"),
    cache: join(folder, "cache"),
  });
  for (const { id, status, reason } of results.networks) assert.equal(status, "run", `${id}: ${reason}`);
  return results;
}

Deno.test("the mini study with one training a family decides nothing about families", () =>
  inFolder(async (folder) => {
    const { pairs, comparisons, claims, networks } = await compared(
      folder,
      ["mini-vision", "mini-lang", "mini-clip", "mini-untrained"],
      [0],
    );
    assert.ok(pairs.length >= 5);
    assert.ok([...pairs, ...comparisons].every(({ inference }) => inference === "networks"));
    assert.ok(networks.every(({ inference }) => inference === "network"));
    for (const { id, verdict, rows } of claims) {
      assert.equal(verdict, id === "presence" ? "described" : "not tested", id);
      assert.ok(rows.length > 0 && rows.every(({ hypothesis }) => !hypothesis), id);
      const words = new Set(rows.map((row) => row.verdict));
      for (const word of ["holds", "fails", "equivalent", "mixed"] as const) {
        assert.ok(!words.has(word), `${id}: ${word}`);
      }
    }
    assert.ok(
      claims.flatMap(({ rows }) => rows).some(({ verdict }) => verdict === "higher" || verdict === "lower"),
    );
  }));

Deno.test("three seeds of each are families, paired by seed, and every hypothesis of the marked pair is judged", () =>
  inFolder(async (folder) => {
    const { pairs, claims } = await compared(folder, ["mini-vision", "mini-lang"], [0, 1, 2]);
    const [pair] = pairs;
    assert.deepEqual([pairs.length, pair.a, pair.b, pair.claims], [1, "mini-vision", "mini-lang", true]);
    assert.deepEqual([pair.inference, pair.trainings, pair.paired], ["families", [3, 3], true]);
    assert.deepEqual(pair.layers.map(({ a, b }) => [a, b]), [["layer3.1", "layer3.1"], ["layer4.1", "layer4.1"]]);
    const hypotheses = claims.flatMap(({ rows }) => rows).filter(({ hypothesis }) => hypothesis);
    assert.equal(hypotheses.length, 5);
    for (const claim of claims.slice(1)) {
      assert.equal(claim.verdict, claim.rows.find(({ hypothesis }) => hypothesis)!.verdict, claim.id);
    }
  }));
