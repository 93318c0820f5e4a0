import assert from "node:assert/strict";
import fc from "fast-check";
import { layerNoise, measureUnits, unitContext, withinConditions } from "../../src/localize/mod.ts";
import {
  DPRIME,
  EXCLUSIVITY,
  MARGIN,
  MEAN_T,
  type Measured,
  measured,
  PROPORTION,
  RESPONSE,
  SELECTIVITY_INDEX,
  SPARSENESS,
  type UnitContext,
  type UnitMeasure,
  unmeasured,
} from "../../src/measures/mod.ts";
import type { Moments } from "../../src/statistics/mod.ts";
import { allClose, close, golden, goldenMoments, units } from "../statistics/golden.ts";

const SPECIFICITY = { t: MEAN_T, dprime: DPRIME, index: SELECTIVITY_INDEX, sparseness: SPARSENESS } as const;
const UNIT_MEASURES: readonly UnitMeasure[] = [...Object.values(SPECIFICITY), RESPONSE, MARGIN];
const everyUnit = Uint32Array.from({ length: units }, (_, i) => i);

function maskOf(indices: readonly number[]): Uint8Array {
  const mask = new Uint8Array(units);
  for (const i of indices) mask[i] = 1;
  return mask;
}

function moments(n: number, mean: number[], m2: number[]): Moments {
  return { n, mean: Float64Array.from(mean), m2: Float64Array.from(m2) };
}

/** What measures need, where the same half selects and measures. */
function contextOf(
  own: readonly Moments[],
  rest: { readonly target: number; readonly units: Uint32Array; readonly noise: number },
): UnitContext {
  return unitContext({ moments: own, otherMoments: own, ...rest });
}

/** A measure of the units for the first condition, unless told otherwise. */
function measure(
  what: UnitMeasure,
  own: readonly Moments[],
  { selected, target = 0, noise = 1 }: { selected: Uint32Array; target?: number; noise?: number },
): Measured {
  return measureUnits(what, contextOf(own, { target, units: selected, noise }));
}

Deno.test("t, d′, index and sparseness agree with SciPy and NumPy to 1e-9, unit by unit", () => {
  golden.specificity.forEach((expected, target) => {
    const all = contextOf(goldenMoments(), { target, units: everyUnit, noise: 1 });
    const some = contextOf(goldenMoments(), { target, units: Uint32Array.of(3, 10, 77), noise: 1 });
    for (const name of ["t", "dprime", "index", "sparseness"] as const) {
      const found = SPECIFICITY[name].values(all);
      allClose(found, expected[name], { what: `${name} of unit` });
      assert.deepEqual([...SPECIFICITY[name].values(some)], [3, 10, 77].map((unit) => found[unit]));
    }
  });
});

Deno.test("measures of single units are averaged over the selected ones, exclusivity is of the selection", () => {
  const own = goldenMoments();
  const noise = layerNoise(withinConditions(own));
  golden.specificity.forEach(({ mean, strength }, target) => {
    const selected = Uint32Array.from(golden.selections[target]);
    for (const name of ["t", "dprime", "index", "sparseness"] as const) {
      close(measure(SPECIFICITY[name], own, { selected, target }).value, mean[name], { what: name });
    }
    const others = golden.selections.flatMap((indices, c) => c === target ? [] : [maskOf(indices)]);
    close(EXCLUSIVITY.value({ units: selected, others, population: units }).value, mean.exclusivity);
    close(noise, strength.noise);
    close(measure(RESPONSE, own, { selected, target, noise }).value, strength.response);
    close(measure(MARGIN, own, { selected, target, noise }).value, strength.margin);
    strength.profile.forEach((expected, condition) =>
      close(measure(RESPONSE, own, { selected, target: condition, noise }).value, expected)
    );
  });
});

Deno.test("scaling units leaves t, d′, index and sparseness as they are, and scaling the layer leaves its strength", () => {
  const plain = goldenMoments();
  const selected = Uint32Array.from(golden.selections[1]);
  const all = (own: readonly Moments[]): number[] =>
    UNIT_MEASURES.map((what) =>
      measure(what, own, { selected, target: 1, noise: layerNoise(withinConditions(own)) }).value!
    );
  const before = all(plain);
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (factor) => {
      allClose(
        all(plain.map(({ n, mean, m2 }) => ({
          n,
          mean: mean.map((x: number) => x * factor),
          m2: m2.map((x: number) => x * factor * factor),
        }))),
        before,
      );
    }),
    { numRuns: 20, seed: 1 },
  );
});

Deno.test("d′ and margin are against the other condition with the largest mean on the half that selected", () => {
  const selecting = [moments(5, [4], [4]), moments(5, [1], [4]), moments(5, [3], [12]), moments(0, [9], [0])];
  const measuring = [moments(5, [4], [4]), moments(5, [3.5], [4]), moments(5, [2], [12]), moments(5, [9], [4])];
  const context = unitContext({
    moments: measuring,
    otherMoments: selecting,
    target: 0,
    units: Uint32Array.of(0),
    noise: 2,
  });
  assert.deepEqual([[...context.runnerUp], context.others], [[2], [1, 2, 3]]);
  close(DPRIME.values(context)[0], 2 / Math.sqrt((1 + 3) / 2), { tolerance: 1e-15 });
  close(MARGIN.values(context)[0], 2 / 2, { tolerance: 1e-15 });
  close(RESPONSE.values(context)[0], 2, { tolerance: 1e-15 });
});

