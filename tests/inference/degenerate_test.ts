import assert from "node:assert/strict";
import type { RecordedImage } from "../../src/recording/mod.ts";
import { analyseSoundly, CONDITIONS, deciding, imagesOf, made, noise, prefers, recordingOf, TARGETS } from "./made.ts";

const EVERY = ["tdann", "ratio", "topk", "ranksum", "lu-wang"];

Deno.test("one image per condition and half has no variance to test, and says so in place of a proportion of zero", async () => {
  const { recording } = made({ seed: 1, imagesPerCondition: 2, blocks: 2, categories: 1 });
  const { layers: [layer] } = await analyseSoundly(recording, { criteria: ["tdann", "ratio"] });
  const own = layer.categories.faces;
  assert.deepEqual([own.measures.proportion.value, own.halfDice, own.null], [null, null, null]);
  assert.equal(own.reason, own.measures.proportion.reason);
  assert.match(own.measures.proportion.reason!, /^condition faces has fewer than two images in a half$/);
  assert.equal(own.measures["specificity.index"].reason, own.measures.proportion.reason);
  assert.equal(layer.criteria.tdann.faces.measures.proportion.value, null);
  assert.ok(layer.criteria.ratio.faces.measures.proportion.value !== null);
});

Deno.test("a unit that differs between images is alive where every block holds a single image", async () => {
  const { layers: [layer] } = await analyseSoundly(recordingOf(imagesOf(1), [prefers("layer", [12])]));
  assert.equal(layer.deadUnits, 0);
});

Deno.test("units selected without a test are measured as far as one held-out image goes", async () => {
  const { recording } = made({ seed: 1, imagesPerCondition: 2, blocks: 2, categories: 1 });
  const { layers: [layer] } = await analyseSoundly(recording, { criterion: "every unit" }, [deciding("every unit", 1)]);
  const { measures, spread } = layer.categories.faces;
  assert.deepEqual(Object.keys(spread!), ["specificity.index"]);
  assert.equal(measures["specificity.t"].value, null);
  assert.match(measures["specificity.t"].reason!, /fewer than two held-out images/);
  assert.ok(measures["specificity.index"].value !== null);
  // Single images tell nothing of the layer's noise.
  assert.deepEqual([measures["strength.margin"].value, measures["strength.margin"].reason], [
    null,
    "the layer has no variance within conditions",
  ]);
});

Deno.test("a category absent from one half has the proportion of the other, and says what is missing", async () => {
  const images = imagesOf(8, { blocks: 2 });
  const without = images.filter(({ condition, block }) => condition !== 0 || block === 0);
  const { layers: [layer] } = await analyseSoundly(recordingOf(without, [prefers("layer", [30])], 2));
  const whole = await analyseSoundly(recordingOf(images, [prefers("layer", [30])], 2));
  const { measures, selected, halfDice, reason } = layer.categories.faces;
  assert.equal(measures.proportion.value, selected / 30);
  assert.ok(selected > 0.7 * whole.layers[0].categories.faces.selected, `${selected}`);
  assert.deepEqual([halfDice, reason], [null, "condition faces has no image in a half"]);
  assert.equal(measures["specificity.t"].reason, "the category has no held-out image");
});

Deno.test("a condition without images in one half, or in either, is left out of its contrasts", async () => {
  const kept = (leave: (image: RecordedImage) => boolean) =>
    recordingOf(
      imagesOf(6, { blocks: 2 }).filter((image) => !leave(image)),
      [prefers("layer", [4, 3, 3]), prefers("last", [18])],
      2,
    );
  const objects = CONDITIONS.indexOf("objects");
  const oneHalf = await analyseSoundly(kept(({ condition, block }) => condition === objects && block === 1));
  assert.ok(oneHalf.layers[0].categories.faces.selected > 0);
  const neither = await analyseSoundly(kept(({ condition }) => condition === objects));
  assert.ok(neither.layers[0].categories.faces.selected > 0);
  assert.ok(neither.layers[0].dissimilarity[objects].every((value) => value === null));
  const oneSided = await analyseSoundly(kept(({ block }) => block === 1));
  assert.equal(oneSided.layers[0].categories.faces.measures["specificity.t"].value, null);
});

