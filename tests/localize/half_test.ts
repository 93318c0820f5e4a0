import assert from "node:assert/strict";
import { CRITERIA, type Criterion, parseCriterion } from "../../src/criteria/mod.ts";
import { designOf, Half, halfMoments, halfResponses, selectedUnits, type Split } from "../../src/localize/mod.ts";
import type { Moments } from "../../src/statistics/mod.ts";
import { CONDITIONS, headerOf, imagesOf, layerOf, responsesOf } from "./made.ts";

const BLOCKS = 4;
const UNITS = 40;
const split: Split = [0, 1, 1, 0];
const images = imagesOf(4, BLOCKS, 6);
const layer = layerOf(images, { values: responsesOf(images, UNITS), shape: [UNITS], blocks: BLOCKS });
const header = headerOf(images, BLOCKS, [layer]);
const asked = { targets: ["faces", "words"], derived: { scrambled: "places", "scrambled words": "words" } };
const design = designOf(header, asked);

function criterion(name: string): Criterion {
  return parseCriterion(name, CONDITIONS);
}

function halfOf(own: readonly Moments[] = halfMoments(layer.moments, { split, half: 0 })): Half {
  return new Half(design, own, { responses: () => halfResponses(layer, design, { split, half: 0 }) });
}

/** Moments of so many images per condition. */
function counted(counts: readonly number[]): Moments[] {
  return counts.map((n) => ({ n, mean: new Float64Array(2), m2: new Float64Array(2) }));
}

Deno.test("designOf() finds targets and derived conditions by name; a derived one may be missing", () => {
  assert.deepEqual(design, {
    conditions: CONDITIONS,
    targets: [0, 2],
    derived: [3],
    sources: [1],
    blocks: BLOCKS,
    images,
  });
  assert.deepEqual(designOf(header, { targets: [] }).derived, []);
});

Deno.test("designOf() refuses a target that is no condition, and a recording without images", () => {
  assert.throws(() => designOf(header, { targets: ["faces", "cars"] }), {
    name: "RangeError",
    message: 'Cannot select for "cars": the recording has no such condition; expected one of ' +
      "faces, places, words, scrambled",
  });
  assert.throws(() => designOf({ ...header, images: [] }, asked), {
    name: "RangeError",
    message: "Cannot analyse a recording: it has no images; expected at least one",
  });
});

Deno.test("selectedUnits() lists what a mask marks", () => {
  assert.deepEqual(selectedUnits(Uint8Array.of(0, 1, 0, 1, 1)), Uint32Array.of(1, 3, 4));
  assert.deepEqual(selectedUnits(new Uint8Array(3)), new Uint32Array(0));
});

Deno.test("a half selects for every target as the criterion does by itself, on its own images", () => {
  const moments = halfMoments(layer.moments, { split, half: 0 });
  const plain = moments.with(3, { n: 0, mean: new Float64Array(UNITS), m2: new Float64Array(UNITS) });
  const responses = halfResponses(layer, design, { split, half: 0 });
  const half = halfOf();
  let total = 0;
  for (const own of [...CRITERIA, criterion("min(t) > 3")]) {
    const input = { conditions: CONDITIONS, targets: design.targets, moments: own.usesDerived ? moments : plain };
    half.select(own).forEach(({ mask, units }, index) => {
      const target = design.targets[index];
      const used = own.usesDerived ? responses : {
        ...responses,
        condition: responses.condition.map((c) => c === 3 ? -1 : c),
      };
      assert.deepEqual(mask, own.select({ ...input, target, responses: used }), own.name);
      assert.deepEqual(units, selectedUnits(mask));
      total += units.length;
    });
  }
  assert.ok(total > 40, `${total}`);
});

Deno.test("a condition made from others' images takes part only where a criterion asks for it", () => {
  const half = halfOf();
  assert.deepEqual(half.momentsFor(criterion("conjunction")).map(({ n }) => n), [12, 12, 12, 0]);
  assert.deepEqual(half.momentsFor(criterion("lu-wang")).map(({ n }) => n), [12, 12, 12, 12]);
});

Deno.test("a criterion of single responses sees a condition made from others' images only where it asks for it", () => {
  // The first unit prefers faces and their scrambled images alike.
  const both = responsesOf(images, UNITS).map((value, at) =>
    at % UNITS > 0
      ? value
      : 0.01 * Math.floor(at / UNITS) + ([0, 3].includes(images[Math.floor(at / UNITS)].condition) ? 9 : 0)
  );
  const alike = layerOf(images, { values: both, shape: [UNITS], blocks: BLOCKS });
  const half = new Half(design, halfMoments(alike.moments, { split, half: 0 }), {
    responses: () => halfResponses(alike, design, { split, half: 0 }),
  });
  const ranksum = criterion("ranksum");
  assert.equal(half.select(ranksum)[0].mask[0], 1);
  assert.equal(half.select({ ...ranksum, usesDerived: true })[0].mask[0], 0);
});

Deno.test("halfResponses() leaves the images of the other half out", () => {
  const { units, values, condition } = halfResponses(layer, design, { split, half: 1 });
  assert.equal(units, layer.sample.units);
  assert.equal(values, layer.sample.responses);
  images.forEach((image, i) => assert.equal(condition[i], split[image.block] === 1 ? image.condition : -1));
});

Deno.test("responses are read only for a criterion that needs them", () => {
  const half = new Half(design, counted([4, 4, 4, 4]), {
    responses: () => {
      throw new Error("nobody asked");
    },
  });
  assert.equal(half.select(criterion("conjunction")).length, 2);
  assert.throws(() => half.select(criterion("ranksum")), /nobody asked/);
});

Deno.test("a half says why a criterion cannot decide: no image of the category", () => {
  const half = halfOf(counted([0, 5, 5, 5]));
  for (const own of CRITERIA) {
    assert.equal(half.untestable(own, 0), "condition faces has no image in a half", own.name);
    assert.equal(half.untestable(own, 2), null, own.name);
  }
});

Deno.test("a half says why a criterion cannot decide: a condition with one image has no variance", () => {
  const reason = (counts: number[], name: string, target = 0): string | null =>
    halfOf(counted(counts)).untestable(criterion(name), target);
  for (const name of ["conjunction", "conjunction-max", "lu-wang", "prince"]) {
    assert.equal(reason([5, 1, 5, 5], name), "condition places has fewer than two images in a half", name);
    assert.equal(reason([1, 5, 5, 5], name, 2), "condition faces has fewer than two images in a half", name);
    assert.equal(reason([5, 0, 5, 5], name), null, name);
  }
  // One image of a condition that is not contrasted does no harm.
  assert.equal(reason([5, 5, 5, 1], "conjunction"), null);
  assert.equal(reason([5, 5, 5, 1], "lu-wang"), "condition scrambled has fewer than two images in a half");
  // Against all others together only the category needs a variance of its own.
  for (const name of ["tdann", "dprime", "topk"]) {
    assert.equal(reason([5, 1, 5, 5], name), null, name);
    assert.equal(reason([1, 5, 5, 5], name), "condition faces has fewer than two images in a half", name);
  }
  for (const name of ["tdann", "dprime", "topk", "conjunction"]) {
    assert.equal(reason([5, 1, 0, 9], name), "the other conditions have fewer than two images in a half", name);
    assert.equal(reason([5, 0, 0, 9], name), "no other condition has an image in a half", name);
  }
  assert.equal(reason([5, 1, 1, 9], "tdann"), null);
  for (const name of ["ratio", "min(d) > 1"]) assert.equal(reason([1, 1, 1, 1], name), null, name);
});
