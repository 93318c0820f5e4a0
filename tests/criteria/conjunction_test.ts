import assert from "node:assert/strict";
import fc from "fast-check";
import { type ConjunctionDefinition, Contrasts, CRITERIA, matchedCriterion } from "../../src/criteria/mod.ts";
import {
  correct,
  type Moments,
  momentsOfResponses,
  oneSidedPValues,
  Random,
  student,
  topProportion,
  welch,
} from "../../src/statistics/mod.ts";

/** A conjunction as a textbook says it: every p of every contrast, corrected by sorting; and how near a decision is to turning. */
function textbook(
  moments: readonly Moments[],
  target: number,
  { test, sides, correction, alpha, against }: ConjunctionDefinition,
): { mask: Uint8Array; nearest: number } {
  const units = moments[0].mean.length;
  const contrasts = moments.flatMap((other, k) => {
    if (k === target || other.n === 0) return [];
    const { t, df } = (test === "welch" ? welch : student)(moments[target], other);
    const p = oneSidedPValues({ t, df });
    const both = p.map((value, i) => df[i] === 0 ? 1 : 2 * Math.min(value, 1 - value));
    return [{ t, p: sides === 1 ? p : both }];
  });
  const mask = new Uint8Array(units);
  if (contrasts.length === 0 || moments[target].n === 0) return { mask, nearest: 1 };
  const families = against === "each"
    ? contrasts.map(({ p }) => p)
    : [contrasts[0].p.map((_, i) => Math.max(...contrasts.map(({ p }) => p[i])))];
  const corrected = families.map((p) => correct(p, correction));
  for (let i = 0; i < units; i++) {
    if (corrected.every((q) => q[i] <= alpha) && (sides === 1 || contrasts.every(({ t }) => t[i] > 0))) mask[i] = 1;
  }
  const nearest = Math.min(...corrected.flatMap((q) => [...q].map((value) => Math.abs(value / alpha - 1))));
  return { mask, nearest };
}

/** How many units the two agree on; nothing is asked where rounding may decide. */
function assertTextbook(moments: readonly Moments[], target: number, definition: ConjunctionDefinition): number {
  const { mask, nearest } = textbook(moments, target, definition);
  if (nearest < 1e-9) return 0;
  const found = new Contrasts(moments).conjunction(target, definition);
  assert.deepEqual(found, mask, JSON.stringify({ ...definition, target, n: moments.map(({ n }) => n) }));
  return mask.reduce((sum, value) => sum + value, 0);
}

const definitions: ConjunctionDefinition[] = (["each", "largest"] as const).flatMap((against) =>
  (["welch", "student"] as const).flatMap((test) =>
    ([1, 2] as const).flatMap((sides) =>
      (["none", "bonferroni", "benjamini-hochberg", "benjamini-yekutieli"] as const).flatMap((correction) =>
        [0.001, 0.05, 0.3].map((alpha): ConjunctionDefinition => ({ against, test, sides, correction, alpha }))
      )
    )
  )
);

/** Responses of units that prefer a condition, avoid it or neither; some units are dead, some have a condition without variance. */
function drawn(
  seed: number,
  counts: readonly number[],
  { units, rounded }: { units: number; rounded: boolean },
): Moments[] {
  const random = new Random(seed, "conjunction");
  const condition = Int32Array.from(counts.flatMap((n, c) => new Array<number>(n).fill(c)));
  const preferred = Int32Array.from({ length: units }, () => random.integer(counts.length + 2));
  const effect = Float64Array.from({ length: units }, () => 3 * random.normal());
  const values = new Float64Array(condition.length * units);
  condition.forEach((c, image) => {
    for (let u = 0; u < units; u++) {
      const shift = preferred[u] === c ? effect[u] : 0;
      const noise = u % 13 === 0 || (u % 11 === 0 && c === 1) ? 0 : random.normal();
      const value = (u % 13 === 0 ? 0 : shift) + noise;
      values[image * units + u] = rounded ? Math.round(value) : value;
    }
  });
  return momentsOfResponses({ values, units, condition, conditions: counts.length });
}

Deno.test("a conjunction is the textbook's, over tests, sides, corrections, levels and what is corrected", () => {
  let selected = 0;
  for (const counts of [[20, 15, 12, 18], [12, 11], [6, 40, 9]]) {
    for (const rounded of [false, true]) {
      const moments = drawn(counts.length, counts, { units: 150, rounded });
      for (const definition of definitions) {
        for (const target of counts.keys()) selected += assertTextbook(moments, target, definition);
      }
    }
  }
  assert.ok(selected > 5000, `${selected}`);
});

