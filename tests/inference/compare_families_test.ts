import assert from "node:assert/strict";
import { analyseNetwork, compareFamilies, defaultPairs } from "../../src/inference/mod.ts";
import { alignLayers } from "../../src/inference/align_layers.ts";
import { differenceOf, ownNumber } from "../../src/inference/_difference.ts";
import { type Pair, pairOf } from "../../src/inference/_family_pair.ts";
import { type AnalysedNetwork, familiesOf, type Family, type Reader } from "../../src/inference/family.ts";
import { getCell } from "../../src/inference/cell_table.ts";
import {
  differenceVariance,
  imageVariance,
  type Replicates,
  studentInterval,
  studentP,
  varianceParts,
} from "../../src/inference/replicates.ts";
import type { ComparisonResult } from "../../src/results/mod.ts";
import { holm, Random } from "../../src/statistics/mod.ts";
import { allClose, close } from "../statistics/golden.ts";
import { asNetwork, compareSoundly, made, TARGETS, toolsOf } from "./made.ts";
import { MAIN, network, overall, SETTINGS, trainings } from "./planted_families.ts";

const TOOLS = toolsOf(SETTINGS);

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
    const { difference, interval, valueA, valueB, pValue, equivalenceP, inference } = overall(comparisons, measure);
    assert.ok(Math.abs(difference! - (valueB! - valueA!)) < 1e-12, measure);
    assert.ok(sign * interval![0] > 0 && sign * interval![1] > 0, `${measure}: ${interval}`);
    assert.ok(pValue! < 0.05, measure);
    // Of two networks nothing is said about others, and so nothing about equivalence.
    assert.deepEqual([inference, equivalenceP], ["networks", null]);
  }
});

Deno.test("planted proportions are recovered", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("text")], SETTINGS);
  const { valueA, valueB } = overall(comparisons, "proportion");
  assert.ok(Math.abs(valueA! - 0.0375) < 0.008 && Math.abs(valueB! - 0.12) < 0.025, `${valueA} and ${valueB}`);
});

Deno.test("swapping the families swaps every sign", async () => {
  const networks = [await network("image"), await network("text")];
  const there = compareFamilies(networks, { ...SETTINGS, pairs: [{ a: "image", b: "text" }] }, TOOLS).comparisons;
  const back = compareFamilies(networks, { ...SETTINGS, pairs: [{ a: "text", b: "image" }] }, TOOLS).comparisons;
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
  const networks = [...await trainings("image"), ...await trainings("text"), await network("both")];
  const rows = compareFamilies(networks, SETTINGS, TOOLS).comparisons.filter(({ depth, interval, pValue }) =>
    depth === null && interval !== null && pValue !== null
  );
  const excludes = ({ interval }: ComparisonResult): boolean => interval![0] > 0 || interval![1] < 0;
  const count = rows.filter(excludes).length;
  assert.ok(count > 0 && count < rows.length, `${count} of ${rows.length}`);
  for (const row of rows) assert.equal(row.pValue! < 0.05, excludes(row), `${row.measure} of ${row.category}`);
});

Deno.test("three trainings of each kind are compared as families, paired by seed; fewer as these networks alone", async () => {
  const [images, texts] = [await trainings("image"), await trainings("text")];
  const { pairs: [pair], comparisons } = compareSoundly([...images, ...texts], SETTINGS);
  assert.deepEqual([pair.inference, pair.trainings, pair.paired], ["families", [3, 3], true]);
  const row = overall(comparisons, "proportion");
  const each = images.flatMap(({ analysis: { layers } }) =>
    layers.flatMap(({ categories }) => TARGETS.map((category) => categories[category].measures.proportion.value!))
  );
  const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
  assert.ok(Math.abs(row.valueA! - mean) < 1e-12);
  assert.ok(row.interval![0] > 0);
  assert.ok(comparisons.every(({ inference }) => inference === "families"));

  const fewer = compareSoundly([...images, ...texts.slice(1)], SETTINGS);
  assert.deepEqual([fewer.pairs[0].inference, fewer.pairs[0].trainings, fewer.pairs[0].paired], [
    "networks",
    [3, 2],
    false,
  ]);
  // Trainings that disagree widen the interval of families, and not that of these networks.
  const apart = (count: number): AnalysedNetwork[] => [
    ...images.slice(0, count - 1),
    { ...texts[0], family: "image", supervision: "vision", seed: 9 },
  ];
  const width = (networks: readonly AnalysedNetwork[]): number => {
    const { interval } = overall(compareFamilies(networks, SETTINGS, TOOLS).comparisons, "proportion");
    return interval![1] - interval![0];
  };
  assert.ok(width([...apart(3), ...texts]) > 3 * width([...images, ...texts]));
  assert.ok(width([...apart(2), texts[1]]) < 2 * width([images[0], texts[1]]));
});

