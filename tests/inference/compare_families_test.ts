import assert from "node:assert/strict";
import fc from "fast-check";
import { alignFamilies, alignLayers, analyseNetwork, compareFamilies, defaultPairs } from "../../src/inference/mod.ts";
import { differenceOf, ownNumber } from "../../src/inference/_difference.ts";
import { type AnalysedNetwork, familiesOf, type Family, type Reader, readerAt } from "../../src/inference/family.ts";
import {
  differenceVariance,
  imageVariance,
  type Replicates,
  studentInterval,
  studentP,
  varianceParts,
} from "../../src/inference/replicates.ts";
import type { ComparisonResult } from "../../src/results/mod.ts";
import { holm } from "../../src/statistics/mod.ts";
import { allClose, close } from "../statistics/golden.ts";
import { asNetwork, compareSoundly, made, TARGETS, toolsOf } from "./made.ts";
import { network, overall, SETTINGS } from "./planted_families.ts";

const TOOLS = toolsOf(SETTINGS);
const ALONE = "a family of one network has no spread over trainings";

Deno.test("planted differences between two families are found in their direction", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("text")], SETTINGS);
  for (
    const [measure, sign] of [
      ["proportion", 1],
      ["specificity.dprime", -1],
      ["strength.margin", -1],
      ["localization.across.gini", -1],
      ["depthSlope", 1],
    ] as const
  ) {
    const { difference, interval, valueA, valueB, pValue, effect, effectReason } = overall(comparisons, measure);
    assert.ok(Math.abs(difference! - (valueB! - valueA!)) < 1e-12, measure);
    assert.ok(sign * interval![0] > 0 && sign * interval![1] > 0, `${measure}: ${interval}`);
    assert.ok(pValue! < 0.05, measure);
    assert.deepEqual([effect, effectReason], [null, ALONE]);
  }
});

Deno.test("planted proportions are recovered", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("text")], SETTINGS);
  const { valueA, valueB } = overall(comparisons, "proportion");
  assert.ok(Math.abs(valueA! - 0.0375) < 0.008 && Math.abs(valueB! - 0.12) < 0.025, `${valueA} and ${valueB}`);
});

Deno.test("swapping the families swaps every sign", async () => {
  const networks = [await network("image"), await network("text")];
  const there = compareFamilies(networks, { ...SETTINGS, pairs: [{ a: "image", b: "text" }] }, TOOLS);
  const back = compareFamilies(networks, { ...SETTINGS, pairs: [{ a: "text", b: "image" }] }, TOOLS);
  assert.equal(there.length, back.length);
  const near = (a: number | null, b: number | null, what: string): void =>
    a === null || b === null
      ? assert.equal(a, b, what)
      : assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)), what);
  there.forEach((row, i) => {
    const other = back[i];
    const what = `${row.measure}, ${row.category}, ${row.criterion}`;
    assert.deepEqual([other.a, other.b, other.measure, other.category], [row.b, row.a, row.measure, row.category]);
    assert.deepEqual([other.valueA, other.valueB], [row.valueB, row.valueA]);
    near(row.difference, other.difference && -other.difference, what);
    near(row.pValue, other.pValue, what);
    near(row.interval && row.interval[0], other.interval && -other.interval[1], what);
    near(row.interval && row.interval[1], other.interval && -other.interval[0], what);
  });
});

Deno.test("the p value of a difference is below 0.05 exactly where its 95 % interval excludes zero", async () => {
  const networks = [await network("image"), await network("image", 2), await network("text"), await network("both")];
  const rows = compareFamilies(networks, SETTINGS, TOOLS).filter(({ depth, interval, pValue }) =>
    depth === null && interval !== null && pValue !== null
  );
  const excludes = ({ interval }: ComparisonResult): boolean => interval![0] > 0 || interval![1] < 0;
  const count = rows.filter(excludes).length;
  assert.ok(count > 0 && count < rows.length, `${count} of ${rows.length}`);
  for (const row of rows) assert.equal(row.pValue! < 0.05, excludes(row), `${row.measure} of ${row.category}`);
});

