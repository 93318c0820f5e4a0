import assert from "node:assert/strict";
import { CRITERIA } from "../../src/criteria/mod.ts";
import {
  analyseNetwork,
  analysisTools,
  getCell,
  type NetworkAnalysis,
  type Replicates,
} from "../../src/inference/mod.ts";
import {
  designOf,
  drawSplits,
  type Halves,
  LayerEvaluator,
  localizeHalves,
  sampleChannels,
  type Split,
} from "../../src/localize/mod.ts";
import {
  consistencyMatrix,
  DEPTH_SLOPE,
  DPRIME,
  GINI_ACROSS,
  LayerLayout,
  type NetworkMeasure,
  PlacementMeter,
  PlacementNull,
  PROPORTION,
  RESPONSE,
} from "../../src/measures/mod.ts";
import { Dissimilarity } from "../../src/inference/_dissimilarity.ts";
import { memoryRecording } from "../../src/recording/mod.ts";
import { holm, pearson, Random, ranks } from "../../src/statistics/mod.ts";
import { synthesizeRecording } from "../../src/validation/mod.ts";
import { close } from "../statistics/golden.ts";
import { analyseSoundly, CONDITIONS, FEW, imagesOf, made, noise, recordingOf, TARGETS } from "./made.ts";

const planted = made({ seed: 1 });
let found: Promise<NetworkAnalysis> | undefined;
const analysed = (): Promise<NetworkAnalysis> => found ??= analyseSoundly(planted.recording);

Deno.test("planted proportions are recovered, and rise where more was planted deeper", async () => {
  const { layers } = await analysed();
  assert.deepEqual(layers.map(({ depth }) => depth), [0, 0.5, 1]);
  let intervals = 0;
  layers.forEach(({ units, categories }, l) =>
    TARGETS.forEach((category, target) => {
      const wanted = planted.preference[l].filter((own) => own === target).length / units;
      const { measures, selected } = categories[category];
      const { value, interval, reason } = measures.proportion;
      assert.ok(Math.abs(value! - wanted) < 0.35 * wanted, `${l}, ${category}: ${value} where ${wanted} was planted`);
      assert.ok(Math.abs(value! - selected / units) < 1e-12);
      // Where every split selects the very units that were planted there is no spread to make an interval of.
      if (interval === null) assert.equal(reason, "every split and deletion gives the same number");
      else assert.ok(interval[0] <= value! && value! <= interval[1] && interval[1] - interval[0] < 2 * value!);
      intervals += interval === null ? 0 : 1;
    })
  );
  assert.ok(intervals >= 8, `${intervals} of 12 have an interval`);
  for (const category of TARGETS) {
    const proportions = layers.map(({ categories }) => categories[category].measures.proportion.value!);
    assert.ok(proportions[0] < proportions[1] && proportions[1] < proportions[2]);
  }
});

Deno.test("curves of equal proportion are drawn on the channels that other criteria run on", async () => {
  const { recording: { header }, layers } = planted;
  const sampled = layers.map((layer) => sampleChannels(layer, 100, 0));
  assert.deepEqual(sampled.map(({ layer }) => layer.units), [100, 100, 60]);
  const smaller = memoryRecording({ ...header, layers: sampled.map(({ layer }) => layer) }, sampled);
  const curvesOf = async (...input: Parameters<typeof analyseNetwork>) =>
    (await analyseNetwork(...input)).layers.map(({ categories }) => TARGETS.map((name) => categories[name].curve));
  const found = await curvesOf(planted.recording, { ...FEW, otherUnits: 100 });
  assert.deepEqual(found, await curvesOf(smaller, FEW));
  assert.notDeepEqual(found, await curvesOf(planted.recording, FEW));
});

Deno.test("planted selectivity is more than permuted labels give, with Holm's correction over layers", async () => {
  const { layers } = await analysed();
  for (const category of TARGETS) {
    const nulls = layers.map(({ categories }) => categories[category].null!);
    for (const { mean, pValue, permutations } of nulls) {
      assert.ok(mean < 0.02, `${mean}`);
      assert.deepEqual([pValue, permutations], [1 / 20, 19]);
    }
    assert.deepEqual(nulls.map(({ correctedP }) => correctedP), holm(nulls.map(({ pValue }) => pValue)));
  }
});

