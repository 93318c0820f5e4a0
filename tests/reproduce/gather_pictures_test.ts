import assert from "node:assert/strict";
import { exampleImages, shownImages } from "../../src/reproduce/gather_pictures.ts";
import { proceduralSet } from "../../src/stimuli/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

Deno.test("exampleImages() names four images a condition, each of another category where there are enough", async () => {
  const set = await proceduralSet({ limit: 2, size: 16 });
  const examples = exampleImages(set);
  assert.deepEqual(Object.keys(examples), [...set.conditions]);
  for (const [condition, ids] of Object.entries(examples)) {
    const shown = ids.map((id) => set.stimuli.find((stimulus) => stimulus.id === id)!);
    assert.equal(new Set(shown.map(({ category }) => category)).size, 4);
    assert.ok(shown.every((stimulus) => stimulus.condition === condition));
  }
  const few = { ...set, stimuli: set.stimuli.filter(({ condition }) => condition === "faces").slice(0, 3) };
  assert.deepEqual(exampleImages(few).faces.toSorted(), few.stimuli.map(({ id }) => id).toSorted());
  assert.deepEqual(exampleImages(few).words, []);
});

Deno.test("shownImages() holds the examples and what drives the channels", () => {
  const { networks } = syntheticResults({ seeds: 1, layers: ["pool"], targets: ["faces"] });
  const ids = shownImages(networks, { words: ["words/7"] });
  assert.ok(ids.has("words/7") && ids.has("faces/0") && ids.has("objects/1"));
  assert.deepEqual(shownImages([], {}), new Set());
});
