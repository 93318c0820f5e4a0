import assert from "node:assert/strict";
import { ADAM, type AdamState, cosineRate, stepAdam } from "../../src/training/adam.ts";
import golden from "./adam_golden.json" with { type: "json" };

Deno.test("stepAdam() follows PyTorch's AdamW over five steps, with decay on matrices alone", () => {
  const state = (values: number[], shape: number[]): AdamState => ({
    shape,
    data: new Float32Array(values),
    first: new Float32Array(values.length),
    second: new Float32Array(values.length),
  });
  const matrix = state(golden.start.matrix, [2, 3]), vector = state(golden.start.vector, [2]);
  for (const [step, expected] of golden.steps.entries()) {
    const rates = { step, rate: expected.rate, options: ADAM };
    stepAdam(matrix, new Float32Array(expected.gradients[0]), rates);
    stepAdam(vector, new Float32Array(expected.gradients[1]), rates);
    for (const [found, wanted] of [[matrix.data, expected.matrix], [vector.data, expected.vector]] as const) {
      wanted.forEach((value, i) =>
        assert.ok(Math.abs(found[i] - value) <= 2e-6 * Math.max(1, Math.abs(value)), `${i} at step ${step}`)
      );
    }
  }
});

Deno.test("cosineRate() warms up in a line, peaks, and ends near zero", () => {
  const rates = Array.from({ length: 100 }, (_, step) => cosineRate(step, 100, 0.1));
  assert.deepEqual(rates.slice(0, 5).map((rate) => Math.round(rate * 1e6) / 1e6), [0.02, 0.04, 0.06, 0.08, 0.1]);
  assert.equal(Math.max(...rates), 0.1);
  assert.ok(rates[99] < 1e-4 && rates[99] > 0);
  for (let step = 6; step < 100; step++) assert.ok(rates[step] < rates[step - 1], `step ${step}`);
});
