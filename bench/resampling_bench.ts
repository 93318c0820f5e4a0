import { analyseNetwork, synthesizeRecording } from "../src/analysis/mod.ts";
import { FastConjunction } from "../src/analysis/_fast_conjunction.ts";
import { createMatrixMultiply, openDevice } from "../src/devices/mod.ts";
import { Contrasts, CRITERIA } from "../src/localizer/mod.ts";
import {
  bcaInterval,
  centredInterval,
  multiplyPlain,
  PlacementNull,
  Random,
  replicateMoments,
  stratifiedWeights,
} from "../src/resampling/mod.ts";

const CONDITIONS = ["faces", "bodies", "places", "words", "objects", "scrambled places", "scrambled words"];
const TARGETS = [0, 1, 2, 3];
const UNITS = 512;
const SHAPE = [64, 8, 8];

const { recording } = synthesizeRecording({
  seed: 1,
  conditions: CONDITIONS,
  imagesPerFold: 40,
  rectified: true,
  taps: [{ name: "tap", shape: SHAPE, selective: 0.05, effect: 1, clustered: 0.5 }],
});
const [tap] = recording.taps;
const strata = Int32Array.from(recording.images, ({ condition, fold }) => 2 * condition + fold);
const groups = Array.from(
  { length: 14 },
  (_, stratum) => Int32Array.from([...strata.keys()].filter((i) => strata[i] === stratum)),
);
const images = recording.images.length;
const responses = new Float32Array(images * UNITS);
for (let i = 0; i < images; i++) {
  responses.set(tap.sample.responses.subarray(i * tap.tap.units, i * tap.tap.units + UNITS), i * UNITS);
}
const weights = stratifiedWeights(strata, 2000, 1);
const device = await openDevice("cpu");
const multiply = await createMatrixMultiply(device);
const moments = tap.moments.map(([{ n, mean, m2 }]) => ({ n, mean: mean.slice(0, UNITS), m2: m2.slice(0, UNITS) }));
const masks = TARGETS.map(() => new Uint8Array(UNITS));
const fast = new FastConjunction(
  { test: "welch", alpha: 0.05, twoSided: false, correction: "benjamini-hochberg" },
  UNITS,
  CONDITIONS.length,
);
const random = new Random(1, "bench/resampling");
const values = Float64Array.from({ length: 2000 }, () => random.normal());
const jackknife = values.slice(0, 200);
const placed = Uint32Array.from({ length: 200 }, (_, i) => 20 * i);
const nulls = new PlacementNull({ shape: SHAPE, placements: 200, seed: 1 });

Deno.bench({
  name: "draw 2,000 × 560 weights",
  group: "draws",
  fn() {
    stratifiedWeights(strata, 2000, 1);
  },
});

for (const [name, product] of [["native product", multiply], ["plain product", multiplyPlain]] as const) {
  Deno.bench({
    name: `200 replicates of 512 units' moments, ${name}`,
    group: "moments of replicates",
    baseline: product === multiplyPlain,
    async fn() {
      await replicateMoments(
        { responses, units: UNITS, groups, weights: weights.subarray(0, 200 * images), multiply: product },
        () => {},
      );
    },
  });
}

Deno.bench({
  name: "the conjunction by its criterion, 512 units",
  group: "selection in a replicate",
  baseline: true,
  fn() {
    const contrasts = new Contrasts(moments);
    for (const target of TARGETS) {
      CRITERIA[0].select({ conditions: CONDITIONS, targets: TARGETS, target, moments, contrasts });
    }
  },
});
Deno.bench({
  name: "the same without p values",
  group: "selection in a replicate",
  fn() {
    fast.select(moments, TARGETS, masks);
  },
});

Deno.bench({
  name: "random placement, simulated",
  group: "placement null",
  baseline: true,
  fn() {
    new PlacementNull({ shape: SHAPE, placements: 200, seed: 1 }).expect(placed);
  },
});
Deno.bench({
  name: "random placement, looked up",
  group: "placement null",
  fn() {
    nulls.expect(placed);
  },
});

Deno.bench({
  name: "centred percentile of 2,000",
  group: "intervals",
  baseline: true,
  fn() {
    centredInterval(0, values, 0.95);
  },
});
Deno.bench({
  name: "BCa of 2,000",
  group: "intervals",
  fn() {
    bcaInterval(0, values, jackknife, 0.95);
  },
});

for (const [name, criteria] of [["the main criterion", CRITERIA.slice(0, 1)], ["every criterion", CRITERIA]] as const) {
  Deno.bench({
    name: `a tap of 4,096 units and 560 images, 2,000 replicates, ${name}`,
    group: "analysis",
    baseline: criteria.length === 1,
    n: 3,
    warmup: 1,
    async fn() {
      await analyseNetwork(recording, { targets: CONDITIONS.slice(0, 4), criteria, replicates: 2000, multiply });
    },
  });
}

addEventListener("unload", () => void device.close());
