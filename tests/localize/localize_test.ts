import assert from "node:assert/strict";
import { CONJUNCTION_FIXED, conjunctionFixed, CRITERIA, parseCriterion } from "../../src/criteria/mod.ts";
import {
  averageMeasured,
  designOf,
  drawSplits,
  type Halves,
  LayerEvaluator,
  localize,
  localizeHalves,
  measurePlaces,
  measureSelection,
  selectedUnits,
  wholeMoments,
} from "../../src/localize/mod.ts";
import {
  DPRIME,
  EXCLUSIVITY,
  LayerLayout,
  MEAN_T,
  type Measure,
  MEASURES,
  type PlacementMeasure,
  PlacementMeter,
  PlacementNull,
  PROPORTION,
  RESPONSE,
} from "../../src/measures/mod.ts";
import { memoryRecording } from "../../src/recording/mod.ts";
import { momentsOfResponses } from "../../src/statistics/mod.ts";
import { allClose, close } from "../statistics/golden.ts";
import { CONDITIONS, headerOf, imagesOf, layerOf, responsesOf } from "./made.ts";

const BLOCKS = 4;
const SHAPE = [4, 5, 5];
const UNITS = 100;
const images = imagesOf(4, BLOCKS, 6);
const values = responsesOf(images, UNITS);
const layer = layerOf(images, { values, shape: SHAPE, blocks: BLOCKS });
const header = headerOf(images, BLOCKS, [layer]);
const design = designOf(header, { targets: ["faces", "places"], derived: { scrambled: "places" } });
const measures = MEASURES.filter(({ kind }) => kind !== "network");
const placements = measures.filter((measure): measure is PlacementMeasure => measure.kind === "placement");
const placement = {
  meter: new PlacementMeter(new LayerLayout(SHAPE), placements),
  nulls: new PlacementNull({ shape: SHAPE, measures: placements, placements: 50, seed: 1 }),
};
const criterion = parseCriterion("conjunction", CONDITIONS);
const [split] = drawSplits(BLOCKS, 1, 0);

function evaluatorOf(own = layer, some: readonly Measure[] = measures): LayerEvaluator {
  return new LayerEvaluator({ layer: own, design, measures: some, placement });
}

function halvesOf(evaluator: LayerEvaluator): Halves {
  return [evaluator.half(split, 0), evaluator.half(split, 1)];
}

Deno.test("a layer's units are selected on one half and measured on the other, and both ways are averaged", () => {
  const evaluator = evaluatorOf();
  const halves = halvesOf(evaluator);
  const { selections, found } = localizeHalves(evaluator, halves, { criterion });
  const noise = evaluator.noise(halves, criterion);
  design.targets.forEach((target, index) => {
    const both = [0, 1].map((half) =>
      measureSelection({
        measures,
        selections: selections[half],
        fixed: halves[half].select(CONJUNCTION_FIXED),
        index,
        moments: halves[1 - half].momentsFor(criterion),
        otherMoments: halves[half].momentsFor(criterion),
        everyMoments: halves[1 - half].momentsFor({ usesDerived: true }),
        target,
        noise,
        population: UNITS,
        places: (selected) => measurePlaces(selected, placement),
      })
    );
    assert.equal(found[index].selected, (selections[0][index].units.length + selections[1][index].units.length) / 2);
    assert.ok(found[index].selected > 10);
    measures.forEach((measure, m) => {
      const { value } = found[index].values[m];
      assert.ok(value !== null, measure.name);
      close(value, (both[0].values[m].value! + both[1].values[m].value!) / 2, { tolerance: 1e-12, what: measure.name });
    });
    CONDITIONS.forEach((name, c) =>
      close(found[index].profile[c].value, (both[0].profile[c].value! + both[1].profile[c].value!) / 2, {
        tolerance: 1e-12,
        what: name,
      })
    );
  });
});

Deno.test("units that were planted are selected, and respond on the other half as planted", () => {
  const { selections, found } = localizeHalves(evaluatorOf(), halvesOf(evaluatorOf()), { criterion });
  design.targets.forEach((target, index) => {
    const planted = [...Array(UNITS).keys()].filter((unit) => unit % 5 === target && unit % 9 !== 8);
    for (const half of selections) {
      const units = [...half[index].units];
      assert.ok(planted.every((unit) => units.includes(unit)));
      assert.ok(units.length <= planted.length + 2);
    }
    const dprime = found[index].values[measures.indexOf(DPRIME)].value!;
    assert.ok(dprime > 2 && dprime < 3.5, `${dprime}`);
  });
});