Deno.test("p values of rows with a depth are corrected over the depths, the others are not", async () => {
  const networks = [await network("image"), await network("text")];
  const rows = compareFamilies(networks, SETTINGS, TOOLS).comparisons
    .filter(({ measure, category, matched, criterion }) =>
      measure === "proportion" && category === "faces" && !matched && criterion === MAIN
    );
  assert.deepEqual(rows.map(({ depth }) => depth), [0, 1, null]);
  const [a, b] = familiesOf(networks);
  const at = (layer: number): Reader => ({ numbers: { layers } }) =>
    getCell(layers[layer], [MAIN, "faces", "proportion"]);
  const p = (...readers: Reader[]): number => differenceOf(pairOf(a, b), readers, { level: 0.95 }).pValue!;
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

/** A pair of families of which nothing is known but a number each. */
function pairFrom(a: readonly number[], b: readonly number[], rest: Partial<Pair> = {}): Pair {
  const least = Math.min(a.length, b.length);
  return {
    a: familyOf("a", a),
    b: familyOf("b", b),
    inference: least >= 3 ? "families" : "networks",
    paired: false,
    layers: [],
    ...rest,
  };
}

const over = (parts: readonly { variance: number; df: number }[]): { variance: number; df: number } => {
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  return { variance, df: variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.df, 0) };
};

/** Replicates of a number that vary in proportion to it. */
const varying = (spread: number) => (times: number): Replicates => ({
  splits: Float64Array.of(0, times * spread),
  deletions: Float64Array.from({ length: 12 }, (_, i) => times * spread * Math.sin(i)),
  blocks: 6,
});

const readerOf = (made: (value: number) => Replicates): Reader => (analysis) => {
  const { value } = analysis as unknown as { value: number };
  return { value, replicates: made(value) };
};

const A = [1, 2, 3], B = [6, 9, 9];
/** Variances of the means over trainings: of the three numbers 1 and 3, each over three. */
const SEEDS = [{ variance: 1 / 3, df: 2 }, { variance: 1, df: 2 }];

Deno.test("variances over images and trainings add up, with Satterthwaite's degrees of freedom", () => {
  // The differences of pairs are 5, 7 and 6, of variance 1.
  for (const [paired, seeds] of [[false, SEEDS], [true, [{ variance: 1 / 3, df: 2 }]]] as const) {
    for (const spread of [0.01, 0.1, 1]) {
      const made = varying(spread), read = readerOf(made);
      const { jackknife, excess, splits } = varianceParts(made(6));
      assert.ok(jackknife > excess && excess > 0);
      const images = { variance: jackknife - excess + splits, df: 5 };
      const [all, trainings] = [over([...seeds, images]), over(seeds)].map((part) =>
        studentInterval(6, { ...part, level: 0.95 })
      );
      const wide = all[1] > trainings[1] ? all : trainings;
      // Few trainings count alone where images hardly matter, and both where they do.
      if (spread !== 0.1) assert.equal(wide === all, spread === 1);
      const found = differenceOf(pairFrom(A, B, { paired }), [read], { level: 0.95 });
      allClose(found.interval!, wide, { tolerance: 1e-12 });
      assert.equal(found.inference, "families");
    }
  }
});

Deno.test("of a few networks only the images are a sample, and nothing is taken off the jackknife", () => {
  const made = varying(0.1), read = readerOf(made);
  for (const [a, b] of [[[5], [7]], [[1, 2, 3], [3, 5]]]) {
    const found = differenceOf(pairFrom(a, b), [read], { level: 0.95, smallest: { scale: "difference", value: 9 } });
    const variance = differenceVariance(made(2));
    allClose(found.interval!, studentInterval(2, { variance, df: 5, level: 0.95 }), { tolerance: 1e-12 });
    close(found.pValue, studentP(2, variance, 5)!, { tolerance: 1e-12 });
    assert.deepEqual([found.inference, found.equivalenceP], ["networks", null]);
  }
  const own = studentInterval(5, { variance: imageVariance(made(5)), df: 5, level: 0.95 });
  allClose(ownNumber(familyOf("alone", [5]), read, 0.95).interval!, own, { tolerance: 1e-12 });
});

Deno.test("equivalence is two one-sided tests: it is reached where the 90 % interval lies within the bounds", () => {
  const read = readerOf(varying(0.01));
  const pair = pairFrom(A, B);
  const interval = differenceOf(pair, [read], { level: 0.9 }).interval!;
  const p = (smallest: { scale: "difference" | "ratio"; value: number }): number =>
    differenceOf(pair, [read], { level: 0.95, smallest }).equivalenceP!;
  const edge = Math.max(-interval[0], interval[1]);
  close(p({ scale: "difference", value: edge }), 0.05, { tolerance: 1e-9 });
  assert.ok(p({ scale: "difference", value: edge * 1.01 }) < 0.05);
  assert.ok(p({ scale: "difference", value: edge * 0.99 }) > 0.05);
  // The means are 2 and 8: four times as much is no ratio within 1.25, and is one within 40.
  assert.ok(p({ scale: "ratio", value: 1.25 }) > 0.9);
  assert.ok(p({ scale: "ratio", value: 40 }) < 0.05);
  // At the bound itself one side is level.
  close(p({ scale: "ratio", value: 4 }), 0.5, { tolerance: 1e-9 });
});

Deno.test("cells with fewer than ten selected units in any network are not averaged", () => {
  const pair = pairFrom(A, B);
  const at = (selected: number, value: number): Reader => (analysis) => {
    const own = (analysis as unknown as { value: number }).value;
    return { value: value * own, units: own === 1 ? selected : 50, replicates: varying(0.1)(own) };
  };
  const found = differenceOf(pair, [at(10, 1), at(9, 100)], { level: 0.95, leastUnits: 10 });
  assert.deepEqual(found.entries, { used: 1, of: 2 });
  assert.equal(found.difference, 6);
  const none = differenceOf(pair, [at(9, 1)], { level: 0.95, leastUnits: 10 });
  assert.deepEqual([none.difference, none.entries], [null, { used: 0, of: 1 }]);
  assert.match(none.reason!, /fewer than 10 units to measure in/);
});

Deno.test("layers are matched one to one, in order, with the least total distance in depth", () => {
  assert.deepEqual(alignLayers([0, 0.5, 1], [0, 0.5, 1]), [[0, 0], [1, 1], [2, 2]]);
  assert.deepEqual(alignLayers([0.1, 0.9], [0, 0.2, 0.5, 0.8, 1]), [[0, 0], [1, 3]]);
  assert.deepEqual(alignLayers([0, 0.2, 0.5, 0.8, 1], [0.1, 0.9]), [[0, 0], [3, 1]]);
  // Both are nearest to the same layer; one of them has to go on.
  assert.deepEqual(alignLayers([0.5, 0.51], [0, 0.5, 1]), [[0, 1], [1, 2]]);
  assert.deepEqual(alignLayers([], [0, 1]), []);
  const draw = new Random(1, "depths");
  for (let trial = 0; trial < 40; trial++) {
    const depths = (count: number): number[] =>
      Array.from({ length: count }, () => draw.uniform()).sort((x, y) => x - y);
    const [a, b] = [depths(3), depths(5)];
    const total = (places: readonly number[]): number => places.reduce((sum, j, i) => sum + Math.abs(a[i] - b[j]), 0);
    const choices = [0, 1, 2, 3, 4].flatMap((i) =>
      [0, 1, 2, 3, 4].flatMap((j) => [0, 1, 2, 3, 4].map((k) => [i, j, k]))
    )
      .filter(([i, j, k]) => i < j && j < k);
    close(total(alignLayers(a, b).map(([, j]) => j)), Math.min(...choices.map(total)), { tolerance: 1e-12 });
  }
});

Deno.test("without a study every pair is compared, in the order of the families, the untrained first", async () => {
  const networks = [await network("naive"), await network("image"), await network("text"), await network("both")];
  assert.deepEqual(defaultPairs(networks), [
    { a: "image", b: "text" },
    { a: "image", b: "both" },
    { a: "text", b: "both" },
    { a: "naive", b: "image" },
    { a: "naive", b: "text" },
    { a: "naive", b: "both" },
  ]);
  assert.deepEqual(defaultPairs([networks[0]]), []);
});

Deno.test("a pair with a family that was not run is left out", async () => {
  const pairs = [{ a: "image", b: "nobody" }, { a: "image", b: "text" }];
  const networks = [await network("image"), await network("text")];
  const { comparisons } = compareFamilies(networks, { ...SETTINGS, pairs }, TOOLS);
  assert.deepEqual([...new Set(comparisons.map(({ b }) => b))], ["text"]);
});

Deno.test("a layer in which one network selects nothing is counted out of the entries, and where none is left it says why", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("naive")], SETTINGS);
  const proportion = overall(comparisons, "proportion", { b: "image" });
  assert.ok(proportion.valueA! < 0.003 && proportion.interval![0] > 0);
  assert.deepEqual(proportion.entries, { used: 8, of: 8 });
  const dprime = overall(comparisons, "specificity.dprime", { b: "image" });
  assert.deepEqual(dprime.entries, { used: 0, of: 8 });
  assert.deepEqual([dprime.difference, dprime.interval], [null, null]);
  assert.match(dprime.reason!, /not every network has a value: no unit passes the fixed threshold/);
  // At equal proportion both have units everywhere.
  const matched = comparisons.find(({ measure, matched, depth, category }) =>
    measure === "specificity.dprime" && matched && depth === null && category === "all"
  )!;
  assert.deepEqual(matched.entries, { used: 8, of: 8 });
  assert.ok(matched.difference! > 0);
});