Deno.test("networks that differ in their training alone share a family, whose interval also spans the trainings", async () => {
  const images = [await network("image", 1), await network("image", 2), await network("image", 3)];
  const texts = [await network("text", 1), await network("text", 2)];
  const { comparisons } = compareSoundly([...images, ...texts], SETTINGS);
  const row = overall(comparisons, "proportion");
  const each = images.flatMap(({ analysis: { layers } }) =>
    layers.flatMap(({ categories }) => TARGETS.map((category) => categories[category].measures.proportion.value!))
  );
  const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
  assert.ok(Math.abs(row.valueA! - mean) < 1e-12);
  assert.ok(row.effect! > 0 && row.interval![0] > 0);

  // A family of two that disagree: the trainings carry the interval.
  const apart = [images[0], { ...texts[0], family: "image", supervision: "vision" as const }];
  const width = ({ interval }: ComparisonResult): number => interval![1] - interval![0];
  const wide = width(overall(compareFamilies([...apart, texts[1]], SETTINGS, TOOLS), "proportion"));
  const narrow = width(overall(compareFamilies([images[0], texts[1]], SETTINGS, TOOLS), "proportion"));
  assert.ok(wide > 3 * narrow, `${wide} and ${narrow}`);
});

Deno.test("p values of rows with a depth are corrected over the depths, the others are not", async () => {
  const networks = [await network("image"), await network("text")];
  const rows = compareFamilies(networks, SETTINGS, TOOLS).filter(({ measure, category, matched, criterion }) =>
    measure === "proportion" && category === "faces" && !matched && criterion === "conjunction"
  );
  assert.deepEqual(rows.map(({ depth }) => depth), [0, 1, null]);
  const [a, b] = familiesOf(networks);
  const at = (index: number): Reader =>
    readerAt({ criterion: "conjunction", category: "faces", measure: "proportion" }, () => index);
  const p = (...readers: Reader[]): number => differenceOf(a, b, readers, 0.95).pValue!;
  assert.deepEqual(rows.map(({ pValue }) => pValue), [...holm([p(at(0)), p(at(1))]), p(at(0), at(1))]);
});

/** A family of networks of which nothing is known but a number each. */
function familyOf(name: string, values: readonly number[]): Family {
  return {
    name,
    supervision: "vision",
    networks: values.map((value, seed) =>
      asNetwork(name, "vision", { value } as unknown as AnalysedNetwork["analysis"], seed)
    ),
  };
}

Deno.test("variances over images and trainings add up, with Satterthwaite's degrees of freedom", () => {
  const [alone, other, three, two] = [
    familyOf("alone", [5]),
    familyOf("other", [7]),
    familyOf("three", [1, 2, 3]),
    familyOf("two", [6, 9]),
  ];
  // Variances over trainings: 1 of the three, 4.5 of the two.
  const seeds = [{ variance: 1 / 3, df: 2 }, { variance: 4.5 / 2, df: 1 }];
  const over = (parts: readonly { variance: number; df: number }[]): { variance: number; df: number } => {
    const variance = parts.reduce((sum, part) => sum + part.variance, 0);
    return { variance, df: variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.df, 0) };
  };
  for (const spread of [0.01, 0.1, 1]) {
    const made = (times: number): Replicates => ({
      splits: Float64Array.of(0, times * spread),
      deletions: Float64Array.from({ length: 12 }, (_, i) => times * spread * Math.sin(i)),
      blocks: 6,
    });
    const read: Reader = (analysis) => {
      const { value } = analysis as unknown as { value: number };
      return { value, replicates: made(value) };
    };
    const { jackknife, excess, splits } = varianceParts(made(5.5));
    assert.ok(jackknife > excess && excess > 0);
    const images = { variance: jackknife - excess + splits, df: 5 };
    const [all, trainings] = [over([...seeds, images]), over(seeds)].map((part) =>
      studentInterval(5.5, { ...part, level: 0.95 })
    );
    const wide = all[1] > trainings[1] ? all : trainings;
    // Few trainings count alone where images hardly matter, and both where they do.
    assert.equal(wide === all, spread === 1);
    allClose(differenceOf(three, two, [read], 0.95).interval!, wide, { tolerance: 1e-12 });
    // Of two single networks nothing is taken off the jackknife.
    const single = differenceOf(alone, other, [read], 0.95);
    const variance = differenceVariance(made(2));
    allClose(single.interval!, studentInterval(2, { variance, df: 5, level: 0.95 }), { tolerance: 1e-12 });
    close(single.pValue, studentP(2, variance, 5)!, { tolerance: 1e-12 });
    const own = studentInterval(5, { variance: imageVariance(made(5)), df: 5, level: 0.95 });
    allClose(ownNumber(alone, read, 0.95).interval!, own, { tolerance: 1e-12 });
  }
});

