import assert from "node:assert/strict";
import { analyseNetwork, compareFamilies, judgeClaims } from "../../src/inference/mod.ts";
import { verdictOf } from "../../src/inference/_verdict.ts";
import { type ClaimResult, type ComparisonResult, WIDTHLESS } from "../../src/results/mod.ts";
import { asNetwork, compareSoundly, deciding, made, TARGETS, toolsOf } from "./made.ts";
import { network, SETTINGS } from "./planted_families.ts";

const IDS = ["presence", "more", "specificity", "localization", "strength", "consistency"];
const TOOLS = toolsOf(SETTINGS);
const FIXED = "the criterion fixes the proportion";
const SINGLE = "the criterion decides from single responses, which are not resampled";

function claimOf(claims: readonly ClaimResult[], id: string): ClaimResult {
  return claims.find((claim) => claim.id === id)!;
}

/** The row that decided. */
function decisiveRow({ decisive, rows }: ClaimResult): ClaimResult["rows"][number] {
  return rows[decisive!];
}

Deno.test("a verdict follows from the interval and the claimed direction", () => {
  assert.equal(verdictOf([1, 2], 1), "holds");
  assert.equal(verdictOf([1, 2], -1), "fails");
  assert.equal(verdictOf([-2, -1], -1), "holds");
  assert.equal(verdictOf([-1, 2], 1), "inconclusive");
  assert.equal(verdictOf([0, 2], 1), "inconclusive");
  assert.equal(verdictOf(null, 1), "not tested");
  assert.equal(verdictOf([1, 1], 1, [2, 3]), "inconclusive");
});

Deno.test("claims on planted differences hold, and the opposite difference makes them fail", async () => {
  const [image, text] = [await network("image"), await network("text")];
  const { claims } = compareSoundly([image, text], SETTINGS);
  assert.deepEqual(claims.map(({ id }) => id), IDS);
  for (const id of IDS.slice(0, 3).concat("strength")) assert.equal(claimOf(claims, id).verdict, "holds", id);
  const swapped = [{ ...text, supervision: "vision" as const }, { ...image, supervision: "language" as const }];
  const opposite = compareSoundly(swapped, SETTINGS).claims;
  for (const id of ["more", "specificity", "strength"]) assert.equal(claimOf(opposite, id).verdict, "fails", id);
});

Deno.test("the verdict is that of the decisive row: the primary measure, the main criterion, all categories as selected", async () => {
  const networks = [await network("image"), await network("both"), await network("text")];
  const { claims } = compareSoundly(networks, SETTINGS);
  const expected = [
    ["more", "proportion", "text"],
    ["specificity", "specificity.dprime", "text"],
    ["localization", "localization.within.entropy", "text"],
    ["strength", "strength.margin", "text"],
    ["consistency", "consistency", "both"],
  ];
  for (const [id, measure, b] of expected) {
    const claim = claimOf(claims, id);
    const row = decisiveRow(claim);
    assert.deepEqual([row.measure, row.a, row.b, row.criterion, row.matched, row.category], [
      measure,
      "image",
      b,
      "conjunction-max",
      false,
      undefined,
    ]);
    assert.equal(claim.verdict, row.verdict, id);
  }
  assert.equal(claimOf(claims, "presence").decisive, null);
  // Where no language-supervised family was run the contrastive one decides.
  const without = compareSoundly(networks.slice(0, 2), SETTINGS).claims;
  assert.equal(decisiveRow(claimOf(without, "more")).b, "both");
});

Deno.test("the same network under two names is inconclusive throughout", async () => {
  const own = await network("image");
  const { comparisons, claims } = compareSoundly(
    [own, { ...own, family: "twin", supervision: "language" }, { ...own, family: "third", supervision: "contrastive" }],
    SETTINGS,
  );
  for (const { difference, interval } of comparisons) {
    if (difference === null || interval === null) continue;
    assert.equal(difference, 0);
    assert.ok(interval[0] <= 0 && interval[1] >= 0);
  }
  for (const { id, verdict, decisive } of claims.slice(1)) {
    // Entropy has an interval from 40 selected units on, which this network does not have.
    assert.equal(verdict, id === "localization" ? "not tested" : "inconclusive", id);
    assert.notEqual(decisive, null);
  }
});

