import assert from "node:assert/strict";
import {
  type AnalysedNetwork,
  analyseNetwork,
  compareFamilies,
  defaultPairs,
  judgeClaims,
  type SyntheticTap,
} from "../../src/analysis/mod.ts";
import { differenceOf, ownNumber } from "../../src/analysis/_difference.ts";
import { familiesOf, type Reader, readerAt } from "../../src/analysis/_family.ts";
import { replicatesOf } from "../../src/analysis/_replicates.ts";
import { CRITERIA } from "../../src/localizer/mod.ts";
import { holm } from "../../src/resampling/mod.ts";
import type { ComparisonResult, MeasureName, Supervision } from "../../src/results/mod.ts";
import { asNetwork, compareSoundly, FEW, made, TARGETS } from "./recordings.ts";

const CLAIMS = ["presence", "more", "specificity", "localization", "strength", "consistency"];
const OPTIONS = { ...FEW, criteria: CRITERIA.filter(({ name }) => name === "tdann-5" || name === "ranksum") };

/** Two taps in which selectivity has a strength, and a share of the units that grows with depth. */
function taps(selective: number, effect: number, clustered: number): SyntheticTap[] {
  return [
    { name: "first", shape: [12, 6, 6], selective: selective / 2, effect, clustered },
    { name: "second", shape: [12, 6, 6], selective, effect, clustered },
  ];
}

/** Image-only networks have few strongly selective, clustered units; those that learned from language many weak ones. */
const PLANTED: Record<string, { supervision: Supervision; taps: SyntheticTap[] }> = {
  "image": { supervision: "vision", taps: taps(0.04, 2.3, 0.95) },
  "text": { supervision: "language", taps: taps(0.15, 2, 0) },
  "both": { supervision: "contrastive", taps: taps(0.12, 2.2, 0) },
  "naive": { supervision: "untrained", taps: taps(0, 0, 0) },
};

const known: Map<string, Promise<AnalysedNetwork>> = new Map();

/** A network of a family; analysed once. */
function network(family: string, seed = 1): Promise<AnalysedNetwork> {
  const key = `${family} ${seed}`;
  let own = known.get(key);
  if (!own) {
    const { supervision, taps } = PLANTED[family];
    const { recording } = made({ seed: seed + 10 * Object.keys(PLANTED).indexOf(family), imageSeed: 1, taps });
    own = analyseNetwork(recording, OPTIONS).then((analysis) => asNetwork(family, supervision, analysis, seed));
    known.set(key, own);
  }
  return own;
}

function overall(rows: readonly ComparisonResult[], measure: MeasureName, b = "text"): ComparisonResult {
  const [row, ...more] = rows.filter((each) =>
    each.measure === measure && each.b === b && each.category === "all" && each.depth === null && !each.matched &&
    each.criterion === "conjunction"
  );
  assert.equal(more.length, 0);
  return row;
}

Deno.test("planted differences between two families are found in their direction, and the claims on them hold", async () => {
  const networks = [await network("image"), await network("text")];
  const { comparisons, claims } = compareSoundly(networks, OPTIONS);
  for (const [measure, sign] of [["proportion", 1], ["specificity.dprime", -1], ["strength.response", -1]] as const) {
    const { difference, interval, valueA, valueB, pValue, effect, effectReason } = overall(comparisons, measure);
    assert.ok(Math.abs(difference! - (valueB! - valueA!)) < 1e-12);
    assert.ok(sign * interval![0] > 0 && sign * interval![1] > 0, `${measure}: ${interval}`);
    assert.ok(pValue! < 0.05);
    assert.deepEqual([effect, effectReason], [null, "a family of one network has no spread over seeds"]);
  }
  assert.ok(overall(comparisons, "localization.across.gini").interval![1] < 0);
  assert.deepEqual(claims.map(({ id }) => id), CLAIMS);
  for (const { id, verdict, evidence } of claims.slice(0, 5)) {
    assert.equal(verdict, "holds", `${id}: ${evidence}`);
    assert.match(evidence, /\d/, id);
  }
  assert.match(claims[1].evidence, /in text against 0\.\d+ in image, a difference of 0\.\d+ \(95 % interval/);
});

Deno.test("planted proportions are recovered", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("text")], OPTIONS);
  const { valueA, valueB, difference } = overall(comparisons, "proportion");
  assert.ok(Math.abs(valueA! - 0.03) < 0.006 && Math.abs(valueB! - 0.1125) < 0.015, `${valueA} and ${valueB}`);
  assert.ok(difference! > 0.06);
});