Deno.test("a layer that is zero throughout selects nothing and is dead throughout", async () => {
  const recording = recordingOf(imagesOf(4), [
    { name: "zero", shape: [3, 4, 4], respond: () => 0 },
    prefers("alive", [24]),
    prefers("also", [30]),
  ]);
  const { layers, consistency } = await analyseSoundly(recording, { criteria: EVERY });
  assert.deepEqual([layers[0].deadUnits, layers[0].units, layers[0].selfCheck], [48, 48, 0]);
  for (const category of TARGETS) {
    const own = layers[0].categories[category];
    assert.deepEqual([own.selected, own.measures.proportion.value, own.halfDice, own.spread], [0, 0, null, null]);
    assert.equal(own.measures["specificity.t"].reason, "no unit passes the fixed threshold");
    assert.deepEqual(own.channels, []);
    assert.deepEqual([own.null!.mean, own.null!.pValue], [0, 1]);
    for (const summary of Object.values(layers[0].criteria)) assert.equal(summary[category].selected, 0);
  }
  // Images that all look the same are alike in nothing: such a layer correlates with no other.
  assert.equal(consistency.all.matrix[0][1], null);
  assert.ok(consistency.all.matrix[1][2] !== null);
});

Deno.test("a constant unit is never selected, however large, nor one that is constant within each condition", async () => {
  const draw = noise(3);
  const recording = recordingOf(imagesOf(4), [
    {
      name: "constant",
      shape: [16],
      respond: ({ condition }, unit) => (unit === 0 ? 1000 : draw() + (unit < 9 && condition === 0 ? 5 : 0)),
    },
    {
      name: "within",
      shape: [12],
      respond: ({ condition }, unit) => (unit === 0 ? (condition === 0 ? 5 : 0) : draw()),
    },
  ]);
  const { layers: [constant, within] } = await analyseSoundly(recording, { criteria: EVERY });
  assert.deepEqual([constant.deadUnits, within.deadUnits], [1, 1]);
  assert.equal(constant.categories.faces.selected, 8);
  assert.ok(constant.categories.faces.channels.every(({ channel }) => channel !== 0));
  assert.equal(within.categories.faces.selected, 0);
});

Deno.test("layers of one unit, one channel or one row are measured as far as they go", async () => {
  const recording = recordingOf(imagesOf(4), [
    { name: "one unit", shape: [1], respond: ({ condition }, _, i) => Math.sin(i) + (condition === 0 ? 9 : 0) },
    prefers("one place", [12, 1, 1]),
    prefers("one channel", [1, 5, 5]),
    prefers("one row", [4, 1, 7]),
    prefers("tokens", [10, 6]),
    prefers("odd tokens", [7, 6]),
  ]);
  const { layers } = await analyseSoundly(recording, { criteria: EVERY });
  const [unit, place, channel, row, tokens, odd] = layers.map(({ categories }) => categories.faces);
  assert.equal(unit.measures.proportion.value, 1);
  assert.equal(unit.measures["localization.across.gini"].reason, "the layer has a single channel");
  assert.equal(unit.map, null);
  assert.equal(place.measures["localization.within.moran"].reason, "the layer has no positions");
  assert.ok(channel.measures["localization.within.moran"].value !== null);
  assert.equal(channel.measures["localization.across.entropy"].value, null);
  assert.deepEqual([row.map?.rows, row.map?.columns], [1, 7]);
  assert.equal(tokens.map?.rows, 3);
  assert.equal(odd.map, null);
});

Deno.test("a criterion that selects nothing leaves every measure without a value but with a reason", async () => {
  const { layers, measures } = await analyseSoundly(made({ seed: 2 }).recording, { criterion: "no unit" }, [
    deciding("no unit", 0),
  ]);
  for (const category of TARGETS) {
    const own = layers[1].categories[category];
    assert.deepEqual([own.measures.proportion.value, own.halfDice], [0, null]);
    for (const name of ["specificity.dprime", "strength.margin", "localization.across.gini"]) {
      assert.deepEqual([own.measures[name].value, own.measures[name].reason], [null, "no unit is selected"], name);
    }
    assert.ok(Object.values(own.circular).every((value) => value === null));
    for (const { dprime, retained, reason } of own.generalization) {
      assert.deepEqual([dprime, retained, typeof reason], [null, null, "string"]);
    }
    assert.ok(own.matched["specificity.t"].value !== null);
    assert.match(measures.consistency[category].reason!, /fewer than two layers have/);
  }
});