Deno.test("permuted labels find 20 planted units of 9,600, and not those of noise", async () => {
  for (const [effect, significant] of [[3, true], [0, false]] as const) {
    const { recording } = synthesizeRecording({
      seed: 2,
      conditions: CONDITIONS,
      targets: ["faces"],
      imagesPerCondition: 30,
      blocks: 6,
      layers: [{ name: "layer", shape: [96, 10, 10], selective: 20 / 9600, effect }],
    });
    const { layers: [{ categories: { faces } }] } = await analyseNetwork(recording, {
      ...FEW,
      targets: ["faces"],
      permutations: 39,
      placements: 2,
      splits: 1,
      fast: false,
    });
    assert.equal(faces.null!.pValue <= 0.05, significant, `effect ${effect}: p = ${faces.null!.pValue}`);
    if (significant) assert.ok(faces.selected >= 10 && faces.selected <= 30, `${faces.selected}`);
  }
});

Deno.test("no interval is given under 5 selected units, and none of entropy under 40", async () => {
  const { recording } = made({
    seed: 3,
    layers: [
      { name: "few", shape: [8, 5, 5], selective: 0.012, effect: 4 },
      { name: "some", shape: [16, 10, 10], selective: 0.015, effect: 2.5, clustered: 0.8 },
      { name: "many", shape: [16, 10, 10], selective: 0.06, effect: 2.5, clustered: 0.8 },
    ],
  });
  const { layers: [few, some, many] } = await analyseSoundly(recording);
  for (const category of TARGETS) {
    const own = few.categories[category];
    assert.ok(own.selected > 0 && own.selected < 5, `${own.selected}`);
    for (const name of ["specificity.dprime", "strength.margin"]) {
      assert.ok(own.measures[name].value !== null);
      assert.equal(own.measures[name].interval, null);
      assert.match(own.measures[name].reason!, /^fewer than 5 units are measured on a half$/);
    }
    assert.doesNotMatch(
      own.measures.proportion.reason ?? "",
      /fewer than/,
      "the proportion itself needs no number of units",
    );
    const { selected, measures } = some.categories[category];
    assert.ok(selected >= 5 && selected < 40, `${selected}`);
    assert.ok(measures["specificity.dprime"].interval !== null);
    const entropy = measures["localization.within.entropy"];
    assert.ok(entropy.value !== null);
    assert.deepEqual([entropy.interval, entropy.reason], [null, "fewer than 40 units are measured on a half"]);
    const more = many.categories[category];
    assert.ok(more.selected >= 40, `${more.selected}`);
    assert.ok(
      more.measures["localization.within.entropy"].interval !== null,
      more.measures["localization.within.entropy"].reason,
    );
  }
});

Deno.test("an analysis that is fast has no interval, no null and no other criterion, and the same first split", async () => {
  const fast = await analyseSoundly(planted.recording, { fast: true, criteria: ["tdann-5"] });
  const whole = await analyseSoundly(planted.recording, { splits: 1, criteria: ["tdann-5"] });
  assert.equal(JSON.stringify(fast.layers).includes('"interval":['), false);
  fast.layers.forEach((layer, l) => {
    assert.deepEqual(Object.keys(layer.criteria), ["conjunction-max"]);
    assert.deepEqual(Object.keys(whole.layers[l].criteria), ["conjunction-max", "tdann-5"]);
    assert.equal(layer.deletedUnits, 0);
    for (const category of TARGETS) {
      const own = layer.categories[category];
      assert.equal(own.null, null);
      for (const [name, { value, interval, reason }] of Object.entries(own.measures)) {
        assert.equal(value, whole.layers[l].categories[category].measures[name].value, `${l}, ${category}, ${name}`);
        assert.equal(interval, null);
        assert.ok(reason !== undefined, name);
      }
    }
  });
});

Deno.test("two blocks can be split in one way and none of them deleted: numbers have no interval", async () => {
  const { recording } = made({ seed: 1, blocks: 2 });
  const { layers, measures, numbers } = await analyseSoundly(recording);
  for (const { categories, deletedUnits } of layers) {
    assert.equal(deletedUnits, 0);
    for (const category of TARGETS) {
      const { proportion } = categories[category].measures;
      assert.ok(proportion.value! > 0);
      assert.deepEqual([proportion.interval, proportion.reason], [null, "no block was deleted for an interval"]);
    }
  }
  assert.equal(measures.depthSlope.faces.interval, null);
  for (const { cells, used } of numbers.layers) assert.deepEqual([cells.size > 0, used], [true, 0]);
});