Deno.test("swapping the families swaps every sign", async () => {
  const networks = [await network("image"), await network("text")];
  const there = compareFamilies(networks, { ...OPTIONS, pairs: [{ a: "image", b: "text" }] });
  const back = compareFamilies(networks, { ...OPTIONS, pairs: [{ a: "text", b: "image" }] });
  assert.equal(there.length, back.length);
  there.forEach((row, i) => {
    const other = back[i];
    assert.deepEqual([other.a, other.b, other.measure, other.category], [row.b, row.a, row.measure, row.category]);
    assert.deepEqual([other.valueA, other.valueB], [row.valueB, row.valueA]);
    const near = (a: number | null, b: number | null) =>
      a === null || b === null ? assert.equal(a, b) : assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)));
    near(row.difference, other.difference && -other.difference);
    near(row.effect, other.effect && -other.effect);
    near(row.interval && row.interval[0], other.interval && -other.interval[1]);
    near(row.interval && row.interval[1], other.interval && -other.interval[0]);
  });
});

Deno.test("the opposite difference makes the claims fail", async () => {
  const [image, text] = [await network("image"), await network("text")];
  const networks = [{ ...text, supervision: "vision" as const }, { ...image, supervision: "language" as const }];
  const { claims } = compareSoundly(networks, OPTIONS);
  assert.equal(claims.find(({ id }) => id === "more")!.verdict, "fails");
  assert.equal(claims.find(({ id }) => id === "specificity")!.verdict, "fails");
  assert.equal(claims.find(({ id }) => id === "strength")!.verdict, "fails");
});

Deno.test("the same network under two names is inconclusive throughout", async () => {
  const own = await network("image");
  const { comparisons, claims } = compareSoundly(
    [own, { ...own, family: "twin", supervision: "language" }, { ...own, family: "third", supervision: "contrastive" }],
    OPTIONS,
  );
  for (const { difference, interval, pValue } of comparisons) {
    if (difference === null || interval === null) continue;
    assert.equal(difference, 0);
    assert.ok(interval[0] <= 0 && interval[1] >= 0);
    assert.ok(pValue! > 0.9);
  }
  for (const { verdict } of claims.slice(1)) assert.equal(verdict, "inconclusive");
});

Deno.test("networks that differ in their seed alone share a family, whose interval also spans the seeds", async () => {
  const images = [await network("image", 1), await network("image", 2), await network("image", 3)];
  const texts = [await network("text", 1), await network("text", 2)];
  const { comparisons, claims } = compareSoundly([...images, ...texts], OPTIONS);
  const proportions = overall(comparisons, "proportion");
  const each = images.map(({ analysis: { taps } }) =>
    taps.flatMap((tap) => TARGETS.map((category) => tap.categories[category].proportion!))
  );
  const mean = each.flat().reduce((sum, value) => sum + value, 0) / each.flat().length;
  assert.ok(Math.abs(proportions.valueA! - mean) < 1e-12);
  assert.equal(claims[1].verdict, "holds");
  assert.equal(claims[1].rows.filter(({ criterion }) => criterion === "conjunction").length, 1);

  // The same three images of three networks that disagree: the seeds carry the interval.
  const apart = [images[0], { ...texts[0], family: "image", supervision: "vision" as const }];
  const wide = overall(compareFamilies([...apart, texts[1]], OPTIONS), "proportion");
  const width = ({ interval }: ComparisonResult): number => interval![1] - interval![0];
  assert.ok(width(wide) > 3 * width(overall(compareFamilies([images[0], texts[1]], OPTIONS), "proportion")));
});

