import assert from "node:assert/strict";
import fc from "fast-check";
import { normalTail } from "../../src/statistics/normal_tail.ts";
import {
  criticalT,
  EQUIVALENT_Z_ERROR,
  equivalentT,
  equivalentZ,
  LEAST_FREEDOM,
  normalQuantile,
  oneSidedP,
  studentQuantile,
  studentTail,
} from "../../src/statistics/mod.ts";
import { allClose, close, golden, resampling } from "./golden.ts";

Deno.test("oneSidedP() agrees with mpmath and SciPy to 2e-12 relative from p = 1 down to 1e-285", () => {
  const { t, df, p } = golden.tails;
  t.forEach((value, i) =>
    close(oneSidedP(value, df[i]), p[i], { tolerance: 2e-12, scale: 0, what: `t=${value} df=${df[i]}` })
  );
  assert.ok(Math.min(...p) < 1e-280);
});

Deno.test("normalTail() agrees with SciPy to 1e-12 relative, ends at 0 and 1 and undoes normalQuantile()", () => {
  const { z, normal } = golden.tails;
  z.forEach((value, i) => close(normalTail(value), normal[i], { tolerance: 1e-12, scale: 0, what: `z=${value}` }));
  allClose(resampling.normal.z.map((own) => normalTail(-own)), resampling.normal.cdf, { tolerance: 1e-11, scale: 0 });
  assert.equal(normalTail(60), 0);
  assert.equal(normalTail(-60), 1);
  assert.equal(normalTail(0), 0.5);
  assert.ok(Number.isNaN(normalTail(NaN)));
  fc.assert(fc.property(fc.double({ min: 1e-12, max: 1 - 1e-9, noNaN: true }), (p) => {
    assert.ok(Math.abs(normalTail(-normalQuantile(p)) - p) <= 1e-12 * Math.max(p, 1e-3));
  }));
});

Deno.test("criticalT() inverts the tail, down to the smallest levels", () => {
  for (const alpha of [0.49, 0.4, 0.05, 1e-3, 1e-8, 1e-40, 1e-285, 1e-300]) {
    for (const df of [2, 3.5, 9, 40, 78.3, 1582, 1e6]) {
      close(oneSidedP(criticalT(alpha, df), df), alpha, { tolerance: 1e-8, scale: 0, what: `alpha=${alpha} df=${df}` });
    }
  }
  for (const alpha of [0.4, 1e-8, 1e-40]) {
    close(oneSidedP(criticalT(alpha, 1), 1), alpha, { tolerance: 1e-8, scale: 0 });
  }
});

Deno.test("equivalentZ() is closer to the true score than the error that decisions allow for", () => {
  for (const df of [LEAST_FREEDOM, 12.5, 20, 39, 78, 300]) {
    for (let t = 0.1; t < 50; t *= 1.07) {
      const p = oneSidedP(t, df);
      if (p < 1e-30) break;
      const error = Math.abs(equivalentZ(t, df) + normalQuantile(p));
      assert.ok(error < EQUIVALENT_Z_ERROR / 2, `t=${t} df=${df}: off by ${error}`);
    }
  }
});

Deno.test("equivalentT() is the inverse of equivalentZ()", () => {
  for (const df of [LEAST_FREEDOM, 12.5, 39, 300, 1e5]) {
    for (const t of [0, 1e-3, 0.5, 1.7, 3, 8, 20, 100]) {
      const found = equivalentT(equivalentZ(t, df), df);
      assert.ok(Math.abs(found - t) <= 1e-9 * t, `t=${t} df=${df}: ${found}`);
    }
    assert.equal(equivalentT(Infinity, df), Infinity);
  }
});

Deno.test("equivalentZ() is as close to SciPy as Hill's expansion comes, and rises with t", () => {
  const { t, df, deviate } = resampling.deviates;
  const worst = new Map<number, number>();
  t.forEach((own, i) => {
    if (own < 0) return;
    worst.set(df[i], Math.max(Math.abs(equivalentZ(own, df[i]) - deviate[i]), worst.get(df[i]) ?? 0));
  });
  for (const [degrees, limit] of [[3, 2e-3], [5, 1.3e-4], [12, 1.5e-6], [30, 1.5e-6], [158.5, 1.5e-6]]) {
    assert.ok(worst.get(degrees)! <= limit, `${worst.get(degrees)} at ${degrees} degrees of freedom`);
  }
  assert.equal(equivalentZ(0, 9), 0);
  fc.assert(fc.property(fc.double({ min: 0, max: 30, noNaN: true }), fc.integer({ min: 1, max: 200 }), (t, degrees) => {
    assert.ok(equivalentZ(t + 0.5, degrees) > equivalentZ(t, degrees));
  }));
  assert.ok(Number.isNaN(equivalentZ(2, 0.5)));
});

Deno.test("normalQuantile() agrees with SciPy from 1e-300 on", () => {
  allClose(resampling.normal.p.map(normalQuantile), resampling.normal.quantile, { tolerance: 1e-13, scale: 1e-3 });
});

Deno.test("normalQuantile() turns down what is no probability between 0 and 1", () => {
  for (const p of [0, 1, -0.1, 1.1, NaN]) {
    assert.throws(() => normalQuantile(p), {
      name: "RangeError",
      message: `Cannot compute a normal quantile: found p = ${p}; expected one in (0, 1)`,
    });
  }
});

Deno.test("studentQuantile() agrees with SciPy from 1 to a million degrees of freedom", () => {
  const { p, df, quantile } = resampling.student;
  allClose(p.map((own, i) => studentQuantile(own, df[i])), quantile, { tolerance: 1e-9, scale: 1e-4 });
});

Deno.test("studentQuantile() has its median at 0 and undoes the tail", () => {
  assert.ok(Math.abs(studentQuantile(0.5, 7)) < 1e-12);
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 1 - 1e-6, noNaN: true }),
      fc.double({ min: 1, max: 500, noNaN: true }),
      (p, degrees) => {
        const tail = oneSidedP(studentQuantile(p, degrees), degrees);
        assert.ok(Math.abs(tail - (1 - p)) <= 1e-9 * (1 - p), `${tail} is not ${1 - p}`);
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("studentQuantile() keeps the digits of small probabilities", () => {
  for (const p of [1e-12, 1e-100, 1e-280]) {
    close(studentTail(-studentQuantile(p, 20), 20), p, { tolerance: 1e-8, scale: 0 });
  }
});

Deno.test("studentQuantile() turns down probabilities and degrees of freedom out of range", () => {
  for (const [p, degrees] of [[0, 3], [1, 3], [NaN, 3], [0.5, 0], [0.9, -1], [0.9, NaN]]) {
    assert.throws(
      () => studentQuantile(p, degrees),
      /Cannot compute a quantile of t: found p = .* expected p in \(0, 1\)/,
    );
  }
});
