import assert from "node:assert/strict";
import { analyseNetwork, analysisTools, PlacementNulls } from "../../src/inference/mod.ts";
import { MEASURES } from "../../src/measures/mod.ts";
import { CONDITIONS, FEW, made } from "./made.ts";

Deno.test("placements are drawn once for every shape, number of placements, seed and set of measures", () => {
  const nulls = new PlacementNulls(), settings = { placements: 20, seed: 1 };
  const known = nulls.of([8, 5, 5], MEASURES, settings);
  assert.equal(nulls.of([8, 5, 5], MEASURES, { ...settings }), known);
  assert.notEqual(nulls.of([8, 5, 6], MEASURES, settings), known);
  assert.notEqual(nulls.of([8, 5, 5], MEASURES, { ...settings, placements: 21 }), known);
  assert.notEqual(nulls.of([8, 5, 5], MEASURES, { ...settings, seed: 2 }), known);
  assert.notEqual(
    nulls.of([8, 5, 5], MEASURES.filter(({ name }) => name !== "localization.within.gini"), settings),
    known,
  );
});

Deno.test("a network's numbers do not depend on placements kept from others, and layers are told in order", async () => {
  const nulls = new PlacementNulls();
  const tools = analysisTools(FEW, CONDITIONS);
  const [{ recording: first }, { recording: second }] = [made({ seed: 1 }), made({ seed: 2 })];
  await analyseNetwork(first, FEW, { tools, nulls });
  const told: [number, string][] = [];
  let waited = 0;
  const after = await analyseNetwork(second, FEW, {
    tools,
    nulls,
    ready: () => Promise.resolve(void waited++),
    onLayer: ({ result }, index) => told.push([index, result.name]),
  });
  const alone = await analyseNetwork(second, FEW, { tools });
  assert.deepEqual(after.layers, alone.layers);
  assert.deepEqual([told, waited], [[[0, "stem"], [1, "stage"], [2, "pool"]], 3]);
});