Deno.test("p values of rows with a depth are corrected over the depths, the others are not", async () => {
  const { comparisons } = compareSoundly([await network("image"), await network("text")], OPTIONS);
  const rows = comparisons.filter(({ measure, category, matched, criterion }) =>
    measure === "proportion" && category === "faces" && !matched && criterion === "conjunction"
  );
  assert.deepEqual(rows.map(({ depth }) => depth), [0, 1, null]);
  const [a, b] = familiesOf([await network("image"), await network("text")]);
  const read = (depth: number): Reader => readerAt("conjunction", "faces", "proportion", depth);
  const p = (...readers: Reader[]) => differenceOf(a, b, readers, { level: 0.95, seed: 1 }).pValue!;
  assert.deepEqual(rows.map(({ pValue }) => pValue), [...holm([p(read(0)), p(read(1))]), p(read(0), read(1))]);
  // None of 1,000 draws lies on the other side of zero; p is not stuck at 2/1001, and survives a correction over 26 taps.
  assert.ok(rows[2].pValue! < 2 / 1001 && rows[2].pValue! > 0, `${rows[2].pValue}`);
  assert.ok(26 * p(read(1)) < 0.05);
});

Deno.test("the p value of a difference is below 0.05 exactly where its 95 % interval excludes zero", async () => {
  const networks = [await network("image"), await network("image", 2), await network("text"), await network("both")];
  const rows = compareFamilies(networks, OPTIONS).filter(({ depth, interval, pValue }) =>
    depth === null && interval !== null && pValue !== null
  );
  const excludes = rows.filter(({ interval }) => interval![0] > 0 || interval![1] < 0);
  assert.ok(excludes.length > 0 && excludes.length < rows.length);
  for (const row of rows) {
    const [low, high] = row.interval!;
    assert.equal(
      row.pValue! < 0.05,
      low > 0 || high < 0,
      `${row.measure} of ${row.category}: ${row.pValue}, ${low}, ${high}`,
    );
  }
});

Deno.test("an effect is counted in standard deviations between networks, whatever the number of images", () => {
  const shares = (value: number): AnalysedNetwork["analysis"] => ({ value } as unknown as AnalysedNetwork["analysis"]);
  const family = (name: string, values: readonly number[]) => ({
    name,
    supervision: "vision" as const,
    networks: values.map((value, seed) => asNetwork(name, "vision", shares(value), seed)),
  });
  const [alone, three, two] = [family("alone", [5]), family("three", [1, 2, 3]), family("two", [6, 9])];
  for (const images of [0.01, 0.1]) {
    const draws = replicatesOf(Float64Array.from({ length: 500 }, (_, i) => images * Math.sin(i)), undefined, 39);
    const read: Reader = (analysis) => ({ value: (analysis as unknown as { value: number }).value, draws });
    const effect = (a: typeof alone, b: typeof alone) => differenceOf(a, b, [read], { level: 0.95, seed: 1 });
    // Variances over seeds: 1 of the three, 4.5 of the two; the family of one network has none.
    assert.ok(Math.abs(effect(three, two).effect! - 5.5 / Math.sqrt(2.75)) < 1e-12);
    assert.ok(Math.abs(effect(alone, three).effect! + 3) < 1e-12);
    assert.ok(Math.abs(ownNumber(three, read, { level: 0.95, seed: 1 }).effect! - 2) < 1e-12);
    const none = effect(alone, alone);
    assert.deepEqual([none.effect, none.effectReason], [null, "a family of one network has no spread over seeds"]);
    const same = family("same", [4, 4]);
    assert.deepEqual([effect(same, same).effect, effect(same, same).effectReason], [
      null,
      "the networks of a family do not differ",
    ]);
  }
});

