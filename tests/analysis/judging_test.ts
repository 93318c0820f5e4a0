import assert from "node:assert/strict";
import { type AnalysedNetwork, analyseNetwork, compareFamilies, judgeClaims } from "../../src/analysis/mod.ts";
import { CRITERIA, type Criterion } from "../../src/localizer/mod.ts";
import {
  type ClaimResult,
  type ComparisonResult,
  isWidthless,
  type MeasureName,
  PRIMARY_MEASURES,
  type Supervision,
} from "../../src/results/mod.ts";
import { asNetwork, compareSoundly, FEW, made, TARGETS } from "./recordings.ts";

const TOPK = CRITERIA.find(({ name }) => name === "topk")!;
const FIXED = "the criterion fixes the proportion";
const EXCLUSIVE = "the criterion cannot select a unit for two categories";
const WIDTHLESS = "every resample gives the same number, so that the interval has no width";

/** Selects the same units whatever they respond. */
const ALWAYS: Criterion = {
  ...TOPK,
  name: "always",
  fixesProportion: undefined,
  select: ({ moments }) => Uint8Array.from(moments[0].mean, (_, unit) => (unit < 40 ? 1 : 0)),
};

function analysed(
  family: string,
  supervision: Supervision,
  { seed, channels = 12, criterion, effect = 2 }: {
    seed: number;
    channels?: number;
    criterion?: Criterion;
    effect?: number;
  },
): Promise<AnalysedNetwork> {
  const taps = ["first", "second"].map((name, at) => ({
    name,
    shape: [channels, 6, 6],
    selective: 0.06 * (at + 1),
    effect,
  }));
  const { recording } = made({ seed, imageSeed: 1, taps });
  return analyseNetwork(recording, { ...FEW, ...(criterion ? { criterion } : {}), criteria: [TOPK] })
    .then((analysis) => asNetwork(family, supervision, analysis));
}

const PAIR = Promise.all([
  analysed("image", "vision", { seed: 3 }),
  analysed("text", "language", { seed: 4 }),
  analysed("both", "contrastive", { seed: 5 }),
  analysed("naive", "untrained", { seed: 6, effect: 0.1 }),
]);
const OPTIONS = { ...FEW, criteria: [TOPK] };

function averages(rows: readonly ComparisonResult[], measure: MeasureName, criterion: string): ComparisonResult[] {
  return rows.filter((row) => row.measure === measure && row.criterion === criterion && row.depth === null);
}

function claimOf(claims: readonly ClaimResult[], id: ClaimResult["id"]): ClaimResult {
  return claims.find((claim) => claim.id === id)!;
}

Deno.test("what a criterion fixes by itself keeps its difference and is not tested", async () => {
  const { comparisons, claims } = compareSoundly([...await PAIR].slice(0, 2), OPTIONS);
  for (const measure of ["proportion", "depthSlope"] as const) {
    const [row] = averages(comparisons, measure, "topk");
    assert.ok(row.difference !== null);
    assert.deepEqual([row.interval, row.pValue, row.effect, row.reason], [null, null, null, FIXED], measure);
    assert.ok(averages(comparisons, measure, "conjunction")[0].interval !== null, measure);
  }
  const exclusivity = averages(comparisons, "specificity.exclusivity", "conjunction");
  for (const row of exclusivity.filter(({ matched }) => !matched)) {
    assert.deepEqual([row.interval, row.pValue, row.effect, row.reason], [null, null, null, EXCLUSIVE]);
  }
  assert.ok(exclusivity.some(({ matched, interval }) => matched && interval !== null));
  assert.equal(
    averages(comparisons, "specificity.exclusivity", "topk").some(({ reason }) => reason === EXCLUSIVE),
    false,
  );
  const own = claimOf(claims, "presence").rows.filter(({ criterion, b }) => criterion === "topk" && b === "text");
  assert.deepEqual(own.map(({ measure, verdict, interval, reason }) => [measure, verdict, interval, reason]), [
    ["proportion", "not tested", null, FIXED],
    ["depthSlope", "not tested", null, FIXED],
  ]);
  const main = claimOf(claims, "presence").rows.filter(({ criterion }) => criterion === "conjunction");
  for (const { effect, effectReason } of main) {
    assert.deepEqual([effect, effectReason], [null, "a family of one network has no spread over seeds"]);
  }
  const [more] = claimOf(claims, "more").rows.filter(({ criterion }) => criterion === "topk");
  assert.deepEqual([more.verdict, more.reason], ["not tested", FIXED]);
});

Deno.test("a claim whose own measure the main criterion fixes is not tested, and its evidence says why", async () => {
  const networks = await Promise.all([
    analysed("image", "vision", { seed: 3, criterion: TOPK }),
    analysed("text", "language", { seed: 4, criterion: TOPK }),
    analysed("both", "contrastive", { seed: 5, criterion: TOPK }),
  ]);
  const { claims } = compareSoundly(networks, { ...FEW, criterion: TOPK });
  for (const id of ["presence", "more"] as const) {
    assert.equal(claimOf(claims, id).verdict, "not tested", id);
    assert.ok(claimOf(claims, id).evidence.includes(FIXED), claimOf(claims, id).evidence);
  }
  assert.notEqual(claimOf(claims, "specificity").verdict, "not tested");
});

