import assert from "node:assert/strict";
import { analyseNetwork, type NetworkAnalysis, synthesizeRecording } from "../../src/analysis/mod.ts";
import { layOutImages } from "../../src/analysis/_layout.ts";
import { TapFolds } from "../../src/analysis/_select_folds.ts";
import { CRITERIA, type Criterion, type Recording } from "../../src/localizer/mod.ts";
import { tapScale } from "../../src/measures/mod.ts";
import { Random } from "../../src/resampling/mod.ts";
import type { LocalizationEstimates, Placed } from "../../src/results/mod.ts";
import { analyseSoundly, CONDITIONS, FEW, made, reordered, TARGETS } from "./recordings.ts";

const named = (name: string): Criterion => CRITERIA.find((criterion) => criterion.name === name)!;

/** What a criterion selects on either fold of every tap: `[tap][fold][target]`. */
function selections(recording: Recording, criterion = CRITERIA[0]) {
  const layout = layOutImages(recording, TARGETS);
  return recording.taps.map((tap) => new TapFolds(tap, layout).byCriterion(criterion));
}

const planted = made({ seed: 1 });
let found: Promise<NetworkAnalysis> | undefined;
const analysed = (): Promise<NetworkAnalysis> => found ??= analyseSoundly(planted.recording);

Deno.test("planted units are found, and few others", () => {
  for (const seed of [1, 2, 3, 4]) {
    const { recording, preference } = made({ seed });
    let hits = 0;
    let wanted = 0;
    let selected = 0;
    selections(recording).forEach((folds, tap) =>
      folds.forEach((fold) =>
        fold.forEach(({ mask }, target) => {
          for (let u = 0; u < mask.length; u++) {
            const own = preference[tap][u] === target;
            wanted += Number(own);
            selected += mask[u];
            hits += own ? mask[u] : 0;
          }
        })
      )
    );
    assert.ok(hits / wanted > 0.85, `recall ${hits / wanted}`);
    assert.ok(1 - hits / selected < 0.05, `false discoveries ${1 - hits / selected}`);
  }
});

Deno.test("the numbers of a tap are those of the units selected, averaged over folds", async () => {
  const { taps } = await analysed();
  selections(planted.recording).forEach((folds, tap) =>
    TARGETS.forEach((category, target) => {
      const counts = folds.map((fold) => fold[target].units.length);
      const own = taps[tap].categories[category];
      assert.equal(own.selected, (counts[0] + counts[1]) / 2);
      assert.equal(own.proportion, own.selected / taps[tap].units);
      assert.equal(taps[tap].criteria.conjunction[category].proportion, own.proportion);
    })
  );
});

Deno.test("planted selectivity is more than permuted labels give, and rises where more was planted deeper", async () => {
  const { taps } = await analysed();
  assert.deepEqual(taps.map(({ depth }) => depth), [0, 0.5, 1]);
  for (const category of TARGETS) {
    const proportions = taps.map((tap) => tap.categories[category].proportion!);
    assert.ok(proportions[0] < proportions[1] && proportions[1] < proportions[2]);
    for (const tap of taps) {
      const chance = tap.categories[category].null;
      assert.ok(chance !== null && chance.mean < 0.01 && chance.pValue === 1 / 21 && chance.permutations === 20);
    }
  }
});

Deno.test("clustered units stand closer together than as many at random, scattered ones do not", async () => {
  const { taps } = await analyseSoundly(
    synthesizeRecording({
      seed: 5,
      conditions: CONDITIONS,
      imagesPerFold: 10,
      taps: [
        { name: "scattered", shape: [16, 8, 8], selective: 0.03, effect: 3 },
        { name: "clustered", shape: [16, 8, 8], selective: 0.03, effect: 3, clustered: 0.95 },
      ],
    }).recording,
    { permutations: 0, resampledUnits: 64 },
  );
  const score = (tap: number, of: (own: LocalizationEstimates) => Placed): number => {
    const scores = TARGETS.flatMap((category) => of(taps[tap].categories[category].localization).z ?? []);
    return scores.reduce((sum, z) => sum + z, 0) / scores.length;
  };
  assert.ok(score(1, ({ across }) => across.gini) > 5 && Math.abs(score(0, ({ across }) => across.gini)) < 2);
  assert.ok(score(1, ({ across }) => across.entropy) < -5 && Math.abs(score(0, ({ across }) => across.entropy)) < 2);
  assert.ok(score(1, ({ within }) => within.moran) > 3 && Math.abs(score(0, ({ within }) => within.moran)) < 2);
  assert.ok(score(1, ({ within }) => within.entropy) < -3 && Math.abs(score(0, ({ within }) => within.entropy)) < 2);
});

