import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { parseImageRecipe } from "../../src/reproduce/image_recipe.ts";

const RECIPE = { resize: 256, crop: 224, interpolation: "bicubic", mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] };

Deno.test("parseImageRecipe() reads a lock's preprocessing, with what a report may say of the network", () => {
  assert.deepEqual(parseImageRecipe(JSON.stringify(RECIPE), "x"), RECIPE);
  const more = { ...RECIPE, title: "Mine", supervision: "language", doi: "10.1000/1" };
  assert.deepEqual(parseImageRecipe(JSON.stringify(more), "x"), more);
});

Deno.test("parseImageRecipe() refuses what is no recipe in one sentence that names the place", () => {
  const refuses = (value: unknown, message: RegExp): void =>
    assert.throws(
      () => parseImageRecipe(typeof value === "string" ? value : JSON.stringify(value), "r.json"),
      (error) => {
        assert.ok(error instanceof RequestError);
        assert.match(error.message, message);
        assert.ok(!error.message.includes("\n"));
        return true;
      },
    );
  refuses("{", /Cannot read r\.json: it is not JSON/);
  refuses({ ...RECIPE, crop: 300 }, /Cannot read r\.json: crop: expected a crop of at most 256 pixels, got 300/);
  refuses({ ...RECIPE, std: [1, 0, 1] }, /std: expected positive deviations/);
  refuses({ ...RECIPE, interpolation: "area" }, /interpolation: /);
  refuses({ ...RECIPE, size: 3 }, /size/);
});