Deno.test("a deletion is the whole estimator without the block, in the half that selects and in the half that measures", async () => {
  const { numbers } = await analysed();
  const { recording } = planted;
  const design = designOf(recording.header, { targets: TARGETS });
  const splits = drawSplits(design.blocks, FEW.splits!, 0);
  const layer = await recording.readLayer(1);
  const { shape } = layer.layer;
  const measures = [PROPORTION, DPRIME, RESPONSE, GINI_ACROSS];
  const evaluator = new LayerEvaluator({
    layer,
    design,
    measures,
    placement: {
      meter: new PlacementMeter(new LayerLayout(shape), [GINI_ACROSS]),
      nulls: new PlacementNull({ shape, measures: [GINI_ACROSS], placements: FEW.placements!, seed: 0 }),
    },
  });
  /** Compares what a split gives, perhaps without a block, with what was kept; places by their excess over random placement. */
  function check(split: Split, without: number | undefined, kept: (replicates: Replicates) => number): void {
    const halves: Halves = [evaluator.half(split, 0, { without }), evaluator.half(split, 1, { without })];
    const { found } = localizeHalves(evaluator, halves, { criterion: CRITERIA[0] });
    TARGETS.forEach((category, t) =>
      measures.forEach(({ name }, m) => {
        const { value, random = 0 } = found[t].values[m];
        const { replicates } = getCell(numbers.layers[1], [CRITERIA[0].name, category, name]);
        close(kept(replicates!), value! - random!, { tolerance: 1e-12, what: name });
      })
    );
  }
  splits.forEach((split, s) => {
    check(split, undefined, (replicates) => replicates.splits[s]);
    for (let block = 0; block < design.blocks; block++) {
      check(split, block, ({ deletions }) => deletions[s * design.blocks + block]);
    }
  });
});

Deno.test("consistency over all sampled units is that of the definition, with a block deleted and in its reliability", async () => {
  const { numbers, consistency } = await analysed();
  const { recording } = planted;
  const { blocks, images } = designOf(recording.header, { targets: TARGETS });
  const [split] = drawSplits(blocks, 1, 0);
  const layers = await Promise.all([0, 1, 2].map((index) => recording.readLayer(index)));
  const ranked = (keep: (block: number) => boolean, columnsOf: (units: number, name: string) => Uint32Array) =>
    layers.map(({ sample: { units: { length: sampled }, responses }, layer }) =>
      ranks(new Dissimilarity().between(responses, {
        sampled,
        images: images.flatMap(({ block }, i) => keep(block) ? [i] : []),
        columns: columnsOf(sampled, layer.name),
      }))
    );
  const every = (units: number): Uint32Array => Uint32Array.from({ length: units }, (_, unit) => unit);
  const mean = (keep: (block: number) => boolean): number => consistencyMatrix(ranked(keep, every)).mean!;
  const { value, replicates } = getCell(numbers.network, ["conjunction-max", "all", "consistency"]);
  const halves = [0, 1].map((half) => mean((block) => split[block] === half));
  close(value, (halves[0] + halves[1]) / 2, { tolerance: 1e-9 });
  for (let out = 0; out < blocks; out++) {
    const less = mean((block) => split[block] === split[out] && block !== out);
    close(replicates!.deletions[out], (less + halves[1 - split[out]]) / 2, { tolerance: 1e-9 });
  }
  // Spearman and Brown's formula on the correlation of two halves of the units; the root of the product for a pair of layers.
  const reliability = [0, 1].map((selecting) => {
    const part = (from: number) => (units: number, name: string): Uint32Array => {
      const order = every(units);
      new Random(0, `halves ${name} ${selecting}`).shuffle(order, 0, units);
      return order.subarray(from * (units >> 1), (from + 1) * (units >> 1));
    };
    const [a, b] = [0, 1].map((from) => ranked((block) => split[block] !== selecting, part(from)));
    const [x, y, z] = a.map((own, l) => pearson(own, b[l])!).map((r) => 2 * r / (1 + r));
    return (Math.sqrt(x * y) + Math.sqrt(x * z) + Math.sqrt(y * z)) / 3;
  });
  close(consistency.all.reliability, (reliability[0] + reliability[1]) / 2, { tolerance: 1e-9 });
});

