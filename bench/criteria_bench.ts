import { Contrasts, CRITERIA, type Criterion, matchedCriterion, parseCriterion } from "../src/criteria/mod.ts";
import { Random } from "../src/statistics/mod.ts";
import { CONDITIONS, IMAGES, layerMoments, TARGETS } from "./_layers.ts";
import { bench, runBenches } from "./_timing.ts";

const UNITS = 1_000_000;
const SAMPLED = 4096;
const random = new Random(1, "bench/criteria");
const moments = layerMoments(UNITS);
const responses = {
  units: Uint32Array.from({ length: SAMPLED }, (_, i) => Math.floor(i * UNITS / SAMPLED)),
  values: Float32Array.from({ length: IMAGES * CONDITIONS.length * SAMPLED }, () => Math.abs(random.normal())),
  condition: Int32Array.from({ length: IMAGES * CONDITIONS.length }, (_, i) => i % CONDITIONS.length),
};

function selectAll(criteria: readonly Criterion[]): void {
  const contrasts = new Contrasts(moments);
  for (const criterion of criteria) {
    for (const target of TARGETS) {
      criterion.select({ conditions: CONDITIONS, targets: TARGETS, target, moments, responses, contrasts });
    }
  }
}

const group = "four categories over a million units";
const expression = parseCriterion("min(d) > 0.5 and mean.target > 0", CONDITIONS);
for (const criterion of [...CRITERIA, matchedCriterion("matched", 0.05), expression]) {
  const baseline = criterion === CRITERIA[0];
  bench({ name: criterion.name, group, baseline, n: 3, warmup: 1, fn: () => selectAll([criterion]) });
}
bench({ name: "every named criterion", group, n: 3, warmup: 1, fn: () => selectAll(CRITERIA) });

await runBenches("criteria");
