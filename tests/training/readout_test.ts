import assert from "node:assert/strict";
import { linearReadout } from "../../src/training/readout.ts";
import { fitRidge, predictRidge } from "../../src/training/ridge.ts";
import { uniform } from "../../src/training/_uniform.ts";
import golden from "./ridge_golden.json" with { type: "json" };

Deno.test("fitRidge() predicts what NumPy does, also with an input that does not vary", () => {
  const fit = fitRidge(golden.inputs.map((row) => new Float32Array(row)), golden.outputs);
  golden.unseen.forEach((row, i) => {
    predictRidge(fit, row).forEach((value, k) => {
      assert.ok(Math.abs(value - golden.predicted[i][k]) < 1e-8, `${value} for ${golden.predicted[i][k]}`);
    });
  });
});

/** Points about the corners of a cube, by class, with noise of the given size. */
function cloud(count: number, noise: number, name: string): { features: Float32Array[]; labels: number[] } {
  const random = uniform(count * 5, noise, 3, name);
  const labels = Array.from({ length: count }, (_, i) => i % 4);
  const features = labels.map((label, i) =>
    Float32Array.from({ length: 5 }, (_, k) => Number(k === label) + random[i * 5 + k])
  );
  return { features, labels };
}

Deno.test("linearReadout() tells classes that can be told, and guesses at those that cannot", () => {
  const clear = linearReadout(cloud(80, 0.2, "learn"), cloud(40, 0.2, "test"), 4);
  assert.deepEqual(clear, {
    task: "the right one of 4 classes, by a linear readout of the last layer",
    value: 1,
    chance: 0.25,
    images: 40,
  });
  const noise = linearReadout(cloud(80, 50, "learn"), cloud(400, 50, "test"), 4);
  assert.ok(Math.abs(noise.value - 0.25) < 0.1, `${noise.value}`);
});
