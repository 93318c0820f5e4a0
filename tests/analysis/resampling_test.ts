import assert from "node:assert/strict";
import { bootstrapMeasures } from "../../src/analysis/_bootstrap_measures.ts";
import {
  bootstrapSelection,
  type ResampledSelection,
  type SelectionBootstrap,
} from "../../src/analysis/_bootstrap_selection.ts";
import { measureConsistency } from "../../src/analysis/_consistency.ts";
import { intervalFromDraws } from "../../src/analysis/_difference.ts";
import { layOutImages, subsetUnits } from "../../src/analysis/_layout.ts";
import { permutationNull, permutedMembership } from "../../src/analysis/_permutation_null.ts";
import { PLACED_MEASURES, PlacementBootstrap } from "../../src/analysis/_placement_bootstrap.ts";
import { replicateRule } from "../../src/analysis/_replicate_rules.ts";
import { TapFolds } from "../../src/analysis/_select_folds.ts";
import { assignFollowers } from "../../src/analysis/_followers.ts";
import { eachFoldSized } from "../../src/analysis/_each_replicate.ts";
import { varianceOf } from "../../src/analysis/_replicates.ts";
import { synthesizeRecording } from "../../src/analysis/mod.ts";
import { intervalOf, uncertaintyDraws } from "../../src/analysis/_spread.ts";
import { CRITERIA, type Moments } from "../../src/localizer/mod.ts";
import {
  consistency,
  dissimilarity,
  LocalizationMeter,
  momentsOfResponses,
  specificity,
  strength,
  tapScale,
} from "../../src/measures/mod.ts";
import {
  multiplyPlain,
  normalQuantile,
  permutedLabels,
  PlacementNull,
  Random,
  stratifiedWeights,
} from "../../src/resampling/mod.ts";
import { CONDITIONS, made, TARGETS } from "./recordings.ts";

const CONJUNCTION = CRITERIA[0];
const REPLICATES = 6;
const { recording } = made({ seed: 8 });
const tap = recording.taps[1];
const layout = layOutImages(recording, TARGETS);
const folds = new TapFolds(tap, layout);
const selections = folds.byCriterion(CONJUNCTION);
const weights = stratifiedWeights(layout.strata, REPLICATES, 3);
const wholeWeights = stratifiedWeights(layout.strata.map((stratum) => stratum >> 1), REPLICATES, 3);
const meter = new LocalizationMeter(tap.tap.shape);
const images = recording.images.length;
const UNITS = tap.tap.units;
const rule = { name: "conjunction", selections, everywhere: true };

/** The moments of one replicate, `[fold][condition]`, the slow and certain way. */
function replicate(r: number): Moments[][] {
  const moments = momentsOfResponses({
    values: tap.sample.responses,
    units: UNITS,
    condition: layout.strata,
    conditions: 2 * CONDITIONS.length,
    weights: weights.subarray(r * images, (r + 1) * images),
  });
  return [0, 1].map((fold) => CONDITIONS.map((_, c) => moments[2 * c + fold]));
}