Deno.test("corrected criteria select nothing in pure noise", async () => {
  const criteria = [named("conjunction"), named("prince"), named("lu-wang")];
  const shares = { "conjunction": 0, "prince": 0, "lu-wang": 0 };
  let chance = 0;
  for (const seed of [1, 2, 3]) {
    const { recording } = made({
      seed,
      taps: [{ name: "noise", shape: [400], selective: 0, effect: 0, clustered: 0 }],
    });
    const { taps: [tap] } = await analyseSoundly(recording, { criterion: named("lu-wang"), criteria, placements: 2 });
    for (const category of TARGETS) {
      for (const name of Object.keys(shares) as (keyof typeof shares)[]) {
        shares[name] += tap.criteria[name][category].proportion! / 12;
      }
      chance += tap.categories[category].null!.mean / 12;
    }
  }
  assert.equal(shares.conjunction, 0);
  assert.equal(shares.prince, 0);
  // Without correction the rate is what permuted labels say, and far below the 5 % of one contrast.
  assert.ok(shares["lu-wang"] > 0 && shares["lu-wang"] < 0.02, `${shares["lu-wang"]}`);
  assert.ok(Math.abs(shares["lu-wang"] - chance) < 0.005, `${shares["lu-wang"]} against ${chance}`);
});

Deno.test("measured on the other fold, strength is unbiased; measured where it was selected, it is too large", async () => {
  const errors: number[] = [];
  const circularErrors: number[] = [];
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const taps = [{ name: "tap", shape: [300], selective: 0.2, effect: 1 }];
    const { recording } = made({ seed, imagesPerFold: 10, shared: 0, taps });
    const { recording: truth } = made({ seed, imageSeed: 1000 + seed, imagesPerFold: 300, shared: 0, taps });
    const { taps: [result] } = await analyseNetwork(recording, {
      ...FEW,
      permutations: 0,
      criterion: named("lu-wang"),
    });
    const scale = tapScale(recording.taps[0].moments.flat());
    const [folds] = selections(recording, named("lu-wang"));
    TARGETS.forEach((category, target) => {
      const { mean } = truth.taps[0].moments[target][0];
      const expected = folds.reduce((sum, fold) => {
        const { units } = fold[target];
        return sum + units.reduce((total, u) => total + mean[u], 0) / units.length / folds.length;
      }, 0) / scale;
      const own = result.categories[category];
      errors.push(own.strength.response.value! - expected);
      circularErrors.push(own.circular.response! - expected);
      assert.ok(own.circular.dprime! > own.specificity.dprime.value!);
      assert.ok(own.circular.t! > own.specificity.t.value!);
    });
  }
  const summary = (values: number[]): [number, number] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    return [mean, Math.sqrt(variance / values.length)];
  };
  const [bias, error] = summary(errors);
  const [circularBias, circularError] = summary(circularErrors);
  assert.ok(Math.abs(bias) < 3 * error, `bias ${bias} ± ${error}`);
  assert.ok(circularBias > 5 * circularError && circularBias > 0.1, `circular bias ${circularBias} ± ${circularError}`);
});