Deno.test("a conjunction is the textbook's with tiny, single and missing groups", () => {
  let selected = 0;
  for (
    const counts of [[2, 2, 2], [3, 2, 30], [1, 4, 4], [4, 1, 4], [1, 1], [0, 5, 5], [5, 0, 5], [5, 0, 0], [30, 2]]
  ) {
    const moments = drawn(7, counts, { units: 60, rounded: false });
    for (const definition of definitions) {
      for (const target of counts.keys()) selected += assertTextbook(moments, target, definition);
    }
  }
  assert.ok(selected > 500, `${selected}`);
});

Deno.test("a conjunction is the textbook's with thousands of images, where t is normal, and in float32", () => {
  const moments = drawn(3, [1000, 40_000, 1500], { units: 40, rounded: false });
  const single = moments.map(({ n, mean, m2 }) => ({ n, mean: Float32Array.from(mean), m2: Float32Array.from(m2) }));
  let selected = 0;
  for (const definition of definitions) {
    for (const target of [0, 1, 2]) {
      selected += assertTextbook(moments, target, definition) + assertTextbook(single, target, definition);
    }
  }
  assert.ok(selected > 500, `${selected}`);
});

Deno.test("a conjunction is the textbook's for any moments, tied and dead units among them", () => {
  const group = fc.record({
    n: fc.constantFrom(0, 1, 2, 3, 8, 12, 60, 2000),
    units: fc.array(fc.tuple(fc.constantFrom(0, 0.1, 0.5, 1, 3, -2), fc.constantFrom(0, 1e-6, 1, 2.5)), {
      minLength: 12,
      maxLength: 12,
    }),
  });
  fc.assert(
    fc.property(
      fc.array(group, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...definitions),
      (groups, definition) => {
        const moments = groups.map(({ n, units }): Moments => ({
          n,
          mean: Float64Array.from(units, ([mean]) => n > 0 ? mean : 0),
          m2: Float64Array.from(units, ([, variance]) => n > 1 ? variance * (n - 1) : 0),
        }));
        moments.forEach((_, target) => assertTextbook(moments, target, definition));
      },
    ),
    { seed: 5, numRuns: 600 },
  );
});

Deno.test("what a pair gave for one level or test serves no other", () => {
  const moments = drawn(9, [10, 12, 11], { units: 80, rounded: false });
  const shared = new Contrasts(moments);
  for (const target of [2, 0, 1]) {
    for (const definition of definitions) {
      assert.deepEqual(
        shared.conjunction(target, definition),
        new Contrasts(moments).conjunction(target, definition),
        JSON.stringify(definition),
      );
    }
  }
});

Deno.test("criteria that are conjunctions select by their definition, and the others state none", () => {
  const moments = drawn(4, [15, 14, 12], { units: 200, rounded: false });
  const conditions = ["a", "b", "c"];
  const named = CRITERIA.filter(({ conjunction }) => conjunction);
  assert.deepEqual(named.map(({ name }) => name), [
    "conjunction-max",
    "conjunction",
    "conjunction-fixed",
    "lu-wang",
    "prince",
  ]);
  for (const { conjunction, select, name } of named) {
    const found = select({ conditions, targets: [0], target: 0, moments });
    assert.deepEqual(found, textbook(moments, 0, conjunction!).mask, name);
    assert.ok(found.some((value) => value === 1), name);
  }
});

Deno.test("a conjunction refuses a level that has no critical t", () => {
  const contrasts = new Contrasts(drawn(1, [5, 5], { units: 3, rounded: false }));
  for (const alpha of [0, 0.5, 1, NaN]) {
    const definition: ConjunctionDefinition = { ...definitions[0], alpha };
    assert.throws(() => contrasts.conjunction(0, definition), {
      name: "RangeError",
      message: `Cannot test at level ${alpha}; expected one in (0, ½)`,
    });
  }
});

Deno.test("contrasts refuse moments that differ in units", () => {
  const [own] = drawn(1, [5, 5], { units: 3, rounded: false });
  assert.throws(() => new Contrasts([]), /Cannot contrast conditions: no moments/);
  assert.throws(() => new Contrasts([own, { n: 2, mean: new Float32Array(1), m2: new Float32Array(1) }]), RangeError);
});

Deno.test("matched selections are the largest t against the rest, as many for every target", () => {
  const moments = drawn(2, [12, 11, 10, 12], { units: 150, rounded: false });
  const criterion = matchedCriterion("matched", 0.1);
  const contrasts = new Contrasts(moments);
  for (const target of [0, 1, 2]) {
    const mask = criterion.select({ conditions: ["a", "b", "c", "d"], targets: [0, 1, 2], target, moments, contrasts });
    assert.deepEqual(mask, topProportion(contrasts.againstRest(target)!, 0.1));
    assert.equal(mask.reduce((sum, value) => sum + value, 0), 15);
  }
  const alone = criterion.select({ conditions: ["a"], targets: [0], target: 0, moments: [moments[0]] });
  assert.deepEqual(alone, new Uint8Array(150));
});