Deno.test("an effect is counted in standard deviations between trainings, whatever the number of images", () => {
  const [alone, three, two, same] = [
    familyOf("alone", [5]),
    familyOf("three", [1, 2, 3]),
    familyOf("two", [6, 9]),
    familyOf("same", [4, 4]),
  ];
  for (const spread of [0.01, 0.1]) {
    const replicates = {
      splits: Float64Array.of(0, spread),
      deletions: Float64Array.from({ length: 12 }, (_, i) => spread * Math.sin(i)),
      blocks: 6,
    };
    const read: Reader = (analysis) => ({ value: (analysis as unknown as { value: number }).value, replicates });
    const effect = (a: Family, b: Family) => differenceOf(a, b, [read], 0.95);
    // Variances over trainings: 1 of the three, 4.5 of the two; the family of one network has none.
    assert.ok(Math.abs(effect(three, two).effect! - 5.5 / Math.sqrt(2.75)) < 1e-12);
    assert.ok(Math.abs(effect(alone, three).effect! + 3) < 1e-12);
    assert.ok(Math.abs(ownNumber(three, read, 0.95).effect! - 2) < 1e-12);
    assert.deepEqual([effect(alone, alone).effect, effect(alone, alone).effectReason], [null, ALONE]);
    const none = effect(same, same);
    assert.deepEqual([none.effect, none.effectReason], [null, "the trainings of a family do not differ"]);
  }
});

Deno.test("alignLayers() pairs every layer of the network with fewer, in order, at the least sum of distances", () => {
  assert.deepEqual(alignLayers([0.1, 1], [0, 0.2, 0.9]), {
    pairs: [[0, 0], [1, 2]],
    unmatchedFirst: [],
    unmatchedSecond: [1],
  });
  // Nearest alone would give the same layer to both.
  assert.deepEqual(alignLayers([0.1, 0.5, 0.9], [0.48, 0.6]).pairs, [[1, 0], [2, 1]]);
  assert.deepEqual(alignLayers([], [0.5]), { pairs: [], unmatchedFirst: [], unmatchedSecond: [0] });
  const depths = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 })
    .map((values) => values.sort((a, b) => a - b).map((value) => value / 20));
  fc.assert(fc.property(depths, depths, (first, second) => {
    const { pairs, unmatchedFirst, unmatchedSecond } = alignLayers(first, second);
    const sum = (all: readonly (readonly [number, number])[]): number =>
      all.reduce((total, [i, j]) => total + Math.abs(first[i] - second[j]), 0);
    assert.equal(pairs.length, Math.min(first.length, second.length));
    assert.ok(pairs.every(([i, j], at) => at === 0 || i > pairs[at - 1][0] && j > pairs[at - 1][1]));
    assert.equal(pairs.length + unmatchedFirst.length, first.length);
    assert.equal(pairs.length + unmatchedSecond.length, second.length);
    const least = Math.min(...choices(first.length, second.length).map(sum));
    assert.ok(sum(pairs) <= least + 1e-9, `${sum(pairs)} and ${least}`);
  }));
});

/** Every way to pair all layers of the network with fewer, in order. */
function choices(first: number, second: number): [number, number][][] {
  if (first > second) return choices(second, first).map((pairs) => pairs.map(([a, b]): [number, number] => [b, a]));
  if (first === 0) return [[]];
  return Array.from({ length: second - first + 1 }, (_, skipped) => first - 1 + skipped).flatMap((last) =>
    choices(first - 1, last).map((pairs): [number, number][] => [...pairs, [first - 1, last]])
  );
}

