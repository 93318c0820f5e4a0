import assert from "node:assert/strict";
import { nearestCentroid } from "../../src/lesions/nearest_centroid.ts";

Deno.test("nearestCentroid() finds the least Euclidean distance, leaves out classes without images and takes the first of two", () => {
  const centroids = [Float64Array.of(0, 0), null, Float64Array.of(3, 4), Float64Array.of(3, 4)];
  assert.equal(nearestCentroid(Float32Array.of(1, 1), centroids), 0);
  assert.equal(nearestCentroid(Float32Array.of(2, 3), centroids), 2);
});

Deno.test("nearestCentroid() finds none where there is none, or no distance is a number", () => {
  assert.equal(nearestCentroid(Float32Array.of(1), [null]), -1);
  assert.equal(nearestCentroid(Float32Array.of(NaN), [Float64Array.of(0)]), -1);
  assert.equal(nearestCentroid(Float32Array.of(Infinity), [Float64Array.of(0)]), -1);
});