function near(a: number, b: number, tolerance = 1e-5): void {
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${a} is not ${b}`);
}

/** Deviations from the mean. */
function centred(values: number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

Deno.test("replicates of specificity and strength are those of the units selected, on the resampled other fold", async () => {
  const scale = 1.5;
  const [found] = await bootstrapMeasures({
    tap,
    layout,
    weights,
    rules: [{ ...rule, replicates: REPLICATES }],
    scale,
    seed: 1,
    multiply: multiplyPlain,
  });
  TARGETS.forEach((_, t) => {
    const direct = Array.from({ length: REPLICATES }, (_, r) => {
      const moments = replicate(r);
      const each = [0, 1].map((fold) => {
        const selected = selections[fold][t].units;
        const held = moments[1 - fold];
        const all = replicate(r);
        // Every unit is sampled, so the scale of a replicate is the tap's over its resampled images.
        const own = scale * tapScale(all.flat()) / tapScale(folds.moments.flat());
        return {
          ...specificity({ selected, moments: held, target: t, others: [] }),
          ...strength({ selected, moments: held, target: t, scale: own }),
        };
      });
      return (name: "dprime" | "t" | "lead") => (each[0][name].value! + each[1][name].value!) / 2;
    });
    for (
      const [measure, name] of [["specificity.dprime", "dprime"], ["specificity.t", "t"], [
        "strength.lead",
        "lead",
      ]] as const
    ) {
      const draws = found[t].get(measure)!;
      const stretch = Math.sqrt(layout.fewest.inFold / (layout.fewest.inFold - 1));
      centred(direct.map((of) => of(name))).forEach((deviation, r) => near(draws.all[r], stretch * deviation));
      assert.equal(draws.degrees, layout.fewest.inFold - 1);
      // Every unit is sampled, so what units have for themselves is what they have in the tap.
      near(draws.own, draws.ownOfAll, 1e-12);
      assert.ok(draws.own > 0);
    }
  });
});

/** The moments of a fold in one replicate of all images, `[condition]`, the slow and certain way. */
function foldSized(r: number): Moments[] {
  const moments = momentsOfResponses({
    values: tap.sample.responses,
    units: UNITS,
    condition: layout.strata.map((stratum) => stratum >> 1),
    conditions: CONDITIONS.length,
    weights: wholeWeights.subarray(r * images, (r + 1) * images),
  });
  return moments.map(({ n, mean, m2 }, c) => {
    const own = layout.perFold[c];
    return { n: own, mean, m2: Float64Array.from(m2, (sum) => (sum * (own - 1) * n) / (n - 1) ** 2) };
  });
}

/** What the rule selects of a target in one replicate. */
function selectedIn(r: number, target: number): Uint8Array {
  return CONJUNCTION.select({
    conditions: CONDITIONS,
    targets: layout.targets,
    target,
    moments: foldSized(r),
  });
}

/** The replicates of the selection with every unit resampled, `[target]`. */
async function selectAnew(watch?: SelectionBootstrap["watch"]): Promise<ResampledSelection[]> {
  const own = replicateRule(CONJUNCTION, { conditions: CONDITIONS, targets: layout.targets, units: UNITS })!;
  const [found] = await bootstrapSelection({
    layout,
    subset: subsetUnits(tap, UNITS, 1),
    weights: wholeWeights,
    rules: [{ rule: own, replicates: REPLICATES, selections }],
    units: UNITS,
    multiply: multiplyPlain,
    watch,
  });
  return found;
}

Deno.test("replicates of the proportion select a fold's worth anew from all images", async () => {
  const found = await selectAnew();
  TARGETS.forEach((_, t) => {
    const masks = Array.from({ length: REPLICATES }, (_, r) => selectedIn(r, t));
    const proportions = masks.map((mask) => mask.reduce((sum, chosen) => sum + chosen, 0) / UNITS);
    const draws = found[t].get("proportion")!;
    centred(proportions).forEach((deviation, r) => near(draws.all[r], deviation));
    let own = 0;
    for (let u = 0; u < UNITS; u++) {
      const share = masks.reduce((sum, mask) => sum + mask[u], 0) / REPLICATES;
      own += share * (1 - share);
    }
    near(draws.own, own / UNITS ** 2);
    // Half a squared difference of two folds is the variance of one; the mean of two has half of it.
    const [first, second] = [selections[0][t].mask, selections[1][t].mask];
    const different = first.reduce((count, selected, u) => count + (selected === second[u] ? 0 : 1), 0);
    near(draws.ownOfAll, different / 4 / UNITS ** 2);
    assert.equal(draws.degrees, layout.fewest.whole - 1);
  });
});

Deno.test("a replicate of all images is spread around the truth as a fold is", async () => {
  // A unit's mean on a fold errs by σ²/n; resampling the fold around itself would err by twice that.
  const planted = {
    seed: 5,
    conditions: ["faces", "objects"],
    targets: ["faces"],
    categories: 1,
    shared: 0,
    taps: [{ name: "tap", shape: [8], selective: 0, effect: 0 }],
  };
  const truth = synthesizeRecording({ ...planted, imagesPerFold: 4000 }).recording.taps[0].moments[0][0].mean;
  let [ofFolds, ofReplicates] = [0, 0];
  for (let s = 0; s < 60; s++) {
    const { recording } = synthesizeRecording({ ...planted, imageSeed: s, imagesPerFold: 10 });
    const own = layOutImages(recording, ["faces"]);
    const subset = subsetUnits(recording.taps[0], 8, 1);
    const weights = stratifiedWeights(own.strata.map((stratum) => stratum >> 1), 1, s);
    recording.taps[0].moments[0][0].mean.forEach((mean, u) => ofFolds += (mean - truth[u]) ** 2);
    await eachFoldSized({ layout: own, subset, weights, multiply: multiplyPlain }, (_, { moments: [faces] }) => {
      assert.equal(faces.n, 10);
      faces.mean.forEach((mean, u) => ofReplicates += (mean - truth[u]) ** 2);
    });
  }
  const ratio = ofReplicates / ofFolds;
  assert.ok(ratio > 0.75 && ratio < 1.35, `replicates err ${ratio} times as much`);
});

function placesOf(resampled: Uint32Array, replicates: number): PlacementBootstrap {
  const nulls = new PlacementNull({ shape: tap.tap.shape, placements: 20, seed: 1 });
  return new PlacementBootstrap({ selections, resampled, replicates, meter, nulls, degrees: 9, seed: 1 });
}

Deno.test("places of replicates are those of their own units where every unit is resampled", async () => {
  const places = placesOf(subsetUnits(tap, UNITS, 1).columns, REPLICATES);
  const expected: number[] = [];
  await selectAnew((_, r, masks) => {
    places.record(r, masks);
    const units = Uint32Array.from(masks[0].keys()).filter((u) => masks[0][u] === 1);
    expected.push(meter.measure(units).across.gini.value!);
  });
  const at = PLACED_MEASURES.indexOf("localization.across.gini");
  const { raw } = places.draws(0)[at];
  centred(expected).forEach((deviation, r) => near(raw!.all[r], deviation, 1e-9));
  assert.equal(raw!.degrees, 9);
});

Deno.test("a unit that is not resampled follows one of its channel and status: the observed selection comes back whole", () => {
  const resampled = subsetUnits(tap, UNITS / 2, 1).columns;
  for (const fold of [0, 1]) {
    const status = selections[0][0].mask.map((mark, u) => mark + selections[1][0].mask[u]);
    const { starts, units } = assignFollowers(status, resampled, meter.layout)!;
    assert.deepEqual([...units].sort((a, b) => a - b), [...status.keys()], "every unit follows one");
    const back = new Uint8Array(UNITS);
    resampled.forEach((unit, column) => {
      for (let i = starts[column]; i < starts[column + 1]; i++) back[units[i]] = status[unit] > fold ? 1 : 0;
    });
    assert.deepEqual(back, status.map((times) => (times > fold ? 1 : 0)));
  }
});

Deno.test("a selection that nothing resampled can follow has no places", () => {
  const status = Uint8Array.of(0, 0, 2, 0, 0, 0, 0, 0);
  const layout = new LocalizationMeter([2, 2, 2]).layout;
  assert.equal(assignFollowers(status, Uint32Array.of(0, 4), layout), null);
  assert.notEqual(assignFollowers(status, Uint32Array.of(2, 4), layout), null);
});

Deno.test("what followers do together leaves the variance: it is as wide as with every unit resampled", () => {
  // Marks that units draw each for itself, as many on average on either fold: nothing is shared.
  const random = new Random(6, "marks");
  const replicates = 300;
  const spread = (resampled: Uint32Array): number => {
    const places = placesOf(resampled, replicates);
    const [first, second] = [selections[0][0].mask, selections[1][0].mask];
    for (let r = 0; r < replicates; r++) {
      const mask = Uint8Array.from(resampled, (u) => {
        const times = first[u] + second[u];
        return times === 1 ? (random.uniform() < 0.5 ? 1 : 0) : times >> 1;
      });
      places.record(r, TARGETS.map(() => mask));
    }
    return varianceOf(places.draws(0)[PLACED_MEASURES.indexOf("localization.across.gini")].raw!);
  };
  const whole = spread(Uint32Array.from({ length: UNITS }, (_, u) => u));
  const half = spread(subsetUnits(tap, UNITS / 2, 1).columns);
  assert.ok(whole > 0 && half / whole > 0.4 && half / whole < 2.5, `${half} beside ${whole}`);
});

Deno.test("the proportion under permuted labels is that of selecting with them", async () => {
  const subset = subsetUnits(tap, UNITS, 1);
  const own = replicateRule(CRITERIA[1], { conditions: CONDITIONS, targets: layout.targets, units: UNITS })!;
  const [found] = await permutationNull({
    layout,
    subset,
    membership: permutedMembership(layout, 5, 7),
    rules: [{ rule: own, replicates: 3 }],
    multiply: multiplyPlain,
  });
  const foldOf = layout.strata.map((stratum) => stratum % 2);
  const labels = permutedLabels(layout.strata.map((stratum) => stratum >> 1), foldOf, 5, 7);
  assert.equal(found[0].length, 3);
  for (let p = 0; p < 3; p++) {
    let selected = 0;
    for (const fold of [0, 1]) {
      const moments = momentsOfResponses({
        values: tap.sample.responses,
        units: UNITS,
        condition: Int32Array.from(foldOf, (own, i) => (own === fold ? labels[p * images + i] : -1)),
        conditions: CONDITIONS.length,
      });
      const mask = CRITERIA[1].select({ conditions: CONDITIONS, targets: layout.targets, target: 0, moments });
      selected += mask.reduce((sum, own) => sum + own, 0);
    }
    near(found[0][p], selected / UNITS / 2, 1e-12);
  }
});

Deno.test("consistency is that of the measures on the fold that did not select, both averaged", async () => {
  const units = [0, 1].map((fold) =>
    recording.taps.map(({ sample }) => Uint32Array.from(sample.units.keys()).filter((column) => column % 2 === fold))
  );
  const { result, dissimilarity: byCondition } = await measureConsistency({
    taps: recording.taps,
    layout,
    units,
    seed: 1,
    splits: 12,
    level: 0.95,
    multiply: multiplyPlain,
  });
  const direct = [0, 1].map((fold) => {
    const rows = [...layout.strata.keys()].filter((i) => layout.strata[i] % 2 === 1 - fold);
    return consistency(recording.taps.map(({ sample }, t) =>
      dissimilarity({
        values: sample.responses,
        sampled: sample.units.length,
        images: rows,
        columns: units[fold][t],
      })
    ));
  });
  near(result.mean.value!, (direct[0].mean.value! + direct[1].mean.value!) / 2);
  near(result.matrix[0][2]!, (direct[0].matrix[0][2]! + direct[1].matrix[0][2]!) / 2);
  assert.ok(result.mean.interval![0] < result.mean.value! && result.mean.value! < result.mean.interval![1]);
  assert.ok(result.ceiling! > 0 && result.ceiling! <= 1);
  assert.deepEqual(byCondition.map((matrix) => matrix.length), [6, 6, 6]);
});

Deno.test("an interval holds its estimate, keeps to its range and takes Student's form from few replicates", () => {
  const few = Float64Array.of(-1, 0, 1);
  const [low, high] = intervalOf(5, few, { level: 0.95 });
  near(high - 5, 4.302652729911275, 1e-9);
  near(5 - low, 4.302652729911275, 1e-9);
  assert.deepEqual(intervalOf(0.2, few, { level: 0.95, range: [0, 1] }), [0, 1]);
  const many = Float64Array.from({ length: 4000 }, (_, i) => normalQuantile((i + 0.5) / 4000));
  const [, ofMany] = intervalOf(0, many, { level: 0.95 });
  const [, ofFew] = intervalOf(0, many, { level: 0.95, degrees: 9 });
  near(ofMany, 1.959963984540054, 2e-3);
  near(ofFew, 2.2621571627409915, 2e-3);
  const lopsided = Float64Array.from({ length: 1000 }, (_, i) => (i < 990 ? -0.01 : 0.99));
  const [below, above] = intervalOf(1, lopsided, { level: 0.9 });
  assert.ok(below <= 1 && above >= 1);
});

Deno.test("three seeds a family make intervals that cover as they should", () => {
  const random = new Random(4, "seeds");
  const family = () => {
    const values = [random.normal(), random.normal(), random.normal()];
    const mean = (values[0] + values[1] + values[2]) / 3;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
    return { mean, spread: { error: Math.sqrt(variance / 3), observed: variance / 3, degrees: 2 } };
  };
  const simulations = 400;
  let covered = 0;
  for (let s = 0; s < simulations; s++) {
    const [a, b] = [family(), family()];
    const images = Float64Array.from({ length: 50 }, () => 0.1 * random.normal());
    const draws = uncertaintyDraws(images, Infinity, [a.spread, b.spread], s);
    const [low, high] = intervalFromDraws(b.mean - a.mean, draws, 0.95);
    if (low <= 0 && 0 <= high) covered++;
  }
  const rate = covered / simulations;
  const error = Math.sqrt((0.95 * 0.05) / simulations);
  assert.ok(rate > 0.93 - 2 * error && rate < 0.97 + 2 * error, `they cover ${rate}`);
});

Deno.test("no spread over seeds leaves the deviations over images as they are", () => {
  const images = Float64Array.from({ length: 500 }, (_, i) => i - 249.5);
  assert.deepEqual(uncertaintyDraws(images, Infinity, [], 1), images);
  assert.deepEqual(uncertaintyDraws(images, Infinity, [{ error: 0, observed: 1, degrees: 2 }], 1), images);
  const wider = uncertaintyDraws(images, Infinity, [{ error: 1e4, observed: 1e8, degrees: 2 }], 1);
  assert.ok(Math.max(...wider) > 1e4);
});