Deno.test("an interval without width settles nothing, and says so", async () => {
  const networks = await Promise.all([
    analysed("image", "vision", { seed: 3, criterion: ALWAYS, channels: 12 }),
    analysed("text", "language", { seed: 4, criterion: ALWAYS, channels: 10 }),
  ]);
  const { comparisons, claims } = compareSoundly(networks, { ...FEW, criterion: ALWAYS });
  const [row] = averages(comparisons, "proportion", "always");
  assert.ok(row.difference! > 0 && isWidthless(row.interval!, [row.valueA, row.valueB]), `${row.interval}`);
  assert.deepEqual([row.pValue, row.reason], [null, WIDTHLESS]);
  const more = claimOf(claims, "more");
  assert.deepEqual([more.verdict, more.rows[0].reason], ["inconclusive", WIDTHLESS]);
  assert.ok(more.evidence.includes(WIDTHLESS), more.evidence);
  for (
    const { verdict, reason } of claimOf(claims, "presence").rows.filter(({ criterion }) => criterion === "always")
  ) {
    assert.deepEqual([verdict, reason], ["inconclusive", WIDTHLESS]);
  }
});

Deno.test("consistency is judged over selected units; every sampled unit stands beside, and the untrained with both", async () => {
  const [image, text, both, naive] = await PAIR;
  const networks = [image, text, both, await analysed("weak", "untrained", { seed: 7 })];
  const { comparisons, claims } = compareSoundly(networks, OPTIONS);
  const rows = averages(comparisons, "consistency", "conjunction").filter(({ a, b }) => a === "image" && b === "both");
  assert.deepEqual(rows.map(({ category }) => category), ["all", ...TARGETS, "all units"]);
  const own = both.analysis.consistency;
  const selected = TARGETS.map((category) => own[category].mean.value!);
  assert.ok(Math.abs(rows[0].valueB! - selected.reduce((sum, value) => sum + value, 0) / 4) < 1e-12);
  assert.deepEqual(rows[0].entries, { used: 4, of: 4 });
  assert.equal(rows[5].valueB, own.all.mean.value);
  assert.notEqual(rows[0].valueB, rows[5].valueB);

  const claim = claimOf(claims, "consistency");
  const judged = claim.rows.filter(({ b }) => b === "both");
  assert.deepEqual(judged.map(({ category }) => category), [undefined, "all units"]);
  assert.equal(claim.verdict, judged[0].verdict);
  assert.equal(judged[0].difference, rows[0].difference);
  assert.match(
    claim.evidence,
    /^Averaged over categories, consistency over taps of the selected units \(over all 4 categories\): .* in both against .* in image, .*untrained, weak has −?0\.\d+\. Over every sampled unit, which no criterion changes: .* in both .*, by which it .*; untrained, weak has −?0\.\d+\.$/,
  );
  assert.doesNotMatch(claim.evidence, /depth/);

  const without = claimOf(compareSoundly([image, both, naive], OPTIONS).claims, "consistency");
  assert.match(
    without.evidence,
    /untrained, naive is not compared \(not every network has a value: fewer than two taps/,
  );
});

Deno.test("rows and evidence say how many taps and categories every network has", async () => {
  const [image, text] = await PAIR;
  const { comparisons, claims } = compareSoundly([image, text], OPTIONS);
  const [row] = averages(comparisons, "specificity.dprime", "conjunction");
  assert.deepEqual(row.entries, { used: 8, of: 8 });
  const short = comparisons.map((each) =>
    each.measure === "specificity.dprime" ? { ...each, entries: { used: 3, of: 8 } } : each
  );
  const claim = claimOf(judgeClaims([image, text], short, OPTIONS), "specificity");
  assert.match(claim.evidence, /\(over 3 of 8 taps and categories\)/);
  assert.match(claimOf(claims, "specificity").evidence, /\(over all 8 taps and categories\)/);
  assert.deepEqual(claim.rows[0].entries, { used: 3, of: 8 });
});

Deno.test("a tap that one network selects nothing in is counted out of the entries", async () => {
  const [image, , , naive] = await PAIR;
  const rows = compareFamilies([image, naive], { ...OPTIONS, pairs: [{ a: "naive", b: "image" }] });
  const [row] = averages(rows, "specificity.dprime", "conjunction");
  assert.ok(row.entries!.used < 8, JSON.stringify(row.entries));
  assert.equal(row.entries!.of, 8);
});

Deno.test("where the measure fixed beforehand has no interval, no other measure and no other family decides", async () => {
  const networks = (await PAIR).slice(0, 3);
  const comparisons = compareFamilies(networks, OPTIONS).map((row) =>
    row.measure === PRIMARY_MEASURES.specificity && row.b === "text"
      ? { ...row, interval: null, pValue: null, effect: null, reason: "made up" }
      : row
  );
  const claim = claimOf(judgeClaims(networks, comparisons, OPTIONS), "specificity");
  assert.equal(claim.verdict, "not tested");
  assert.match(claim.evidence, /in text against .*\(not tested: made up\)/);
  assert.ok(
    claim.rows.some(({ b, measure, verdict }) =>
      b === "text" && measure === "specificity.t" && verdict !== "not tested"
    ),
  );
  assert.ok(claim.rows.some(({ b, verdict }) => b === "both" && verdict !== "not tested"));
});