Deno.test("consistency over selected units is over equal numbers of them, and does not follow how many there are", async () => {
  // Images differ along five directions, which every unit of every layer weighs by itself.
  const images = imagesOf(5);
  const draw = noise(12);
  const latent = images.map(() => Array.from({ length: 5 }, draw));
  const found: number[] = [];
  for (const selective of [20, 160]) {
    const layers = ["a", "b", "c"].map((name) => {
      const weights = Array.from({ length: 240 }, () => Array.from({ length: 5 }, draw));
      const respond = ({ condition }: { condition: number }, unit: number, i: number): number =>
        draw() + weights[unit].reduce((sum, weight, d) => sum + 0.4 * weight * latent[i][d], 0) +
        (unit < selective && condition === 0 ? 8 : 0);
      return { name, shape: [240], respond };
    });
    const settings = { ...FEW, targets: ["faces"], splits: 3, comparedSplits: 3, permutations: 0 };
    const { measures, consistency, layers: results } = await analyseNetwork(recordingOf(images, layers), settings);
    for (const { categories: { faces } } of results) {
      assert.ok(Math.abs(faces.selected - selective) < 4, `${faces.selected} of ${selective}`);
    }
    found.push(measures.consistency.faces.value!);
    assert.ok(measures.consistency.faces.value! < measures.consistency.all.value! / 2, "few units tell less");
    assert.ok(consistency.faces.reliability! > 0 && consistency.faces.reliability! < consistency.all.reliability!);
  }
  assert.ok(found[0] > 0.05 && Math.abs(found[1] - found[0]) < 0.06, `${found}`);
});

Deno.test("a layer of 800,000 units is deleted on a sample of its channels, and says so", async () => {
  const { recording } = synthesizeRecording({
    seed: 4,
    conditions: CONDITIONS.slice(0, 3),
    targets: ["faces"],
    imagesPerCondition: 8,
    blocks: 4,
    sampledUnits: 64,
    layers: [{ name: "large", shape: [32, 100, 250], selective: 0.05, effect: 6 }],
  });
  const { layers: [{ units, deletedUnits, categories: { faces }, criteria }] } = await analyseNetwork(recording, {
    ...FEW,
    criteria: ["topk"],
    targets: ["faces"],
    splits: 1,
    otherSplits: 1,
    permutations: 0,
    placements: 2,
    largestLayer: 50_000,
    otherUnits: 25_000,
  });
  assert.deepEqual([units, deletedUnits], [800_000, 50_000]);
  // Other criteria run on fewer still: a hundredth of 25,000.
  assert.equal(criteria.topk.faces.selected, 250);
  const { value, interval } = faces.measures.proportion;
  assert.ok(value! > 0 && interval![0] <= value! && value! <= interval![1] && interval![1] > interval![0]);
});

Deno.test("a layer no larger than the sample is deleted whole", async () => {
  const { layers } = await analysed();
  assert.deepEqual(layers.map(({ units, deletedUnits }) => deletedUnits === units), [true, true, true]);
});

Deno.test("clustered units stand closer together than as many at random, scattered ones do not", async () => {
  const { layers } = await analyseSoundly(
    synthesizeRecording({
      seed: 5,
      conditions: CONDITIONS,
      imagesPerCondition: 20,
      blocks: 4,
      layers: [
        { name: "scattered", shape: [16, 8, 8], selective: 0.05, effect: 4 },
        { name: "clustered", shape: [16, 8, 8], selective: 0.05, effect: 4, clustered: 0.95 },
      ],
    }).recording,
    { permutations: 0, splits: 1 },
  );
  const score = (layer: number, name: string): number => {
    const scores = TARGETS.flatMap((category) => layers[layer].categories[category].measures[name].z ?? []);
    assert.ok(scores.length > 0, name);
    return scores.reduce((sum, z) => sum + z, 0) / scores.length;
  };
  for (
    const [name, sign] of [
      ["localization.across.gini", 1],
      ["localization.across.entropy", -1],
      ["localization.within.moran", 1],
      ["localization.within.entropy", -1],
    ] as const
  ) {
    assert.ok(sign * score(1, name) > 3, `${name}, clustered: ${score(1, name)}`);
    assert.ok(Math.abs(score(0, name)) < 2, `${name}, scattered: ${score(0, name)}`);
  }
});

Deno.test("measured where it was selected, strength and specificity are larger", async () => {
  const { layers } = await analyseSoundly(
    made({ seed: 6, layers: [{ name: "layer", shape: [400], selective: 0.2, effect: 1 }] }).recording,
    {
      criterion: "lu-wang",
      permutations: 0,
    },
  );
  for (const category of TARGETS) {
    const { measures, circular } = layers[0].categories[category];
    for (const name of ["specificity.dprime", "specificity.t", "strength.response"]) {
      assert.ok(circular[name]! > measures[name].value!, `${category}, ${name}`);
    }
  }
});