Deno.test("every pair is compared in the order of the networks, and the untrained against all that were trained", async () => {
  const networks = [await network("image"), await network("text"), await network("both"), await network("naive")];
  assert.deepEqual(defaultPairs(networks), [
    { a: "image", b: "text" },
    { a: "image", b: "both" },
    { a: "text", b: "both" },
    { a: "naive", b: "image" },
    { a: "naive", b: "text" },
    { a: "naive", b: "both" },
  ]);
  const facts = { ...networks[0], family: "facts", supervision: "attributes" as const };
  assert.deepEqual(defaultPairs([networks[0], facts, networks[1]]), [
    { a: "image", b: "facts" },
    { a: "image", b: "text" },
    { a: "facts", b: "text" },
  ]);
  assert.deepEqual(defaultPairs([networks[3]]), []);
  assert.deepEqual(defaultPairs([networks[1], networks[2]]), [{ a: "text", b: "both" }]);
});

Deno.test("a pair with a family that was not run is left out", async () => {
  const pairs = [{ a: "image", b: "nobody" }, { a: "image", b: "text" }];
  const rows = compareFamilies([await network("image"), await network("text")], { ...SETTINGS, pairs }, TOOLS);
  assert.deepEqual([...new Set(rows.map(({ b }) => b))], ["text"]);
});

Deno.test("a layer in which one network selects nothing is counted out of the entries, and where none is left it says why", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("naive")], SETTINGS);
  const proportion = overall(comparisons, "proportion", { b: "image" });
  assert.ok(proportion.valueA! < 0.003 && proportion.interval![0] > 0);
  assert.deepEqual(proportion.entries, { used: 8, of: 8 });
  const dprime = overall(comparisons, "specificity.dprime", { b: "image" });
  assert.deepEqual(dprime.entries, { used: 0, of: 8 });
  assert.deepEqual([dprime.difference, dprime.interval], [null, null]);
  assert.match(dprime.reason!, /not every network has a value: no unit is selected/);
  // At equal proportion both have units everywhere.
  const matched = comparisons.find(({ measure, matched, depth, category }) =>
    measure === "specificity.dprime" && matched && depth === null && category === "all"
  )!;
  assert.deepEqual(matched.entries, { used: 8, of: 8 });
  assert.ok(matched.difference! > 0);
});

Deno.test("networks of different depth are compared at the depths of the one with fewer layers", async () => {
  const analysis = await analyseNetwork(made({ seed: 60, imageSeed: 1 }).recording, SETTINGS);
  const { comparisons } = compareSoundly([await network("image"), asNetwork("deep", "language", analysis)], SETTINGS);
  assert.deepEqual([...new Set(comparisons.map(({ depth }) => depth))], [0, 1, null]);
  const last = comparisons.find(({ measure, category, depth }) =>
    measure === "proportion" && category === "faces" && depth === 1
  )!;
  assert.equal(last.valueB, analysis.layers[2].categories.faces.measures.proportion.value);
  const names = analysis.layers.map(({ name }) => name);
  const shallow = await network("image");
  assert.deepEqual(alignFamilies([shallow, asNetwork("deep", "language", analysis)], SETTINGS), [{
    a: "image",
    b: "deep",
    layers: shallow.analysis.layers.map(({ name, depth }, i) => ({ depth, a: name, b: names[2 * i] })),
    unmatchedA: [],
    unmatchedB: [names[1]],
  }]);
});

Deno.test("what a criterion fixes keeps its difference without an interval; what it decides from single responses has none", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("text")], SETTINGS);
  for (const measure of ["proportion", "depthSlope"]) {
    const fixed = overall(comparisons, measure, { criterion: "topk" });
    assert.ok(fixed.difference !== null);
    assert.deepEqual([fixed.interval, fixed.pValue, fixed.effect, fixed.reason], [
      null,
      null,
      null,
      "the criterion fixes the proportion",
    ]);
    const single = overall(comparisons, measure, { criterion: "ranksum" });
    assert.ok(single.difference !== null && single.interval === null, measure);
    assert.match(single.reason!, /decides from single responses/);
  }
  const exclusive = overall(comparisons, "specificity.exclusivity");
  assert.deepEqual([exclusive.interval, exclusive.reason], [
    null,
    "the criterion cannot select a unit for two categories",
  ]);
});

Deno.test("compareFamilies() turns down settings out of range", () => {
  assert.throws(() => compareFamilies([], { ...SETTINGS, level: 2 }, TOOLS), /Cannot analyse with level = 2/);
});
