import { CRITERIA } from "../src/criteria/mod.ts";
import { analyseNetwork, type AnalysisSettings } from "../src/inference/mod.ts";
import { designOf, drawSplits, type Halves, LayerEvaluator, localizeHalves } from "../src/localize/mod.ts";
import { LayerLayout, MEASURES, PlacementMeter, PlacementNull } from "../src/measures/mod.ts";
import { synthesizeRecording } from "../src/validation/mod.ts";
import { CONDITIONS } from "./_layers.ts";
import { bench, runBenches } from "./_timing.ts";

const SHAPE = [64, 8, 8];
const TARGETS = CONDITIONS.slice(0, 4);
const { recording, layers: [layer] } = synthesizeRecording({
  seed: 1,
  conditions: CONDITIONS,
  imagesPerCondition: 40,
  rectified: true,
  layers: [{ name: "layer", shape: SHAPE, selective: 0.05, effect: 1, clustered: 0.5 }],
});
const design = designOf(recording.header, { targets: TARGETS });
const [split] = drawSplits(design.blocks, 1, 1);
const [criterion] = CRITERIA;
const measures = MEASURES.filter(({ kind }) => kind !== "network");
const placements = MEASURES.filter((measure) => measure.kind === "placement");
const nulls = (): PlacementNull => new PlacementNull({ shape: SHAPE, measures: placements, placements: 200, seed: 1 });
const meter = new PlacementMeter(new LayerLayout(SHAPE), placements);
const evaluator = new LayerEvaluator({ layer, design, measures, placement: { meter, nulls: nulls() } });
const halves: Halves = [evaluator.half(split, 0), evaluator.half(split, 1)];
const { selections } = localizeHalves(evaluator, halves, { criterion });
const { units } = selections[0][0];
const known = nulls();
known.expect(units);

const replicate = "one of 110 evaluations, 4,096 units and four categories";
bench({
  name: "a half without a block",
  group: replicate,
  fn: () => void evaluator.half(split, 0, { without: split.indexOf(0) }),
});
bench({ name: "selection on a half", group: replicate, fn: () => void evaluator.half(split, 0).select(criterion) });
bench({
  name: "every measure of both halves",
  group: replicate,
  fn: () => {
    evaluator.measure(halves, selections, { criterion });
  },
});
bench({
  name: "all of it",
  group: replicate,
  baseline: true,
  fn: () => {
    const less: Halves = [evaluator.half(split, 0, { without: split.indexOf(0) }), halves[1]];
    localizeHalves(evaluator, less, { criterion });
  },
});

const places = "places beside random placement";
bench({ name: "simulated", group: places, baseline: true, fn: () => void nulls().expect(units) });
bench({ name: "looked up", group: places, fn: () => void known.expect(units) });

const analyses: Record<string, Partial<AnalysisSettings>> = {
  "the main criterion, without permutations": { criteria: [], permutations: 0 },
  "the main criterion, 99 permutations": { criteria: [] },
  "every criterion": {},
  "fast": { fast: true },
};
for (const [name, settings] of Object.entries(analyses)) {
  bench({
    name,
    group: "analysis of a layer of 4,096 units and 280 images",
    baseline: name === "every criterion",
    n: 3,
    warmup: 1,
    async fn() {
      await analyseNetwork(recording, { targets: TARGETS, ...settings });
    },
  });
}

await runBenches("replicates");