Deno.test("networks of different depth are compared where their layers meet, and the others are named", async () => {
  const analysis = await analyseNetwork(made({ seed: 60, imageSeed: 1 }).recording, SETTINGS);
  const { pairs: [pair], comparisons } = compareSoundly(
    [await network("image"), asNetwork("deep", "language", analysis)],
    SETTINGS,
  );
  assert.deepEqual(pair.layers.map(({ a, b }) => [a, b]), [["first", "stem"], ["second", "pool"]]);
  assert.deepEqual(pair.unmatched, { a: [], b: ["stage"] });
  assert.deepEqual([...new Set(comparisons.map(({ depth }) => depth))], [0, 1, null]);
  const last = comparisons.find(({ measure, category, depth }) =>
    measure === "proportion" && category === "faces" && depth === 1
  )!;
  assert.equal(last.valueB, analysis.layers[2].categories.faces.measures.proportion.value);
});

Deno.test("what a criterion fixes keeps its difference without an interval; what it decides from single responses has none", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("text")], SETTINGS);
  for (const measure of ["proportion", "depthSlope"]) {
    const fixed = overall(comparisons, measure, { criterion: "topk" });
    assert.ok(fixed.difference !== null);
    assert.deepEqual([fixed.interval, fixed.pValue, fixed.equivalenceP, fixed.reason], [
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

Deno.test("a study states smallest effects of interest of measures that there are, above their least", async () => {
  const pairs = [...await trainings("image"), ...await trainings("text")];
  const p = (value: number): number => {
    const settings = { ...SETTINGS, smallestEffects: { "specificity.dprime": value } };
    return overall(compareFamilies(pairs, settings, toolsOf(settings)).comparisons, "specificity.dprime").equivalenceP!;
  };
  assert.ok(p(0.1) > 0.5 && p(100) < 0.01);
  const refused = (smallestEffects: Record<string, number>, message: RegExp): void =>
    assert.throws(() => toolsOf({ ...SETTINGS, smallestEffects }), message);
  refused({ nothing: 1 }, /smallest effect of "nothing": it is no measure; expected one of proportion, /);
  refused({ proportion: 0.8 }, /expected a ratio above 1/);
  refused({ "specificity.dprime": 0 }, /expected a number above 0/);
});
