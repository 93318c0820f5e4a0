import assert from "node:assert/strict";
import { entriesPhrase, isWidthless } from "../../src/results/mod.ts";

Deno.test("entriesPhrase() says over how many layers and categories an average goes, and nothing where it is none", () => {
  assert.equal(entriesPhrase({ kind: "unit" }, { used: 8, of: 40 }), "over 8 of 40 layers and categories");
  assert.equal(entriesPhrase({ kind: "selection" }, { used: 40, of: 40 }), "over all 40 layers and categories");
  assert.equal(entriesPhrase({ kind: "network" }, { used: 3, of: 4 }), "over 3 of 4 categories");
  assert.equal(entriesPhrase({ kind: "network" }, { used: 1, of: 1 }), "");
  assert.equal(entriesPhrase({ kind: "selection" }, undefined), "");
});

Deno.test("isWidthless() knows widths that are rounding by the numbers that an interval was made of", () => {
  assert.equal(isWidthless([0.25, 0.25]), true);
  assert.equal(isWidthless([0.25, 0.25 + 1e-15]), true);
  assert.equal(isWidthless([0.25, 0.2501]), false);
  assert.equal(isWidthless([1e-16, 2e-16]), false);
  assert.equal(isWidthless([1e-16, 2e-16], [0.5, null]), true);
  assert.equal(isWidthless([-1, 1], [1e6]), false);
  assert.equal(isWidthless([0, 0]), true);
});