Deno.test("a criterion that selects everything has no exclusive unit and no pattern in space", async () => {
  const { layers: [layer], measures } = await analyseSoundly(made({ seed: 2 }).recording, { criterion: "every unit" }, [
    deciding("every unit", 1),
  ]);
  for (const category of TARGETS) {
    const own = layer.categories[category];
    const { proportion } = own.measures;
    assert.deepEqual([proportion.value, proportion.interval, own.halfDice], [1, null, 1]);
    assert.equal(proportion.reason, "every split and deletion gives the same number");
    assert.equal(own.measures["specificity.exclusivity"].value, 0);
    assert.equal(own.measures["localization.within.moran"].value, null);
    assert.ok(Math.abs(own.measures["localization.across.entropy"].value! - 1) < 1e-12);
    assert.equal(own.measures["localization.across.entropy"].z, null);
    assert.deepEqual([own.null!.mean, own.null!.pValue], [1, 1]);
    assert.ok(measures.consistency[category].value! < measures.consistency.all.value!, "over draws of few units");
  }
});

Deno.test("conditions of a single finer category have nothing to generalize to; others are tried both ways", async () => {
  const single = recordingOf(imagesOf(4), [prefers("layer", [18])]);
  assert.deepEqual((await analyseSoundly(single)).layers[0].categories.faces.generalization, []);
  const double = recordingOf(imagesOf(6, { categories: 2 }), [prefers("layer", [18])]);
  const { generalization } = (await analyseSoundly(double)).layers[0].categories.faces;
  assert.deepEqual(generalization.map(({ from, to }) => [from, to]).sort(), [
    ["faces-0", "faces-1"],
    ["faces-1", "faces-0"],
  ]);
  for (const { dprime, dprimeSelecting, ratio, retained } of generalization) {
    assert.ok(dprime! > 1 && retained! > 0.5);
    assert.equal(ratio, dprime! / dprimeSelecting!);
  }
});

Deno.test("units that prefer one finer category alone do not generalize to the other", async () => {
  const draw = noise(9);
  const recording = recordingOf(imagesOf(8, { categories: 2 }), [{
    name: "layer",
    shape: [40],
    respond: ({ category }, unit) => draw() + (unit < 10 && category === "faces-0" ? 5 : 0),
  }]);
  const { generalization } = (await analyseSoundly(recording)).layers[0].categories.faces;
  const toOther = generalization.find(({ from }) => from === "faces-0")!;
  assert.ok(toOther.dprime! < 0.3, `${toOther.dprime}`);
  assert.ok(toOther.retained! < 0.2, `${toOther.retained}`);
  assert.ok(toOther.ratio! < 0.2 && toOther.retainedSelecting! > 0.5, `${toOther.ratio}`);
});

Deno.test("a recording without layers has nothing to say and says it", async () => {
  const { layers, measures } = await analyseSoundly(recordingOf(imagesOf(3), []));
  assert.deepEqual(layers, []);
  assert.match(measures.consistency.all.reason!, /fewer than two layers/);
});

Deno.test("a layer of few sampled units is selected throughout, and ranked among the sampled alone", async () => {
  const { recording } = made({ seed: 6, sampledUnits: 20 });
  const { layers: [layer] } = await analyseSoundly(recording, { criteria: ["ranksum"] });
  assert.deepEqual([layer.units, layer.sampledUnits], [200, 20]);
  const { selected, measures } = layer.criteria.ranksum.faces;
  assert.equal(measures.proportion.value, selected / 20);
  assert.match(measures["localization.within.entropy"].reason!, /only sampled units can be selected/);
});

Deno.test("a main criterion of single responses has no interval and no null, and says why", async () => {
  const { layers } = await analyseSoundly(made({ seed: 6 }).recording, { criterion: "ranksum" });
  const categories = layers.flatMap((layer) => Object.values(layer.categories)).filter(({ selected }) => selected > 0);
  assert.ok(categories.length > 0);
  for (const { null: chance, reason, measures } of categories) {
    assert.equal(chance, null);
    assert.match(reason!, /labels were not permuted/);
    assert.equal(measures.proportion.interval, null);
    assert.ok(measures.proportion.reason !== undefined);
  }
  assert.deepEqual(layers.map(({ deletedUnits }) => deletedUnits), [0, 0, 0]);
});
