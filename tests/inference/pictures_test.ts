import assert from "node:assert/strict";
import { channelCounts, topChannels } from "../../src/inference/_channels.ts";
import { diceOf, lorenz, positionMap } from "../../src/inference/_pictures.ts";
import { type Selected, selectedUnits } from "../../src/localize/mod.ts";
import { LayerLayout } from "../../src/measures/mod.ts";
import type { LayerRecording } from "../../src/recording/mod.ts";
import { allClose, close, golden } from "../statistics/golden.ts";
import { imagesOf } from "./made.ts";

function selected(mask: ArrayLike<number>): Selected {
  const own = Uint8Array.from(mask);
  return { mask: own, units: selectedUnits(own) };
}

function unitsOf(units: number, indices: readonly number[]): Selected {
  return selected(Array.from({ length: units }, (_, unit) => indices.includes(unit) ? 1 : 0));
}

Deno.test("lorenz() agrees with NumPy's interpolation to 1e-12, whatever the order of the channels", () => {
  assert.equal(golden.lorenz.length, 4);
  for (const { counts, curve } of golden.lorenz) {
    allClose(lorenz(Float64Array.from(counts))!, curve, { tolerance: 1e-12 });
    allClose(lorenz(Float64Array.from(counts.toReversed()))!, curve, { tolerance: 1e-12, what: "reversed" });
  }
});

Deno.test("lorenz() of channels without counts is no curve", () => {
  assert.equal(lorenz(new Float64Array(3)), null);
});

Deno.test("channelCounts() averages over the halves", () => {
  const layout = new LayerLayout([4, 2, 2]);
  const counts = channelCounts([unitsOf(16, [0, 1, 2, 3, 8]), unitsOf(16, [0, 15])], layout);
  assert.deepEqual([...counts], [2.5, 0, 0.5, 0.5]);
});

Deno.test("topChannels() are those with most selected units, with the images of the largest and smallest mean response", () => {
  const images = imagesOf(1).slice(0, 10);
  // Three channels of four units; the second responds more to later images, the third less.
  const channelMeans = Float32Array.from({ length: 30 }, (_, at) => [0, 1, -1][at % 3] * Math.floor(at / 3));
  const found = topChannels({
    recording: { channelMeans } as LayerRecording,
    images,
    layout: new LayerLayout([3, 2, 2]),
    counts: Float64Array.of(0, 1, 2.5),
    // Both halves select the last unit of the second channel, the first also three of the last channel.
    selections: [[unitsOf(12, [7, 8, 10, 11])], [unitsOf(12, [7])]],
    target: 0,
    conditions: ["faces", "objects", "unseen"],
    moments: [0, 1].map((half) =>
      [1, 2, 3].map((condition) => ({
        n: condition === 3 ? 0 : 5,
        mean: Float64Array.from({ length: 12 }, (_, unit) => 10 * half + condition * unit),
        m2: new Float64Array(12),
      }))
    ) as never,
    noise: 2,
  });
  const ids = images.map(({ id }) => id);
  assert.deepEqual(found.map(({ channel, selected, share }) => [channel, selected, share]), [[2, 2.5, 2.5 / 4], [
    1,
    1,
    0.25,
  ]]);
  assert.deepEqual([found[0].most, found[0].least], [ids.slice(0, 4), ids.slice(6).reverse()]);
  assert.deepEqual([found[1].most, found[1].least], [ids.slice(6).reverse(), ids.slice(0, 4)]);
  // What the first half selects is measured on the second: (10 + (8 + 10 + 11) / 3) / 2 for faces.
  close(found[0].profile!.faces!, (10 + 29 / 3) / 2, { tolerance: 1e-12 });
  close(found[0].profile!.objects!, (10 + 2 * 29 / 3) / 2, { tolerance: 1e-12 });
  close(found[1].profile!.faces!, ((10 + 7) / 2 + 7 / 2) / 2, { tolerance: 1e-12 });
  assert.ok(!("unseen" in found[0].profile!));
  assert.deepEqual(found.map(({ map }) => map), [
    { rows: 2, columns: 2, counts: [0.5, 0, 0.5, 0.5] },
    { rows: 2, columns: 2, counts: [0, 0, 0, 1] },
  ]);
});

Deno.test("Dice's coefficient between halves agrees with SciPy to 1e-12", () => {
  assert.equal(golden.dice.length, 3);
  for (const { a, b, dice } of golden.dice) {
    close(diceOf([[selected(a)], [selected(b)]], 0, a.length).value, dice, { tolerance: 1e-12 });
  }
});

Deno.test("Dice's coefficient stands beside what random selections of the same sizes share", () => {
  const of = (a: number, b: number, population: number) =>
    diceOf([[unitsOf(population, [...Array(a).keys()])], [unitsOf(population, [...Array(b).keys()])]], 0, population);
  close(of(10, 10, 100).chance, 0.1);
  close(of(10, 30, 100).chance, 2 * 3 / 40);
  assert.deepEqual(of(7, 7, 7), { value: 1, chance: 1 });
  assert.deepEqual(of(2, 0, 9), { value: 0, chance: 0 });
  assert.deepEqual(of(0, 0, 9), { value: null, chance: null });
});

Deno.test("positionMap() counts over channels and halves, and bins what is too large", () => {
  const layout = new LayerLayout([2, 2, 3]);
  const none = unitsOf(12, []);
  assert.deepEqual(positionMap([[unitsOf(12, [0, 5, 6])], [unitsOf(12, [0])]], 0, layout), {
    rows: 2,
    columns: 3,
    counts: [1.5, 0, 0, 0, 0, 0.5],
  });
  assert.deepEqual(positionMap([[none], [none]], 0, layout)!.counts, [0, 0, 0, 0, 0, 0]);
  const full = selected(new Uint8Array(64 * 64).fill(1));
  const large = positionMap([[full], [full]], 0, new LayerLayout([1, 64, 64]))!;
  assert.deepEqual([large.rows, large.columns, new Set(large.counts).size, large.counts[0]], [32, 32, 1, 4]);
  // The class token has no position.
  const tokens = unitsOf(10, [0, 1, 2]);
  assert.deepEqual(positionMap([[tokens], [tokens]], 0, new LayerLayout([5, 2]))!.counts, [1, 0, 0, 0]);
});

Deno.test("a layer without positions has no map of them", () => {
  const units = unitsOf(5, [0]);
  assert.equal(positionMap([[units], [units]], 0, new LayerLayout([5])), null);
});