Deno.test("a runner-up is a condition that has images on the half that measures", () => {
  const own = [moments(5, [4], [4]), moments(5, [1], [4]), moments(5, [3], [12])];
  const without = own.with(2, moments(0, [0], [0]));
  const of = (selecting: readonly Moments[], measuring: readonly Moments[]): number =>
    unitContext({ moments: measuring, otherMoments: selecting, target: 0, units: Uint32Array.of(0), noise: 1 })
      .runnerUp[0];
  assert.equal(of(own, without), 1);
  assert.equal(of(without, own), 1);
  // Where the other half knows none of them, any will do that can be measured.
  assert.equal(of([own[0], moments(0, [0], [0]), moments(0, [0], [0])], own), 1);
  assert.equal(of(own, [own[0]]), -1);
});

Deno.test("sparseness is 1 for a unit that responds to one condition and 0 for one that responds to all alike", () => {
  const all = [
    moments(3, [5, 2, 0, -1], [1, 1, 1, 1]),
    moments(3, [0, 2, 0, -3], [1, 1, 1, 1]),
    moments(3, [-2, 2, 0, -1], [1, 1, 1, 1]),
  ];
  const context = contextOf(all, { target: 0, units: Uint32Array.of(0, 1, 2, 3), noise: 1 });
  allClose(SPARSENESS.values(context), [1, 0, 0, 0], { tolerance: 1e-15 });
  allClose(SELECTIVITY_INDEX.values(context), [6 / 6, 0, 0, 1 / 3]);
});

Deno.test("nothing selected, one category or no other condition are null with a reason", () => {
  const [own, other] = goldenMoments();
  const none = new Uint32Array(0);
  const selected = Uint32Array.of(8, 9);
  for (const what of UNIT_MEASURES) {
    assert.deepEqual(measure(what, [own, other], { selected: none }), unmeasured("no unit is selected"), what.name);
    assert.match(measure(what, [own], { selected }).reason!, /no other condition to compare with/, what.name);
  }
  const others = [maskOf([8, 9])];
  assert.match(EXCLUSIVITY.value({ units: none, others, population: units }).reason!, /no unit is selected/);
  assert.match(EXCLUSIVITY.value({ units: selected, others: [], population: units }).reason!, /no other category/);
  assert.equal(EXCLUSIVITY.value({ units: Uint32Array.of(7, 8), others, population: units }).value, 0.5);
  assert.equal(PROPORTION.value({ units: none, others, population: units }).value, 0);
  assert.equal(PROPORTION.value({ units: selected, others, population: 8 }).value, 0.25);
});

Deno.test("only strength is undefined where a layer does not vary", () => {
  const own = goldenMoments();
  const selected = Uint32Array.of(8, 9);
  for (const what of UNIT_MEASURES) {
    const { value, reason } = measure(what, own, { selected, noise: 0 });
    if (what.needsNoise) assert.match(reason!, /no variance within conditions/, what.name);
    else assert.ok(value !== null, what.name);
  }
});

Deno.test("held-out conditions of no or one image give numbers where there are any and reasons where not", () => {
  const one = moments(1, [4], [0]);
  const many = moments(6, [1], [3]);
  const empty = moments(0, [0], [0]);
  const selected = Uint32Array.of(0);
  for (const what of [MEAN_T, DPRIME]) {
    assert.match(measure(what, [one, many], { selected }).reason!, /fewer than two held-out images/);
    assert.match(measure(what, [many, one], { selected }).reason!, /fewer than two held-out images/);
  }
  close(measure(SELECTIVITY_INDEX, [one, many], { selected }).value, 3 / 5);
  const without = [many, empty, moments(6, [0.5], [3])];
  close(measure(SELECTIVITY_INDEX, without, { selected }).value, 1 / 3);
  assert.ok(measure(MEAN_T, without, { selected }).value! > 0);
  for (const what of UNIT_MEASURES) {
    assert.match(measure(what, [empty, many], { selected }).reason!, /no held-out image/, what.name);
  }
});

Deno.test("all-zero and absurd responses never give NaN", () => {
  const zero = [moments(2, [0, 0], [0, 0]), moments(2, [0, 0], [0, 0])];
  const absurd = [moments(2, [1e308, 1e308], [1, 1]), moments(2, [-1e308, 0], [1e-320, 1])];
  const selected = Uint32Array.of(0, 1);
  for (const what of UNIT_MEASURES) {
    assert.equal(measure(what, zero, { selected }).value, 0, what.name);
    const { value, reason } = measure(what, absurd, { selected, noise: 1e-10 });
    assert.ok(value === null ? reason : Number.isFinite(value), `${what.name}: ${value}`);
  }
});

Deno.test("a measure that is not finite is null with a reason", () => {
  assert.deepEqual(measured(2), { value: 2 });
  assert.deepEqual(measured(NaN).value, null);
  assert.match(measured(Infinity).reason!, /too large/);
});

Deno.test("a criterion that decides a number by itself is named as its reason", () => {
  assert.match(EXCLUSIVITY.fixedBy!({ exclusive: true })!, /cannot select a unit for two categories/);
  assert.equal(EXCLUSIVITY.fixedBy!({}), undefined);
  assert.match(PROPORTION.fixedBy!({ fixesProportion: true })!, /fixes the proportion/);
  assert.equal(PROPORTION.fixedBy!({ exclusive: true }), undefined);
});
