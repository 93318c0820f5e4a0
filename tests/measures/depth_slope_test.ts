import assert from "node:assert/strict";
import { DEPTH_SLOPE, type NetworkContext, PROPORTION } from "../../src/measures/mod.ts";
import { close, golden } from "../statistics/golden.ts";

/** A network of which only the proportions are known. */
function networkOf(depths: readonly number[], proportions: readonly (number | null)[]): NetworkContext {
  return {
    depths,
    layerValues(measure) {
      assert.equal(measure, PROPORTION.name);
      return proportions;
    },
    rankedDissimilarities: [],
  };
}

Deno.test("the slope over depth is SciPy's to 1e-12, whatever the order of the layers", () => {
  const { depths, values, slope } = golden.trend;
  close(DEPTH_SLOPE.value(networkOf(depths, values)).value, slope, { tolerance: 1e-12 });
  const reversed = networkOf(depths.toReversed(), values.toReversed());
  close(DEPTH_SLOPE.value(reversed).value, slope, { tolerance: 1e-12 });
});

Deno.test("the slope of what does not change is 0, and of two depths their difference", () => {
  assert.equal(DEPTH_SLOPE.value(networkOf([0, 0.5, 1], [0.2, 0.2, 0.2])).value, 0);
  close(DEPTH_SLOPE.value(networkOf([0, 1], [0.1, 0.4])).value, 0.3, { tolerance: 1e-12 });
});

Deno.test("a slope over one depth, or with a layer that was not measured, is none and says why", () => {
  assert.match(DEPTH_SLOPE.value(networkOf([0.5, 0.5], [1, 2])).reason!, /fewer than two depths/);
  assert.match(DEPTH_SLOPE.value(networkOf([0.5], [1])).reason!, /fewer than two depths/);
  assert.match(DEPTH_SLOPE.value(networkOf([], [])).reason!, /fewer than two depths/);
  const missing = DEPTH_SLOPE.value(networkOf([0, 1], [1, null]));
  assert.equal(missing.value, null);
  assert.match(missing.reason!, /not measured at every layer/);
});

Deno.test("a criterion that fixes the proportion fixes its slope", () => {
  assert.match(DEPTH_SLOPE.fixedBy!({ fixesProportion: true })!, /fixes the proportion/);
  assert.equal(DEPTH_SLOPE.fixedBy!({}), undefined);
});
