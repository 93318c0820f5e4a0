import assert from "node:assert/strict";
import fc from "fast-check";
import { layOutImages } from "../../src/analysis/_layout.ts";
import { dissimilarityByProduct } from "../../src/analysis/_gram.ts";
import { markTop } from "../../src/analysis/_mark_top.ts";
import { radixRanks } from "../../src/analysis/_radix_ranks.ts";
import { FoldMoments, matchedRule, replicateRule } from "../../src/analysis/_replicate_rules.ts";
import { selfCheck } from "../../src/analysis/_self_check.ts";
import { verdictOf } from "../../src/analysis/_verdict.ts";
import { Contrasts, CRITERIA, type Moments, topProportion } from "../../src/localizer/mod.ts";
import { dissimilarity, ranks } from "../../src/measures/mod.ts";
import { multiplyPlain, Random } from "../../src/resampling/mod.ts";
import { CONDITIONS, made, TARGETS } from "./recordings.ts";

const UNITS = 150;
const targets = [0, 1, 2, 3];

/** Moments of units of which some prefer a condition, some are dead and some have a condition without variance. */
function moments(seed: number, counts: readonly number[]): Moments[] {
  const random = new Random(seed, "moments");
  const preference = Int32Array.from({ length: UNITS }, () => random.integer(8));
  return counts.map((n, condition): Moments => {
    const mean = new Float64Array(UNITS);
    const m2 = new Float64Array(UNITS);
    for (let u = 0; n > 0 && u < UNITS; u++) {
      mean[u] = u % 29 === 0
        ? 1
        : random.normal() / Math.sqrt(n) + (preference[u] === condition ? 2.5 * random.uniform() : 0);
      for (let i = 1; i < n; i++) m2[u] += random.normal() ** 2;
      if (u % 29 === 0 || (u % 17 === 0 && condition === 0)) m2[u] = 0;
    }
    return { n, mean, m2 };
  });
}

function select(own: readonly Moments[], name: string): { byRule: Uint8Array[]; byCriterion: Uint8Array[] } {
  const criterion = CRITERIA.find((each) => each.name === name)!;
  const rule = replicateRule(criterion, { conditions: CONDITIONS, targets, units: UNITS })!;
  const byRule = targets.map(() => new Uint8Array(UNITS));
  rule.select(new FoldMoments(own, UNITS, targets), byRule);
  const contrasts = new Contrasts(own);
  const byCriterion = targets.map((target) =>
    criterion.select({ conditions: CONDITIONS, targets, target, moments: own, contrasts })
  );
  return { byRule, byCriterion };
}

Deno.test("replicates select as the criterion itself does", () => {
  let selected = 0;
  for (const name of ["conjunction", "conjunction-max", "lu-wang", "prince", "tdann-2", "dprime", "ratio", "topk"]) {
    for (let seed = 0; seed < 12; seed++) {
      const own = moments(seed, [20, 15, 12, 20, 18, 16]);
      const { byRule, byCriterion } = select(own, name);
      assert.deepEqual(byRule, byCriterion, `${name} of seed ${seed}`);
      selected += byRule.reduce((sum, mask) => sum + mask.reduce((total, value) => total + value, 0), 0);
    }
  }
  assert.ok(selected > 500);
});

Deno.test("replicates select as the criterion does where conditions are small or missing", () => {
  for (const name of ["conjunction", "conjunction-max", "lu-wang", "prince"]) {
    for (const counts of [[20, 0, 12, 9, 8, 7], [8, 1, 6, 6, 6, 6], [0, 9, 9, 9, 9, 9], [9, 0, 0, 0, 0, 0]]) {
      const { byRule, byCriterion } = select(moments(1, counts), name);
      assert.deepEqual(byRule, byCriterion, `${name} of ${counts}`);
    }
  }
});

Deno.test("a rule forgets the replicate before", () => {
  const [first, second] = [moments(1, [9, 9, 9, 9, 9, 9]), moments(2, [9, 9, 9, 9, 9, 9])];
  const changing = first.map(({ n, mean, m2 }) => ({ n, mean: Float64Array.from(mean), m2: Float64Array.from(m2) }));
  const setting = { conditions: CONDITIONS, targets, units: UNITS };
  const rules = [
    ...["conjunction", "conjunction-max", "dprime"].map((name) =>
      replicateRule(CRITERIA.find((each) => each.name === name)!, setting)!
    ),
    matchedRule(0.1, setting),
  ];
  const fold = new FoldMoments(changing, UNITS, targets);
  const masks = targets.map(() => new Uint8Array(UNITS));
  for (const rule of rules) rule.select(fold, masks);
  changing.forEach(({ mean, m2 }, c) => {
    mean.set(second[c].mean);
    m2.set(second[c].m2);
  });
  fold.renew();
  for (const rule of rules) {
    const fresh = targets.map(() => new Uint8Array(UNITS));
    rule.select(new FoldMoments(second, UNITS, targets), fresh);
    rule.select(fold, masks);
    assert.deepEqual(masks, fresh, rule.name);
  }
});

Deno.test("criteria that need responses have no rule for replicates", () => {
  const criterion = CRITERIA.find(({ name }) => name === "ranksum")!;
  assert.equal(replicateRule(criterion, { conditions: CONDITIONS, targets, units: 3 }), null);
});

