import assert from "node:assert/strict";
import { CRITERIA, type Criterion, type RecordedImage } from "../../src/localizer/mod.ts";
import { holm, Random } from "../../src/resampling/mod.ts";
import { analyseSoundly, CONDITIONS, imagesOf, made, recordingOf, type Responding, TARGETS } from "./recordings.ts";

function noise(seed: number): () => number {
  const random = new Random(seed, "test");
  return () => random.normal();
}

/** Every third unit of a tap prefers faces, the next bodies. */
function prefers(name: string, shape: readonly number[], effect = 3): Responding {
  const draw = noise(shape.length);
  return { name, shape, respond: ({ condition }, unit) => draw() + (unit % 3 === condition ? effect : 0) };
}

function criterionOf(name: string, decide: 0 | 1): Criterion {
  return {
    name,
    definition: name,
    status: "user",
    source: "a test",
    doi: null,
    needsResponses: false,
    population: "units",
    select: ({ moments }) => new Uint8Array(moments[0].mean.length).fill(decide),
  };
}

Deno.test("two images per condition and fold give numbers for all that two images can tell", async () => {
  const { recording } = made({ seed: 1, imagesPerFold: 2 });
  const { taps: [tap], consistency } = await analyseSoundly(recording, { criteria: CRITERIA });
  const { matched, curve } = tap.categories.faces;
  assert.ok(matched.specificity.t.value !== null && matched.strength.response.value !== null);
  assert.equal(curve.length, 6);
  assert.ok(consistency.all.mean.value !== null);
});

Deno.test("one image per condition and fold has no variance, and says so", async () => {
  const { recording } = made({ seed: 1, imagesPerFold: 1 });
  const { taps: [tap] } = await analyseSoundly(recording, { criterion: criterionOf("every unit", 1) });
  const { specificity, strength } = tap.categories.faces;
  assert.equal(specificity.t.value, null);
  assert.match(specificity.t.reason!, /fewer than two held-out images/);
  assert.ok(specificity.index.value !== null && strength.lead.value !== null);
});

Deno.test("a criterion that has no variance to test says so in place of a proportion of zero", async () => {
  const { recording } = made({ seed: 1, imagesPerFold: 1 });
  const { taps: [tap] } = await analyseSoundly(recording, { criteria: CRITERIA });
  const own = tap.categories.faces;
  assert.deepEqual([own.proportion, own.interval, own.null, own.foldDice], [null, null, null, null]);
  assert.match(own.reason!, /^condition faces has fewer than two images in fold 0$/);
  assert.equal(own.specificity.index.reason, own.reason);
  assert.equal(tap.criteria.tdann.faces.proportion, null);
  assert.ok(tap.criteria.ratio.faces.proportion !== null);
});

Deno.test("a category absent from one fold has the proportion of the other", async () => {
  const images = imagesOf(8);
  const recording = recordingOf(
    images.filter(({ condition, fold }) => condition !== 0 || fold === 0),
    [prefers("tap", [30])],
  );
  const { taps: [tap] } = await analyseSoundly(recording);
  const whole = await analyseSoundly(recordingOf(images, [prefers("tap", [30])]));
  const { proportion, selected, foldDice, reason } = tap.categories.faces;
  assert.equal(proportion, selected / 30);
  assert.ok(proportion! > 0.7 * whole.taps[0].categories.faces.proportion!, `${proportion}`);
  assert.equal(foldDice, null);
  assert.match(reason!, /faces has no image in fold 1/);
});

Deno.test("p values of permuted labels come with Holm's correction over taps, Dice with its chance", async () => {
  const { recording } = made({ seed: 4 });
  const { taps } = await analyseSoundly(recording);
  for (const category of TARGETS) {
    const nulls = taps.map((tap) => tap.categories[category].null!);
    assert.deepEqual(nulls.map(({ correctedP }) => correctedP), holm(nulls.map(({ pValue }) => pValue)));
    for (const tap of taps) {
      const { foldDiceChance } = tap.categories[category];
      if (tap.categories[category].selected > 0) assert.ok(foldDiceChance! >= 0 && foldDiceChance! <= 1);
    }
  }
});

Deno.test("a tap that is zero throughout selects nothing and is dead throughout", async () => {
  const recording = recordingOf(imagesOf(5), [
    { name: "zero", shape: [3, 4, 4], respond: () => 0 },
    prefers("alive", [24]),
    prefers("also", [30]),
  ]);
  const { taps, consistency } = await analyseSoundly(recording, { criteria: CRITERIA });
  assert.deepEqual([taps[0].deadUnits, taps[0].units, taps[0].selfCheck], [48, 48, 0]);
  for (const category of TARGETS) {
    const own = taps[0].categories[category];
    assert.deepEqual([own.selected, own.proportion, own.foldDice, own.spread], [0, 0, null, null]);
    assert.equal(own.specificity.t.reason, "no unit is selected");
    assert.deepEqual(own.channels, []);
    assert.ok(own.null !== null && own.null.mean === 0 && own.null.pValue === 1);
    for (const summary of Object.values(taps[0].criteria)) assert.equal(summary[category].selected, 0);
  }
  // Images that all look the same are alike in nothing: such a tap correlates with no other.
  assert.equal(consistency.all.matrix[0][1], null);
  assert.ok(consistency.all.matrix[1][2] !== null);
});