Deno.test("a derived condition is not compared, which is no lack of pairs", async () => {
  const derived = { scrambled: "places" };
  const { layers } = await analyseNetwork(planted.recording, { ...FEW, targets: TARGETS, derived, fast: true });
  for (const { dissimilarity, reason } of layers) {
    assert.equal(reason, undefined);
    dissimilarity.forEach((row, a) =>
      row.forEach((value, b) =>
        assert.equal(value === null, [a, b].some((c) => CONDITIONS[c] in derived), `${a}, ${b}`)
      )
    );
  }
});

Deno.test("what is shown of the spread over units is measured on the half that did not select", async () => {
  const { recording } = made({ seed: 6, layers: [{ name: "noise", shape: [400], selective: 0, effect: 1 }] });
  const settings = { criterion: "min(d) > 0", permutations: 0, splits: 1 };
  const { layers: [{ categories }] } = await analyseSoundly(recording, settings);
  // On the images that selected them no unit prefers another condition; on new ones half of them do.
  for (const category of TARGETS) assert.ok(categories[category].spread!["specificity.dprime"][5] < 0);
});

Deno.test("the same recording and seed give the same JSON; another seed splits otherwise", async () => {
  const { recording } = made({ seed: 2 });
  const json = async (seed: number): Promise<string> =>
    JSON.stringify((await analyseNetwork(recording, { ...FEW, splits: 2, permutations: 3, seed })).layers);
  const first = await json(3);
  // Another network in between must leave no trace.
  await analyseNetwork(planted.recording, { ...FEW, splits: 1, permutations: 0, seed: 3 });
  assert.equal(await json(3), first);
  assert.notEqual(await json(4), first);
});

Deno.test("a measure of a network that reads no layer's number has no interval", async () => {
  const count: NetworkMeasure = { ...DEPTH_SLOPE, name: "layers", value: ({ depths }) => ({ value: depths.length }) };
  const settings = { ...FEW, splits: 1, permutations: 0, placements: 2 };
  const tools = analysisTools(settings, CONDITIONS, { measures: [count] });
  const { measures } = await analyseNetwork(planted.recording, settings, { tools });
  assert.deepEqual([measures.layers.faces.value, measures.layers.faces.interval], [3, null]);
});

Deno.test("an analysis crosses threads whole", async () => {
  const own = await analysed();
  assert.deepEqual(structuredClone(own), own);
});

Deno.test("steps are told as they are done, and a signal ends the analysis between layers", async () => {
  const settings = { ...FEW, splits: 1, permutations: 0, placements: 2 };
  const steps: [number, number][] = [];
  await analyseNetwork(planted.recording, settings, { onProgress: (done, total) => steps.push([done, total]) });
  assert.deepEqual(steps, [[1, 4], [2, 4], [3, 4], [4, 4]]);
  const stop = new AbortController();
  let done = 0;
  const run = analyseNetwork(planted.recording, settings, {
    signal: stop.signal,
    onProgress(step) {
      done = step;
      stop.abort(new Error("enough"));
    },
  });
  await assert.rejects(run, /^Error: enough$/);
  assert.equal(done, 1);
});

Deno.test("analyseNetwork() says what is wrong with its settings and its recording", async () => {
  const { recording } = planted;
  const refused = (settings: Record<string, unknown>, message: RegExp) =>
    assert.rejects(analyseNetwork(recording, { ...FEW, ...settings }), (error) => {
      assert.ok(error instanceof RangeError, String(error));
      assert.match(error.message, message);
      return true;
    });
  await refused({ splits: 0 }, /Cannot analyse with splits = 0; expected an integer of at least 1/);
  await refused({ otherSplits: 2.5 }, /otherSplits = 2.5/);
  await refused({ comparedImages: 2 }, /comparedImages = 2; expected an integer of at least 3/);
  await refused({ permutations: -1 }, /permutations = -1; expected an integer of at least 0/);
  await refused({ placements: 1 }, /placements = 1/);
  await refused({ largestLayer: NaN }, /largestLayer = NaN/);
  await refused({ matchedProportion: 1 }, /matchedProportion = 1; expected a number in \(0, 1\)/);
  await refused({ level: 95 }, /level = 95/);
  await refused({ targets: [] }, /Cannot analyse without targets; expected at least one condition to select for/);
  await refused({ targets: ["faces", "cars"] }, /Cannot select for "cars": the recording has no such condition/);
  const empty = { ...recording, header: { ...recording.header, images: [] } };
  await assert.rejects(analyseNetwork(empty, FEW), /it has no images; expected at least one/);
});