Deno.test("rows of families of several networks carry an effect, the others say why not", async () => {
  const networks = [await network("image"), await network("image", 2), await network("text")];
  const seeded = compareSoundly(networks, OPTIONS);
  const { difference, effect } = overall(seeded.comparisons, "strength.response");
  assert.ok(difference! < 0 && effect! < 0);
  for (const row of [...seeded.comparisons, ...seeded.claims.slice(1).flatMap(({ rows }) => rows)]) {
    if (row.difference !== null && row.effect === null) assert.ok(row.effectReason ?? row.reason, row.measure);
  }
});

Deno.test("the pairs compared are images against language, and the untrained against all that were trained", async () => {
  const networks = [await network("image"), await network("text"), await network("both"), await network("naive")];
  assert.deepEqual(defaultPairs(networks), [
    { a: "image", b: "text" },
    { a: "image", b: "both" },
    { a: "naive", b: "image" },
    { a: "naive", b: "text" },
    { a: "naive", b: "both" },
  ]);
  assert.deepEqual(defaultPairs([networks[3]]), []);
  assert.deepEqual(defaultPairs([networks[1], networks[2]]), []);
});

Deno.test("an untrained family is compared but not judged", async () => {
  const networks = [await network("image"), await network("naive"), await network("text")];
  const { comparisons, claims } = compareSoundly(networks, OPTIONS);
  const row = comparisons.find(({ a, b, measure, category, depth }) =>
    a === "naive" && b === "image" && measure === "proportion" && category === "all" && depth === null
  )!;
  assert.ok(row.valueA! < 0.002 && row.interval![0] > 0);
  const specificity = comparisons.find(({ a, b, measure }) =>
    a === "naive" && b === "image" && measure === "specificity.t"
  )!;
  assert.deepEqual([specificity.difference, specificity.interval], [null, null]);
  assert.match(specificity.reason!, /not every network has a value: no unit is selected/);
  for (const { rows } of claims) assert.ok(rows.every(({ a, b }) => a !== "naive" && b !== "naive"));
});

Deno.test("a verdict on language is that of the language-supervised family; consistency is CLIP's", async () => {
  const networks = [await network("image"), await network("both"), await network("text")];
  const { claims } = compareSoundly(networks, OPTIONS);
  assert.match(claims[1].evidence, /in text against .* in image/);
  assert.match(claims[1].evidence, /both against image 0\.\d+ \(holds\)/);
  assert.match(claims[5].evidence, /in both against .* in image/);
  assert.deepEqual(claims.map(({ id }) => id), CLAIMS);
});

Deno.test("where no language-supervised family was run, the contrastive one decides", async () => {
  const { claims } = compareSoundly([await network("image"), await network("both")], OPTIONS);
  assert.equal(claims[1].verdict, "holds");
  assert.match(claims[1].evidence, /in both against/);
});

Deno.test("one network alone, or none, is judged as far as it goes", async () => {
  const alone = compareSoundly([await network("image")], OPTIONS);
  assert.deepEqual(alone.comparisons, []);
  assert.deepEqual(alone.claims.map(({ id }) => id), CLAIMS);
  assert.equal(alone.claims[0].verdict, "holds");
  for (const { verdict, evidence, rows } of alone.claims.slice(1)) {
    assert.deepEqual([verdict, rows], ["not tested", []]);
    assert.equal(evidence, "No image-only network and network that learned from language were both run.");
  }
  const untrained = compareSoundly([await network("naive")], OPTIONS);
  assert.deepEqual([untrained.claims[0].verdict, untrained.claims[0].evidence], [
    "not tested",
    "No trained network was run.",
  ]);
  const none = compareSoundly([], OPTIONS);
  assert.deepEqual(none.claims.map(({ verdict }) => verdict), new Array(6).fill("not tested"));
});