Deno.test("one network alone, or none, is judged as far as it goes", async () => {
  const alone = compareSoundly([await network("image")], SETTINGS);
  assert.deepEqual(alone.comparisons, []);
  assert.deepEqual(alone.claims.map(({ id }) => id), IDS);
  assert.equal(alone.claims[0].verdict, "holds");
  for (const { verdict, rows, decisive } of alone.claims.slice(1)) {
    assert.deepEqual([verdict, rows, decisive], ["not tested", [], null]);
  }
  const untrained = compareSoundly([await network("naive")], SETTINGS);
  assert.deepEqual([untrained.claims[0].verdict, untrained.claims[0].rows], ["not tested", []]);
  const none = compareSoundly([], SETTINGS);
  assert.deepEqual(none.claims.map(({ verdict }) => verdict), new Array(6).fill("not tested"));
});

Deno.test("an untrained family is compared but not judged", async () => {
  const networks = [await network("image"), await network("naive"), await network("text")];
  const { comparisons, claims } = compareSoundly(networks, SETTINGS);
  assert.ok(comparisons.some(({ a, b }) => a === "naive" && b === "image"));
  for (const { rows } of claims) assert.ok(rows.every(({ a, b }) => a !== "naive" && b !== "naive"));
});

Deno.test("where the primary measure has no interval, no other measure and no other family decides", async () => {
  const networks = [await network("image"), await network("text"), await network("both")];
  const comparisons = compareFamilies(networks, SETTINGS, TOOLS).map((row): ComparisonResult =>
    row.measure === "specificity.dprime" && row.b === "text"
      ? { ...row, interval: null, pValue: null, effect: null, reason: "made up" }
      : row
  );
  const claim = claimOf(judgeClaims(networks, comparisons, { settings: SETTINGS, tools: TOOLS }), "specificity");
  assert.equal(claim.verdict, "not tested");
  assert.deepEqual([decisiveRow(claim).b, decisiveRow(claim).reason], ["text", "made up"]);
  const tested = claim.rows.filter(({ verdict }) => verdict !== "not tested");
  assert.ok(tested.some(({ b, measure }) => b === "text" && measure === "specificity.t"));
  assert.ok(tested.some(({ b }) => b === "both"));
});

Deno.test("where one network selects nothing what is left is judged, and the rest says why not", async () => {
  const naive = await network("naive");
  const networks = [{ ...naive, supervision: "vision" as const }, await network("text")];
  const { claims } = compareSoundly(networks, SETTINGS);
  assert.equal(claimOf(claims, "more").verdict, "holds");
  const claim = claimOf(claims, "strength");
  assert.equal(claim.verdict, "not tested");
  assert.match(decisiveRow(claim).reason!, /selected|fixed threshold/);
  assert.ok(claim.rows.some(({ matched, verdict }) => matched && verdict !== "not tested"));
});

Deno.test("criteria that fix the proportion or decide from single responses are not tested on presence, and say why", async () => {
  const { claims } = compareSoundly([await network("image"), await network("text")], SETTINGS);
  const own = (criterion: string) =>
    claimOf(claims, "presence").rows.filter((row) => row.criterion === criterion && row.b === "text")
      .map(({ measure, verdict, reason }) => [measure, verdict, reason]);
  assert.deepEqual(own("topk"), [
    ["proportion", "not tested", FIXED],
    ["depthSlope", "not tested", FIXED],
  ]);
  assert.deepEqual(own("ranksum"), [
    ["proportion", "not tested", SINGLE],
    ["depthSlope", "not tested", SINGLE],
  ]);
  const more = claimOf(claims, "more").rows.find(({ criterion }) => criterion === "topk")!;
  assert.deepEqual([more.verdict, more.interval, more.reason], ["not tested", null, FIXED]);
});