Deno.test("circular measures are those of the half that selected, and larger than those of the other", () => {
  // Many units that it selects prefer nothing, and only seem to on the images that selected them.
  const lenient = parseCriterion("min(t) > 0.3", CONDITIONS);
  const evaluator = evaluatorOf(layer, [MEAN_T]);
  const halves = halvesOf(evaluator);
  const selections = [halves[0].select(lenient), halves[1].select(lenient)] as const;
  const held = evaluator.measure(halves, selections, { criterion: lenient });
  const circular = evaluator.measure(halves, selections, { criterion: lenient, circular: true });
  // Selecting and measuring on the same images is what one half does with itself.
  const own = [0, 1].map((half) =>
    evaluator.measure([halves[half], halves[half]], [selections[half], selections[half]], { criterion: lenient })
  );
  circular.forEach(({ values: [found] }, target) => {
    close(found.value, (own[0][target].values[0].value! + own[1][target].values[0].value!) / 2, { tolerance: 1e-12 });
    assert.ok(found.value! > held[target].values[0].value!);
  });
});

Deno.test("the noise is the variance within the conditions that a criterion uses, each half by itself", () => {
  const evaluator = evaluatorOf();
  const halves = halvesOf(evaluator);
  const within = (conditions: readonly number[]): number => {
    const groups = conditions.flatMap((c) =>
      [0, 1].map((half) =>
        images.flatMap((image, i) => image.condition === c && split[image.block] === half ? [i] : [])
      )
    );
    let sum = 0;
    for (let unit = 0; unit < UNITS; unit++) {
      for (const group of groups) {
        const own = group.map((i) => values[i * UNITS + unit]);
        const mean = own.reduce((total, value) => total + value, 0) / own.length;
        sum += own.reduce((total, value) => total + (value - mean) ** 2, 0);
      }
    }
    return Math.sqrt(sum / groups.reduce((total, { length }) => total + length - 1, 0) / UNITS);
  };
  close(evaluator.noise(halves, criterion), within([0, 1, 2]), { tolerance: 1e-6 });
  close(evaluator.noise(halves, parseCriterion("lu-wang", [])), within([0, 1, 2, 3]), { tolerance: 1e-6 });
});

Deno.test("specificity and strength are measured at the fixed threshold only where the criterion's own one moves", () => {
  const evaluator = evaluatorOf();
  const halves = halvesOf(evaluator);
  const byName = (name: string) => localizeHalves(evaluator, halves, { criterion: parseCriterion(name, CONDITIONS) });
  const fixed = byName("conjunction-fixed");
  const lenient = byName("min(t) > 0.5");
  assert.deepEqual(fixed.measured, fixed.selections);
  assert.deepEqual(lenient.measured, lenient.selections);
  assert.ok(lenient.found[0].selected > fixed.found[0].selected);
  for (const name of ["conjunction", "conjunction-max"]) {
    const { measured, selections, found } = byName(name);
    assert.deepEqual(measured, fixed.selections);
    found.forEach((own, t) => {
      assert.equal(own.selected, (selections[0][t].units.length + selections[1][t].units.length) / 2);
      assert.equal(own.measured, fixed.found[t].selected);
      assert.deepEqual(own.profile, fixed.found[t].profile);
      measures.forEach((measure, m) => {
        if (measure.kind === "unit") {
          assert.deepEqual(own.values[m], fixed.found[t].values[m], measure.name);
          assert.notDeepEqual(own.values[m], lenient.found[t].values[m], measure.name);
        }
      });
      assert.equal(own.values[measures.indexOf(PROPORTION)].value, own.selected / UNITS);
    });
  }
});