Deno.test("a constant unit is never selected, however large", async () => {
  const draw = noise(3);
  const recording = recordingOf(imagesOf(6), [{
    name: "tap",
    shape: [16],
    respond: ({ condition }, unit) => (unit === 0 ? 1000 : draw() + (unit < 9 && condition === 0 ? 4 : 0)),
  }]);
  const { taps: [tap] } = await analyseSoundly(recording, { criteria: CRITERIA });
  assert.equal(tap.deadUnits, 1);
  assert.equal(tap.categories.faces.selected, 8);
  assert.ok(tap.categories.faces.channels.every(({ channel }) => channel !== 0));
  for (const category of TARGETS) {
    assert.ok(tap.criteria.tdann[category].selected <= 15 && tap.criteria.ratio[category].selected <= 15);
  }
});

Deno.test("a unit constant within each condition is dead for every contrast", async () => {
  const draw = noise(4);
  const recording = recordingOf(imagesOf(6), [{
    name: "tap",
    shape: [12],
    respond: ({ condition }, unit) => (unit === 0 ? (condition === 0 ? 5 : 0) : draw()),
  }]);
  const { taps: [tap] } = await analyseSoundly(recording);
  assert.equal(tap.deadUnits, 1);
  assert.equal(tap.categories.faces.selected, 0);
});

Deno.test("taps of one unit, one channel or one row are measured as far as they go", async () => {
  const recording = recordingOf(imagesOf(6), [
    { ...prefers("one unit", [1]), respond: ({ condition }, _, i) => Math.sin(i) + (condition === 0 ? 9 : 0) },
    prefers("one place", [12, 1, 1]),
    prefers("one channel", [1, 5, 5]),
    prefers("one row", [4, 1, 7]),
    prefers("tokens", [10, 6]),
    prefers("odd tokens", [7, 6]),
  ]);
  const { taps } = await analyseSoundly(recording, { criteria: CRITERIA });
  assert.equal(taps[0].categories.faces.proportion, 1);
  assert.equal(taps[0].categories.faces.localization.across.gini.reason, "the tap has a single channel");
  assert.equal(taps[0].categories.faces.map, null);
  assert.equal(taps[1].categories.faces.localization.within.moran.reason, "the tap has no positions");
  assert.ok(taps[2].categories.faces.localization.within.moran.value !== null);
  assert.equal(taps[2].categories.faces.localization.across.entropy.value, null);
  assert.deepEqual([taps[3].categories.faces.map?.rows, taps[3].categories.faces.map?.columns], [1, 7]);
  assert.equal(taps[4].categories.faces.map?.rows, 3);
  assert.equal(taps[5].categories.faces.map, null);
});

Deno.test("a criterion that selects nothing leaves every measure without a value but with a reason", async () => {
  const { recording } = made({ seed: 2 });
  const { taps, consistency } = await analyseSoundly(recording, { criterion: criterionOf("no unit", 0) });
  for (const category of TARGETS) {
    const own = taps[1].categories[category];
    assert.deepEqual([own.proportion, own.interval, own.foldDice], [0, [0, 0], null]);
    for (const estimate of Object.values(own.specificity)) assert.equal(estimate.value, null);
    for (const estimate of Object.values(own.strength)) assert.equal(estimate.reason, "no unit is selected");
    assert.deepEqual(own.circular, {
      dprime: null,
      t: null,
      index: null,
      response: null,
      reason: "no unit is selected",
    });
    assert.ok(
      own.generalization.every(({ dprime, retained, reason }) => dprime === null && retained === null && reason),
    );
    assert.ok(own.matched.specificity.t.value !== null);
    assert.match(consistency[category].mean.reason!, /fewer than two taps have/);
  }
});

Deno.test("a criterion that selects everything has no exclusive unit and no pattern in space", async () => {
  const { recording } = made({ seed: 2 });
  const { taps: [tap], consistency } = await analyseSoundly(recording, { criterion: criterionOf("every unit", 1) });
  for (const category of TARGETS) {
    const own = tap.categories[category];
    assert.deepEqual([own.proportion, own.interval, own.foldDice], [1, [1, 1], 1]);
    assert.equal(own.specificity.exclusivity.value, 0);
    assert.equal(own.localization.within.moran.value, null);
    assert.ok(Math.abs(own.localization.across.entropy.value! - 1) < 1e-12);
    assert.equal(own.localization.across.entropy.z, null);
    assert.equal(own.null!.mean, 1);
    assert.equal(own.null!.pValue, 1);
    assert.equal(consistency[category].mean.value, consistency.all.mean.value);
  }
});