Deno.test("a claim whose own measure the main criterion fixes is not tested", async () => {
  const settings = { ...SETTINGS, criterion: "topk", criteria: [] };
  const networks = [];
  for (const [seed, [family, supervision]] of [["image", "vision"], ["text", "language"]].entries()) {
    const layers = ["first", "last"].map((name) => ({ name, shape: [12, 10, 10], selective: 0.1, effect: 2 }));
    const analysis = await analyseNetwork(made({ seed: 70 + seed, imageSeed: 1, layers }).recording, settings);
    networks.push(asNetwork(family, supervision as "vision" | "language", analysis));
  }
  const { claims } = compareSoundly(networks, settings);
  for (const id of ["presence", "more"]) assert.equal(claimOf(claims, id).verdict, "not tested", id);
  assert.equal(decisiveRow(claimOf(claims, "more")).reason, FIXED);
  assert.notEqual(claimOf(claims, "specificity").verdict, "not tested");
});

Deno.test("without permuted labels presence is not tested, and says why", async () => {
  const settings = { ...SETTINGS, criteria: [], permutations: 0 };
  const analysis = await analyseNetwork(made({ seed: 61 }).recording, settings);
  const [presence] = compareSoundly([asNetwork("image", "vision", analysis)], settings).claims;
  assert.equal(presence.verdict, "not tested");
  const row = presence.rows.find(({ measure }) => measure === "proportion")!;
  assert.deepEqual([row.verdict, row.reason], ["not tested", "labels were not permuted under this criterion"]);
});

Deno.test("presence does not hold by its interval alone: permuted labels must select fewer", async () => {
  // With three permutations p is a quarter at least, whatever the interval says.
  const settings = { ...SETTINGS, criteria: [], permutations: 3 };
  const analysis = await analyseNetwork(made({ seed: 61 }).recording, settings);
  const [{ rows }] = compareSoundly([asNetwork("image", "vision", analysis)], settings).claims;
  const { verdict, interval } = rows.find(({ measure }) => measure === "proportion")!;
  assert.ok(interval![0] > 0);
  assert.equal(verdict, "inconclusive");
});

Deno.test("numbers that never change settle nothing, and say so", async () => {
  const always = deciding("always", 1);
  const settings = { ...SETTINGS, criteria: [], criterion: "always" };
  const networks = [];
  for (const [seed, [family, supervision]] of [["image", "vision"], ["text", "language"]].entries()) {
    const { recording } = made({ seed: 80 + seed, imageSeed: 1 });
    const analysis = await analyseNetwork(recording, settings, { tools: toolsOf(settings, [always]) });
    networks.push(asNetwork(family, supervision as "vision" | "language", analysis));
  }
  const { claims } = compareSoundly(networks, settings, [always]);
  const more = claimOf(claims, "more");
  assert.deepEqual([more.verdict, decisiveRow(more).reason], ["inconclusive", WIDTHLESS]);
  for (
    const { verdict, reason } of claimOf(claims, "presence").rows.filter(({ criterion }) => criterion === "always")
  ) {
    assert.deepEqual([verdict, reason], ["inconclusive", WIDTHLESS]);
  }
});

Deno.test("consistency is judged over selected units; every sampled unit stands beside", async () => {
  const networks = [await network("image"), await network("both")];
  const { comparisons, claims } = compareSoundly(networks, SETTINGS);
  const rows = comparisons.filter(({ measure }) => measure === "consistency");
  assert.deepEqual(rows.map(({ category }) => category), ["all", ...TARGETS, "all units"]);
  const own = networks[1].analysis.measures.consistency;
  assert.equal(rows.at(-1)!.valueB, own.all.value);
  const judged = claimOf(claims, "consistency");
  assert.deepEqual(judged.rows.map(({ category }) => category), [undefined, "all units"]);
  assert.equal(judged.decisive, 0);
  assert.equal(decisiveRow(judged).difference, rows[0].difference);
});

Deno.test("judgeClaims() turns down settings out of range", () => {
  assert.throws(
    () => judgeClaims([], [], { settings: { ...SETTINGS, splits: 0 }, tools: TOOLS }),
    /Cannot analyse with splits = 0/,
  );
});