Deno.test("the same recording and seed give the same JSON, another seed other intervals around the same values", async () => {
  const { recording } = made({ seed: 2 });
  const options = { ...FEW, replicates: 40, criteria: [named("topk")] };
  const json = async (seed: number) => JSON.stringify(await analyseNetwork(recording, { ...options, seed }));
  const first = await json(3);
  // Another network in between must leave no trace.
  await analyseNetwork(planted.recording, { ...FEW, replicates: 10, seed: 3 });
  assert.equal(await json(3), first);
  const other = JSON.parse(await json(4)) as NetworkAnalysis;
  const same = JSON.parse(first) as NetworkAnalysis;
  for (const category of TARGETS) {
    const [a, b] = [same, other].map(({ taps }) => taps[1].categories[category]);
    assert.deepEqual([a.selected, a.specificity.t.value, a.foldDice], [b.selected, b.specificity.t.value, b.foldDice]);
    assert.notDeepEqual(a.specificity.t.interval, b.specificity.t.interval);
  }
});

/** Two analyses have the same numbers but for rounding, and but for `left`, which hang on which images were drawn together. */
function assertAlike(own: unknown, other: unknown, left: readonly string[], path = "analysis"): void {
  if (typeof own === "number" && typeof other === "number") {
    assert.ok(Math.abs(own - other) <= 1e-4 * Math.max(0.1, Math.abs(other)), `${path}: ${own} is not ${other}`);
  } else if (typeof own === "object" && own !== null && typeof other === "object" && other !== null) {
    assert.deepEqual(Object.keys(own), Object.keys(other), path);
    for (const [key, value] of Object.entries(own)) {
      if (!left.includes(key)) assertAlike(value, (other as Record<string, unknown>)[key], left, `${path}.${key}`);
    }
  } else {
    assert.equal(own, other, path);
  }
}

/** What goes into a file. */
function written({ taps, consistency }: NetworkAnalysis): unknown {
  return { taps, consistency };
}

Deno.test("the order of the images changes no estimate", async () => {
  const order = planted.recording.images.map((_, i) => i);
  new Random(1, "order").shuffle(order, 0, order.length);
  const shuffled = await analyseSoundly(reordered(planted.recording, order));
  assertAlike(written(shuffled), written(await analysed()), ["null", "interval"]);
});

Deno.test("conditions that take turns change no interval either", async () => {
  const { images } = planted.recording;
  const order = images.map((_, i) => i).sort((a, b) => {
    const place = (i: number) => images.slice(0, i).filter(({ condition }) => condition === images[i].condition).length;
    return place(a) - place(b) || a - b;
  });
  assert.notDeepEqual(order, images.map((_, i) => i));
  const turned = await analyseSoundly(reordered(planted.recording, order));
  assertAlike(written(turned), written(await analysed()), ["null"]);
});

Deno.test("steps are told as they are done", async () => {
  const steps: [number, number][] = [];
  await analyseNetwork(made({ seed: 3 }).recording, {
    ...FEW,
    replicates: 10,
    permutations: 0,
    onProgress: (done, total) => steps.push([done, total]),
  });
  assert.deepEqual(steps, Array.from({ length: 8 }, (_, i) => [i + 1, 8]));
});

Deno.test("analyseNetwork() says what is wrong with its options and its recording", async () => {
  const { recording } = planted;
  const refused = (options: Record<string, unknown>, message: RegExp) =>
    assert.rejects(analyseNetwork(recording, { ...FEW, ...options }), (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  await refused({ replicates: 9 }, /Cannot analyse with replicates = 9; expected an integer of at least 10/);
  await refused({ selectionReplicates: 1 }, /selectionReplicates = 1/);
  await refused({ otherReplicates: 2.5 }, /otherReplicates = 2.5/);
  await refused({ mapReplicates: NaN }, /mapReplicates = NaN/);
  await refused({ permutations: -1 }, /permutations = -1; expected an integer of at least 0/);
  await refused({ placements: 1 }, /placements = 1/);
  await refused({ resampledUnits: 0 }, /resampledUnits = 0/);
  await refused({ matchedProportion: 1 }, /matchedProportion = 1; expected a number in \(0, 1\)/);
  await refused({ level: 95 }, /level = 95/);
  await refused({ targets: [] }, /Cannot analyse without targets; expected at least one condition to select for/);
  await refused({ targets: ["faces", "cars"] }, /Cannot select for "cars": the recording has no such condition/);
  await assert.rejects(analyseNetwork({ ...recording, images: [] }, FEW), /it has no images; expected at least one/);
});