Deno.test("the response profile has the target's response where strength has it, and conditions that no criterion used", () => {
  const { found } = localizeHalves(evaluatorOf(), halvesOf(evaluatorOf()), { criterion });
  design.targets.forEach((target, index) => {
    const { profile, values } = found[index];
    assert.equal(profile.length, CONDITIONS.length);
    assert.equal(profile[target].value, values[measures.indexOf(RESPONSE)].value);
    // Planted: 4 to the target and 1 to everything else, in noise of about 1; a ninth of the units is constant.
    profile.forEach(({ value }, c) => close(value, c === target ? 4.2 : 1.06, { tolerance: 0.1 }));
  });
});

Deno.test("where no unit passes the fixed threshold there is nothing to measure, and the reason says so", () => {
  const strict = new LayerEvaluator({ layer, design, measures, placement, fixed: conjunctionFixed(1e-30) });
  const { found } = localizeHalves(strict, halvesOf(strict), { criterion });
  const reason = "no unit passes the fixed threshold";
  assert.ok(found[0].selected > 10);
  assert.equal(found[0].measured, 0);
  assert.deepEqual(found[0].values[measures.indexOf(DPRIME)], { value: null, reason });
  assert.deepEqual(found[0].profile[3], { value: null, reason });
  assert.ok(found[0].values[measures.indexOf(PROPORTION)].value! > 0);
});

Deno.test("a half that cannot select is left out, and a target that neither can is null with the reason", () => {
  // Of places one half has no image, of words each half a single one.
  const words = ([0, 1] as const).map((half) =>
    images.find(({ condition, block }) => condition === 2 && split[block] === half)
  );
  const few = images.filter((image) =>
    image.condition === 1 ? split[image.block] === 0 : image.condition !== 2 || words.includes(image)
  );
  const part = layerOf(few, { values: responsesOf(few, UNITS), shape: SHAPE, blocks: BLOCKS });
  const own = designOf(headerOf(few, BLOCKS, [part]), { targets: ["faces", "places", "words"] });
  const evaluator = new LayerEvaluator({ layer: part, design: own, measures: [PROPORTION, DPRIME], placement });
  const topk = parseCriterion("topk", CONDITIONS);
  const halves = halvesOf(evaluator);
  const counts = halves.map((half) => half.momentsFor(topk).map(({ n }) => n));
  assert.deepEqual(counts, [[12, 12, 1, 12], [12, 0, 1, 12]]);
  const { found, selections } = localizeHalves(evaluator, halves, { criterion: topk });
  // Half 0 selects for places, but half 1 has nothing to measure them with.
  assert.equal(found[1].selected, selections[0][1].units.length);
  assert.equal(found[1].values[0].value, selections[0][1].units.length / UNITS);
  assert.deepEqual(found[1].values[1], { value: null, reason: "the category has no held-out image" });
  const reason = "condition words has fewer than two images in a half";
  const nothing = { value: null, reason };
  assert.deepEqual(found[2], {
    selected: 0,
    measured: 0,
    values: [nothing, nothing],
    profile: CONDITIONS.map(() => nothing),
  });
});

Deno.test("where only sampled units can be selected, they are the population and have no places", () => {
  const sampled = {
    ...layer,
    sample: {
      units: Uint32Array.from({ length: 50 }, (_, i) => 2 * i),
      responses: values.filter((_, at) => at % 2 === 0),
    },
  };
  const evaluator = evaluatorOf(sampled);
  const ranksum = parseCriterion("ranksum", CONDITIONS);
  assert.equal(evaluator.populationOf(ranksum), 50);
  assert.equal(evaluator.populationOf(criterion), UNITS);
  const { found, selections } = localizeHalves(evaluator, halvesOf(evaluator), { criterion: ranksum });
  const [own] = found;
  close(
    own.values[measures.indexOf(PROPORTION)].value,
    (selections[0][0].units.length + selections[1][0].units.length) / 100,
  );
  measures.forEach(({ kind, name }, m) => {
    if (kind !== "placement") return;
    const { value, reason, random, z } = own.values[m];
    assert.deepEqual([value, random, z], [null, null, null], name);
    assert.match(reason!, /only sampled units can be selected/);
  });
});