Deno.test("conditions of a single finer category have nothing to generalize to; others are tried both ways", async () => {
  const single = recordingOf(imagesOf(6), [prefers("tap", [18])]);
  assert.deepEqual((await analyseSoundly(single)).taps[0].categories.faces.generalization, []);
  const double = recordingOf(imagesOf(8, 2), [prefers("tap", [18])]);
  const { generalization } = (await analyseSoundly(double)).taps[0].categories.faces;
  assert.deepEqual(generalization.map(({ from, to }) => [from, to]), [
    ["faces-1", "faces-0"],
    ["faces-0", "faces-1"],
  ]);
  for (const { dprime, dprimeSelecting, ratio, retained, retainedSelecting } of generalization) {
    assert.ok(dprime! > 1 && retained! > 0.5);
    assert.equal(ratio, dprime! / dprimeSelecting!);
    assert.ok(ratio! > 0.6 && ratio! < 1.6 && Math.abs(retained! - retainedSelecting!) < 0.5, `${ratio}`);
  }
});

Deno.test("units that prefer one finer category alone do not generalize to the other", async () => {
  const draw = noise(9);
  const recording = recordingOf(imagesOf(16, 2), [{
    name: "tap",
    shape: [40],
    respond: ({ category }, unit) => draw() + (unit < 10 && category === "faces-0" ? 5 : 0),
  }]);
  const { generalization } = (await analyseSoundly(recording)).taps[0].categories.faces;
  const toOther = generalization.find(({ from }) => from === "faces-0")!;
  assert.ok(toOther.dprime! < 0.3, `${toOther.dprime}`);
  assert.ok(toOther.retained! < 0.2, `${toOther.retained}`);
  assert.ok(toOther.ratio! < 0.2 && toOther.retainedSelecting! > 0.5, `${toOther.ratio}`);
});

Deno.test("a condition without images in one fold, or in either, is left out of its contrasts", async () => {
  const kept = (leave: (image: RecordedImage) => boolean) =>
    recordingOf(imagesOf(6).filter((image) => !leave(image)), [prefers("tap", [4, 3, 3]), prefers("last", [18])]);
  const objects = CONDITIONS.indexOf("objects");
  const oneFold = await analyseSoundly(kept(({ condition, fold }) => condition === objects && fold === 1));
  assert.ok(oneFold.taps[0].categories.faces.selected > 0);
  const neither = await analyseSoundly(kept(({ condition }) => condition === objects));
  assert.ok(neither.taps[0].categories.faces.selected > 0);
  assert.ok(neither.taps[0].dissimilarity[objects].every((value) => value === null));
  const noTarget = await analyseSoundly(kept(({ condition, fold }) => condition === 0 && fold === 1));
  assert.equal(noTarget.taps[0].categories.faces.specificity.t.reason, "the category has no held-out image");
  const oneSided = await analyseSoundly(kept(({ fold }) => fold === 1));
  assert.equal(oneSided.taps[0].categories.faces.specificity.t.value, null);
});

Deno.test("a recording without taps has nothing to say and says it", async () => {
  const empty = await analyseSoundly(recordingOf(imagesOf(3), []));
  assert.deepEqual(empty.taps, []);
  assert.match(empty.consistency.all.mean.reason!, /fewer than two taps/);
});

Deno.test("a tap of few sampled units is selected throughout, and ranked among the sampled alone", async () => {
  const { recording } = made({ seed: 6, sampledUnits: 20 });
  const { taps: [tap] } = await analyseSoundly(recording, { criteria: CRITERIA });
  assert.deepEqual([tap.units, tap.sampledUnits], [96, 20]);
  assert.equal(tap.criteria.ranksum.faces.withinEntropyZ, null);
  const { selected, proportion } = tap.criteria.ranksum.faces;
  assert.equal(proportion, selected / 20);
  assert.ok(tap.categories.faces.interval !== null);
});

Deno.test("a main criterion that replicates cannot decide says so where an interval is missing", async () => {
  const { recording } = made({ seed: 6 });
  const criterion = CRITERIA.find(({ name }) => name === "ranksum")!;
  const { taps } = await analyseSoundly(recording, { criterion });
  const categories = taps.flatMap((tap) => Object.values(tap.categories)).filter(({ selected }) => selected > 0);
  assert.ok(categories.length > 0);
  for (const { interval, specificity: { exclusivity } } of categories) {
    assert.equal(interval, null);
    assert.equal(exclusivity.interval, null);
    if (exclusivity.value !== null) {
      assert.equal(exclusivity.reason, "rank sums need every response; they are not resampled");
    }
  }
});
