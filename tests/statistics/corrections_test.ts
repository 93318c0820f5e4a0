import assert from "node:assert/strict";
import fc from "fast-check";
import { correct, type Correction, stepUp } from "../../src/statistics/mod.ts";
import { allClose, close, golden } from "./golden.ts";

const METHODS: readonly Correction[] = ["none", "bonferroni", "benjamini-hochberg", "benjamini-yekutieli"];
const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x ** 4), { maxLength: 60 })
  .map((list) => Float64Array.from(list));

Deno.test("correct() agrees with SciPy to 1e-12", () => {
  for (const expected of golden.corrections) {
    const p = Float64Array.from(expected.p);
    for (const method of ["bonferroni", "benjamini-hochberg", "benjamini-yekutieli"] as const) {
      allClose(correct(p, method), expected[method], { tolerance: 1e-12, scale: 0, what: `${method} q` });
    }
    assert.deepEqual(correct(p, "none"), p);
  }
});

Deno.test("correct() keeps the order of p and never lowers one", () => {
  fc.assert(
    fc.property(probabilities, fc.constantFrom(...METHODS), (p, method) => {
      const q = correct(p, method);
      for (let i = 0; i < p.length; i++) {
        assert.ok(q[i] >= p[i] * (1 - 1e-12) && q[i] <= 1);
        for (let j = 0; j < p.length; j++) if (p[i] < p[j]) assert.ok(q[i] <= q[j]);
      }
    }),
    { seed: 3 },
  );
});

/** What a correction rejects, decided by the limit that is found without sorting. */
function rejected(p: Float64Array, alpha: number, method: Correction): number[] {
  const small = p.filter((value) => value <= alpha);
  const limit = stepUp({ tests: p.length, alpha, method }, {
    countAtMost: (most) => small.filter((value) => value <= most).length,
    pValues: () => small,
  });
  return [...p].map((value) => limit > 0 && value <= limit ? 1 : 0);
}

Deno.test("stepUp() finds the limit that rejects where correct() is at most alpha", () => {
  fc.assert(
    fc.property(probabilities, fc.constantFrom(...METHODS), fc.constantFrom(0.001, 0.05, 0.3), (p, method, alpha) => {
      const mask = rejected(p, alpha, method);
      correct(p, method).forEach((q, i) => {
        if (Math.abs(q - alpha) > 1e-12) assert.equal(mask[i], q <= alpha ? 1 : 0, `p=${p[i]} q=${q}`);
      });
    }),
    { seed: 4, numRuns: 300 },
  );
});

Deno.test("rejections at a smaller alpha are among those at a larger", () => {
  fc.assert(
    fc.property(probabilities, fc.constantFrom(...METHODS), (p, method) => {
      const many = rejected(p, 0.05, method);
      rejected(p, 0.01, method).forEach((value, i) => assert.ok(value <= many[i]));
    }),
    { seed: 6 },
  );
});

Deno.test("stepUp() ends where every round of the procedure drops a single test", () => {
  const tests = 3000;
  const count = (p: Float64Array): number => rejected(p, 0.05, "benjamini-hochberg").reduce((a, b) => a + b, 0);
  const p = Float64Array.from({ length: tests }, (_, i) => 0.05 * (i + 1) / tests * (1 + 1e-9));
  assert.equal(count(p), 0);
  p[700] = 0.05 * 700 / tests;
  assert.equal(count(p), 701);
});

Deno.test("Benjamini and Yekutieli's price is the harmonic number, also where it comes from its expansion", () => {
  for (const tests of [1, 2, 7, 1000, 1001, 50_000]) {
    let harmonic = 0;
    for (let i = tests; i > 0; i--) harmonic += 1 / i;
    const p = new Float64Array(tests).fill(1);
    p[0] = 1e-9 / tests;
    close(correct(p, "benjamini-yekutieli")[0], 1e-9 * harmonic, { tolerance: 1e-13, scale: 0 });
  }
});

Deno.test("correct() refuses what is not a probability, and nothing is rejected of no tests", () => {
  assert.throws(() => correct(Float64Array.of(0.1, NaN), "none"), /Cannot correct p\[1\] = NaN/);
  assert.throws(() => correct(Float64Array.of(1.5), "bonferroni"), RangeError);
  assert.deepEqual(correct(new Float64Array(0), "benjamini-hochberg"), new Float64Array(0));
  assert.deepEqual(rejected(new Float64Array(0), 0.05, "benjamini-yekutieli"), []);
});
