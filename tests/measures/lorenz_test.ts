import assert from "node:assert/strict";
import { lorenz } from "../../src/measures/mod.ts";
import { allClose, golden } from "../localizer/golden.ts";

Deno.test("lorenz() agrees with NumPy's interpolation to 1e-12", () => {
  assert.equal(golden.lorenz.length, 4);
  for (const { counts, curve } of golden.lorenz) {
    allClose(lorenz(Uint32Array.from(counts))!, curve, { tolerance: 1e-12 });
    allClose(lorenz(Uint32Array.from(counts.toReversed()))!, curve, { tolerance: 1e-12, what: "reversed" });
  }
});

Deno.test("lorenz() of channels without counts is no curve", () => {
  assert.equal(lorenz(new Uint32Array(3)), null);
});