Deno.test("places come beside their expectation when as many units are placed at random", () => {
  const mask = new Uint8Array(UNITS);
  for (const unit of [0, 1, 5, 6, 10, 11, 27, 55]) mask[unit] = 1;
  const selection = { mask, units: selectedUnits(mask) };
  const { values: found } = measureSelection({
    measures: placements,
    selections: [selection],
    fixed: null,
    index: 0,
    moments: wholeMoments(layer),
    otherMoments: wholeMoments(layer),
    everyMoments: wholeMoments(layer),
    target: 0,
    noise: 1,
    population: UNITS,
    places: (selected) => measurePlaces(selected, placement),
  });
  const plain = placement.meter.measure(selection.units);
  const expected = placement.nulls.expect(selection.units);
  found.forEach((own, m) => {
    assert.ok("random" in own);
    assert.equal(own.value, plain[m].value);
    assert.equal(own.random, expected[m]!.mean);
    close(own.z, (own.value! - own.random!) / expected[m]!.deviation, { tolerance: 1e-12 });
  });
});

Deno.test("averageMeasured() averages what is defined, else gives the first reason", () => {
  assert.deepEqual(averageMeasured([{ value: 1 }, { value: 4 }]), { value: 2.5 });
  assert.deepEqual(averageMeasured([{ value: null, reason: "a" }, { value: 4 }]), { value: 4 });
  const none = [{ value: null, reason: "a" }, { value: null, reason: "b" }];
  assert.deepEqual(averageMeasured(none), { value: null, reason: "a" });
  assert.equal(averageMeasured([]).value, null);
});

Deno.test("wholeMoments() are of all images of a condition", () => {
  const found = wholeMoments(layer);
  const condition = Int32Array.from(images, (image) => image.condition);
  momentsOfResponses({ values, units: UNITS, condition, conditions: 4 }).forEach(({ n, mean, m2 }, c) => {
    assert.equal(found[c].n, n);
    allClose(found[c].mean, [...mean], { tolerance: 1e-12 });
    allClose(found[c].m2, [...m2], { tolerance: 1e-11 });
  });
});

Deno.test("localize() goes through the layers of a recording, with the first criterion unless told otherwise", async () => {
  const second = layerOf(images, { values: responsesOf(images, 8, 2), shape: [8], blocks: BLOCKS, name: "pool" });
  const both = memoryRecording(headerOf(images, BLOCKS, [layer, second]), [layer, second]);
  const settings = { recording: both, targets: ["faces", "places"], derived: { scrambled: "places" } };
  const found = await Array.fromAsync(localize(settings));
  assert.deepEqual(found.map((own) => own.layer.name), ["layer", "pool"]);
  assert.deepEqual(found[0].measures, measures.map(({ name }) => name));
  const own = localizeHalves(evaluatorOf(), halvesOf(evaluatorOf()), { criterion: CRITERIA[0] });
  assert.deepEqual(found[0].selections, own.selections);
  const some = [EXCLUSIVITY, RESPONSE];
  const [other] = await Array.fromAsync(localize({ ...settings, criterion: "min(t) > 2", seed: 3, measures: some }));
  assert.deepEqual(other.measures, some.map(({ name }) => name));
  assert.notDeepEqual(other.selections, found[0].selections);
  const [lax] = await Array.fromAsync(localize({ ...settings, fixedThreshold: 0.01 }));
  assert.deepEqual(lax.selections, found[0].selections);
  assert.ok(lax.found[0].measured > found[0].found[0].measured);
});

Deno.test("localize() refuses targets, criteria and blocks that it cannot use", async () => {
  const recording = memoryRecording(header, [layer]);
  const first = (input: { targets: string[]; criterion?: string }): Promise<unknown> =>
    localize({ recording, ...input }).next();
  await assert.rejects(first({ targets: ["cars"] }), /Cannot select for "cars"/);
  await assert.rejects(
    localize({ recording, targets: ["faces"], fixedThreshold: 0.5 }).next(),
    /Cannot select by a threshold of 0.5; expected a number in \(0, ½\)/,
  );
  await assert.rejects(first({ targets: ["faces"], criterion: "min(d) >" }), /Cannot read the criterion/);
  const odd = images.map((image) => ({ ...image, block: image.block % 3 }));
  const three = layerOf(odd, { values, shape: SHAPE, blocks: 3 });
  const uneven = memoryRecording(headerOf(odd, 3, [three]), [three]);
  await assert.rejects(localize({ recording: uneven, targets: ["faces"] }).next(), /Cannot cut 3 blocks/);
});