Deno.test("matched selections are the largest t against the rest, as many in every target", () => {
  const own = moments(4, [12, 11, 10, 12, 9, 14]);
  const masks = targets.map(() => new Uint8Array(UNITS));
  matchedRule(0.1, { conditions: CONDITIONS, targets, units: UNITS }).select(
    new FoldMoments(own, UNITS, targets),
    masks,
  );
  const contrasts = new Contrasts(own);
  targets.forEach((target) => {
    assert.deepEqual(masks[target], topProportion(contrasts.againstRest(target)!.t, 0.1));
    assert.equal(masks[target].reduce((sum, value) => sum + value, 0), 15);
  });
});

Deno.test("markTop() marks what topProportion() selects, ties and all", () => {
  const score = fc.oneof(fc.integer({ min: -3, max: 5 }), fc.double({ min: -2, max: 4, noNaN: true }));
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (values, proportion) => {
        const scores = Float64Array.from(values);
        const mask = new Uint8Array(scores.length).fill(1);
        markTop(scores, proportion, mask, new Float64Array(scores.length));
        assert.deepEqual(mask, topProportion(scores, proportion));
        assert.deepEqual(scores, Float64Array.from(values));
      },
    ),
  );
});

Deno.test("radixRanks() gives the ranks that sorting gives, ties sharing theirs", () => {
  const value = fc.oneof(fc.constantFrom(0, 0.5, 1, 2), fc.float({ min: 0, max: 2, noNaN: true }).map(Math.abs));
  fc.assert(fc.property(fc.array(value, { maxLength: 80 }), (values) => {
    const own = Float32Array.from(values);
    assert.deepEqual([...radixRanks(own)], [...ranks(own)]);
  }));
});

Deno.test("radixRanks() reads a part of a larger array in its place", () => {
  assert.deepEqual([...radixRanks(Float32Array.of(9, 0.5, 0.1, 0.5).subarray(1))], [2.5, 1, 2.5]);
});

Deno.test("dissimilarity by one product is dissimilarity by pairs", async () => {
  const random = new Random(5, "responses");
  const sampled = 12;
  const values = Float32Array.from({ length: 9 * sampled }, () => 100 + random.normal());
  values.fill(3, 4 * sampled, 5 * sampled);
  const images = [0, 2, 4, 5, 8];
  const columns = Uint32Array.of(1, 3, 4, 5, 9, 11);
  const found = await dissimilarityByProduct({ values, sampled, images, columns, multiply: multiplyPlain });
  const expected = dissimilarity({ values, sampled, images, columns });
  assert.equal(found.length, 10);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-6, `${value} is not ${expected[i]}`));
});

Deno.test("a verdict is what the interval says of the claimed direction", () => {
  assert.equal(verdictOf([0.1, 0.3], 1), "holds");
  assert.equal(verdictOf([0.1, 0.3], -1), "fails");
  assert.equal(verdictOf([-0.3, -0.1], -1), "holds");
  assert.equal(verdictOf([-0.3, -0.1], 1), "fails");
  for (const sign of [1, -1] as const) {
    assert.equal(verdictOf([-0.1, 0.3], sign), "inconclusive");
    assert.equal(verdictOf([0, 0.3], sign), "inconclusive");
    assert.equal(verdictOf([0, 0], sign), "inconclusive");
    assert.equal(verdictOf(null, sign), "not tested");
    assert.equal(verdictOf([0.2, 0.2 + 1e-14], sign), "inconclusive");
    assert.equal(verdictOf([1e-16, 2e-16], sign, [0.4, 0.4]), "inconclusive");
  }
});

Deno.test("selfCheck() finds streamed moments that are not those of the responses", () => {
  const { recording } = made({ seed: 1 });
  const layout = layOutImages(recording, TARGETS);
  const [tap] = recording.taps;
  assert.ok(selfCheck(tap, layout) < 1e-12);
  const [first, second] = tap.moments[2];
  const wrong = (change: Partial<Moments>) => ({
    ...tap,
    moments: tap.moments.with(2, [{ ...first, ...change }, second]),
  });
  const mean = Float64Array.from(first.mean, (value, u) => (u === 7 ? value * 1.01 : value));
  assert.ok(selfCheck(wrong({ mean }), layout) > 1e-3);
  const m2 = Float64Array.from(first.m2, (value, u) => (u === 7 ? value * 1.5 : value));
  assert.ok(selfCheck(wrong({ m2 }), layout) > 1e-3);
  // A unit with a hundredth of the others' deviation, the sampled responses scaled along with its moments.
  const quiet = {
    ...tap,
    moments: tap.moments.map((both) =>
      both.map(({ n, mean, m2 }) => ({
        n,
        mean: mean.map((value, u) => (u === 7 ? value / 100 : value)),
        m2: m2.map((value, u) => (u === 7 ? value / 1e4 : value)),
      })) as [Moments, Moments]
    ),
    sample: {
      ...tap.sample,
      responses: tap.sample.responses.map((value, i) =>
        tap.sample.units[i % tap.sample.units.length] === 7 ? value / 100 : value
      ),
    },
  };
  assert.ok(selfCheck(quiet, layout) < 1e-5);
  const [quietFirst, quietSecond] = quiet.moments[2];
  const fivefold = { ...quietFirst, m2: quietFirst.m2.map((value, u) => (u === 7 ? 5 * value : value)) };
  const error = selfCheck({ ...quiet, moments: quiet.moments.with(2, [fivefold, quietSecond]) }, layout);
  assert.ok(Math.abs(error - 4) < 0.01, `${error}`);
  const none = { ...tap, sample: { units: new Uint32Array(0), responses: new Float32Array(0) } };
  assert.equal(selfCheck(none, layout), 0);
});