Deno.test("networks of which one selects nothing are compared in what is left", async () => {
  const naive = await network("naive");
  const networks = [{ ...naive, supervision: "vision" as const }, await network("text")];
  const { claims } = compareSoundly(networks, OPTIONS);
  assert.equal(claims[1].verdict, "holds");
  for (const id of ["specificity", "strength"]) {
    const claim = claims.find((each) => each.id === id)!;
    assert.equal(claim.verdict, "not tested");
    assert.match(claim.evidence, /not tested in text against naive: .*no unit is selected/);
    const row = claim.rows.find(({ matched, criterion }) => !matched && criterion === "conjunction")!;
    assert.deepEqual([row.verdict, row.difference], ["not tested", null]);
    assert.ok(claim.rows.some(({ matched, verdict }) => matched && verdict !== "not tested"));
  }
});

Deno.test("networks of different depth are compared at the depths of the one with fewer taps", async () => {
  const { recording } = made({ seed: 60, imageSeed: 1 });
  const analysis = await analyseNetwork(recording, OPTIONS);
  const networks = [await network("image"), asNetwork("deep", "language", analysis)];
  const { comparisons } = compareSoundly(networks, OPTIONS);
  const depths = new Set(comparisons.map(({ depth }) => depth));
  assert.deepEqual([...depths], [0, 1, null]);
  const last = comparisons.find(({ measure, category, depth }) =>
    measure === "proportion" && category === "faces" && depth === 1
  )!;
  assert.equal(last.valueB, analysis.taps[2].categories.faces.proportion);
});

Deno.test("without permuted labels presence is not tested, and says why", async () => {
  const { recording } = made({ seed: 61 });
  const options = { ...OPTIONS, permutations: 0 };
  const networks = [asNetwork("image", "vision", await analyseNetwork(recording, options))];
  const [presence] = compareSoundly(networks, options).claims;
  assert.equal(presence.verdict, "not tested");
  assert.ok(presence.rows.some(({ verdict, reason }) => verdict === "not tested" && /not permuted/.test(reason!)));
});

Deno.test("a pair with a family that was not run is left out", async () => {
  const pairs = [{ a: "image", b: "nobody" }, { a: "image", b: "text" }];
  const rows = compareFamilies([await network("image"), await network("text")], { ...OPTIONS, pairs });
  assert.deepEqual([...new Set(rows.map(({ b }) => b))], ["text"]);
});

Deno.test("the evidence of a claim names the level of its interval", async () => {
  const networks = [await network("image"), await network("text")];
  const { claims } = compareSoundly(networks, { ...OPTIONS, level: 0.999 });
  assert.match(claims[1].evidence, /\(99\.9 % interval/);
});

Deno.test("comparing and judging turn down options out of range", () => {
  assert.throws(() => compareFamilies([], { ...FEW, level: 2 }), /Cannot analyse with level = 2/);
  assert.throws(() => judgeClaims([], [], { ...FEW, replicates: 1 }), /Cannot analyse with replicates = 1/);
});

Deno.test("a criterion that replicates cannot decide has no interval for what is selected, and says why", async () => {
  const networks = [await network("image"), await network("text")];
  const { comparisons, claims } = compareSoundly(networks, OPTIONS);
  const rows = comparisons.filter(({ criterion }) => criterion === "ranksum");
  const row = (name: MeasureName): ComparisonResult => rows.find(({ measure }) => measure === name)!;
  for (const measure of ["proportion", "depthSlope"] as const) {
    assert.ok(row(measure).difference !== null && row(measure).interval === null, measure);
    assert.equal(row(measure).reason, "rank sums need every response; they are not resampled", measure);
  }
  assert.ok(row("specificity.dprime").interval !== null);
  assert.equal(row("specificity.dprime").reason, undefined);
  const own = (id: string) =>
    claims.find((claim) => claim.id === id)!.rows.filter((each) => each.criterion === "ranksum");
  assert.deepEqual(
    own("presence").filter(({ b }) => b === "image").map(({ measure, verdict, reason }) => [measure, verdict, reason]),
    [
      ["proportion", "not tested", "rank sums need every response; they are not permuted"],
      ["depthSlope", "not tested", "rank sums need every response; they are not resampled"],
    ],
  );
  assert.match(own("more")[0].reason!, /they are not resampled/);
});
