import assert from "node:assert/strict";
import { analyseNetwork, compareFamilies, judgeClaims } from "../../src/inference/mod.ts";
import { type Evidence, verdictOf } from "../../src/inference/_verdict.ts";
import { type ClaimResult, type ClaimRow, type ComparisonResult, WIDTHLESS } from "../../src/results/mod.ts";
import { MEASURES } from "../../src/measures/mod.ts";
import { holm } from "../../src/statistics/mod.ts";
import { asNetwork, compareSoundly, deciding, made, TARGETS, toolsOf } from "./made.ts";
import { network, SETTINGS, trainings } from "./planted_families.ts";

const IDS = ["presence", "more", "specificity", "localization", "strength", "consistency"];
const TOOLS = toolsOf(SETTINGS);
const FIXED = "the criterion fixes the proportion";
const SINGLE = "the criterion decides from single responses, which are not resampled";

function claimOf(claims: readonly ClaimResult[], id: string): ClaimResult {
  return claims.find((claim) => claim.id === id)!;
}

/** The hypotheses of a claim. */
function hypothesesOf({ rows }: ClaimResult): ClaimRow[] {
  return rows.filter(({ hypothesis }) => hypothesis);
}

const EVIDENCE: Evidence = {
  inference: "families",
  interval: [1, 3],
  difference: 2,
  pValue: 0.01,
  equivalenceP: 0.5,
  valueA: 2,
  valueB: 4,
};

Deno.test("a verdict follows from the p values, the sign, the level of inference and the entries", () => {
  const verdict = (change: Partial<Evidence> = {}, sign: 1 | -1 = 1) =>
    verdictOf({ ...EVIDENCE, ...change }, { sign, alpha: 0.05 });
  assert.equal(verdict(), "holds");
  assert.equal(verdict({}, -1), "fails");
  assert.equal(verdict({ difference: -2 }, -1), "holds");
  assert.equal(verdict({ pValue: 0.06 }), "inconclusive");
  assert.equal(verdict({ pValue: 0.06, equivalenceP: 0.04 }), "equivalent");
  // A difference that is there and small is a difference.
  assert.equal(verdict({ equivalenceP: 0.04 }), "holds");
  assert.equal(verdict({ interval: null }), "not tested");
  assert.equal(verdict({ interval: [2, 2] }), "inconclusive");
  assert.equal(verdict({ entries: { used: 3, of: 8 } }), "inconclusive");
  assert.equal(verdict({ entries: { used: 4, of: 8 } }), "holds");
  for (const sign of [1, -1] as const) {
    assert.equal(verdict({ inference: "networks" }, sign), "higher");
    assert.equal(verdict({ inference: "networks", difference: -2 }, sign), "lower");
    assert.equal(verdict({ inference: "networks", pValue: 0.06, equivalenceP: 0.01 }, sign), "inconclusive");
  }
});

Deno.test("claims on planted differences hold, and the opposite difference makes them fail", async () => {
  const [images, texts] = [await trainings("image"), await trainings("text")];
  const { claims } = compareSoundly([...images, ...texts], SETTINGS);
  assert.deepEqual(claims.map(({ id }) => id), IDS);
  for (const id of ["more", "specificity", "strength"]) assert.equal(claimOf(claims, id).verdict, "holds", id);
  const swapped = [
    ...texts.map((each) => ({ ...each, supervision: "vision" as const })),
    ...images.map((each) => ({ ...each, supervision: "language" as const })),
  ];
  const opposite = compareSoundly(swapped, SETTINGS).claims;
  for (const id of ["more", "specificity", "strength"]) assert.equal(claimOf(opposite, id).verdict, "fails", id);
});

Deno.test("one training a family decides no claim: its rows speak of these networks alone", async () => {
  const { claims } = compareSoundly([await network("image"), await network("text")], SETTINGS);
  for (const claim of claims.slice(1)) {
    assert.deepEqual([claim.verdict, hypothesesOf(claim)], ["not tested", []], claim.id);
    assert.match(claim.reason!, /three trainings/);
    for (const { inference, verdict, equivalenceP } of claim.rows) {
      assert.deepEqual([inference, equivalenceP], ["networks", null]);
      assert.ok(["higher", "lower", "inconclusive", "not tested"].includes(verdict), verdict);
    }
  }
  assert.ok(claimOf(claims, "more").rows.some(({ verdict }) => verdict === "higher"));
  assert.equal(claims[0].verdict, "described");
});

Deno.test("hypotheses are claims on the marked pairs, each by one measure, corrected over each other", async () => {
  const networks = [...await trainings("image"), ...await trainings("text"), ...await trainings("both")];
  const pairs = [{ a: "image", b: "text", claims: true }, { a: "image", b: "both", claims: true }, {
    a: "text",
    b: "both",
  }];
  const { claims, comparisons } = compareSoundly(networks, { ...SETTINGS, pairs });
  const all = claims.flatMap(hypothesesOf);
  assert.deepEqual(
    claims.slice(1).map((claim) => hypothesesOf(claim).map(({ measure, b, category }) => [measure, b, category])),
    [
      ["proportion", undefined],
      ["specificity.dprime", undefined],
      ["localization.within.entropy", undefined],
      [MEASURES.find(({ group, primary }) => group === "strength" && primary)!.name, undefined],
      ["consistency", "all units"],
    ].map(([measure, category]) => ["text", "both"].map((b) => [measure, b, category])),
  );
  const raw = all.map((row) =>
    comparisons.find((each) =>
      each.b === row.b && each.a === row.a && each.measure === row.measure && each.criterion === row.criterion &&
      each.depth === null && !each.matched && each.category === (row.category ?? "all")
    )!
  );
  assert.deepEqual(all.map(({ pValue }) => pValue), holm(raw.map(({ pValue }) => pValue)));
  assert.deepEqual(all.map(({ equivalenceP }) => equivalenceP), holm(raw.map(({ equivalenceP }) => equivalenceP)));
  // Nothing else is corrected.
  const rest = claims.slice(1).flatMap(({ rows }) => rows).filter(({ hypothesis, pValue }) =>
    !hypothesis && pValue !== null
  );
  assert.ok(rest.length > 10);
  for (const row of rest) {
    assert.ok(comparisons.some((each) => each.pValue === row.pValue && each.measure === row.measure));
  }
  // A claim says what its hypotheses agree on.
  for (const claim of claims.slice(1)) {
    const verdicts = new Set(hypothesesOf(claim).map(({ verdict }) => verdict).filter((each) => each !== "not tested"));
    const expected = verdicts.size === 0 ? "not tested" : verdicts.size === 1 ? [...verdicts][0] : "mixed";
    assert.equal(claim.verdict, expected, claim.id);
  }
});

Deno.test("where its hypotheses disagree a claim is mixed", async () => {
  const [images, texts] = [await trainings("image"), await trainings("text")];
  const others = images.map((each) => ({ ...each, family: "third" }));
  const pairs = [{ a: "image", b: "text", claims: true }, { a: "text", b: "third", claims: true }];
  const { claims } = compareSoundly([...images, ...texts, ...others], { ...SETTINGS, pairs });
  const more = claimOf(claims, "more");
  assert.deepEqual(hypothesesOf(more).map(({ verdict }) => verdict), ["holds", "fails"]);
  assert.equal(more.verdict, "mixed");
});

Deno.test("trainings of one kind under two names differ by nothing that decides a claim", async () => {
  const images = await trainings("image");
  const { claims } = compareSoundly(
    [...images, ...images.map((each) => ({ ...each, family: "twin", supervision: "language" as const }))],
    SETTINGS,
  );
  for (const { id, verdict } of claims.slice(1)) {
    assert.ok(["inconclusive", "not tested", "equivalent"].includes(verdict), `${id}: ${verdict}`);
  }
});

Deno.test("one network alone, or none, is judged as far as it goes", async () => {
  const alone = compareSoundly([await network("image")], SETTINGS);
  assert.deepEqual([alone.comparisons, alone.pairs], [[], []]);
  assert.deepEqual(alone.claims.map(({ id }) => id), IDS);
  assert.equal(alone.claims[0].verdict, "described");
  for (const { verdict, rows, reason } of alone.claims.slice(1)) {
    assert.deepEqual([verdict, rows], ["not tested", []]);
    assert.match(reason!, /no two families/);
  }
  const none = compareSoundly([], SETTINGS);
  assert.deepEqual(none.claims.map(({ verdict }) => verdict), new Array(6).fill("not tested"));
});

Deno.test("an untrained family is compared and described, and no claim is judged on it", async () => {
  const networks = [...await trainings("image"), ...await trainings("naive"), ...await trainings("text")];
  const { comparisons, claims } = compareSoundly(networks, SETTINGS);
  assert.ok(comparisons.some(({ a, b }) => a === "naive" && b === "image"));
  for (const { rows } of claims.slice(1)) assert.ok(rows.every(({ a, b }) => a !== "naive" && b !== "naive"));
  assert.ok(claims[0].rows.some(({ b }) => b === "naive"));
});

Deno.test("where the primary measure has no interval, no other measure decides", async () => {
  const networks = [...await trainings("image"), ...await trainings("text")];
  const found = compareFamilies(networks, SETTINGS, TOOLS);
  const comparisons = found.comparisons.map((row): ComparisonResult =>
    row.measure === "specificity.dprime"
      ? { ...row, interval: null, pValue: null, equivalenceP: null, reason: "made up" }
      : row
  );
  const claim = claimOf(
    judgeClaims(networks, { ...found, comparisons }, { settings: SETTINGS, tools: TOOLS }),
    "specificity",
  );
  assert.deepEqual([claim.verdict, claim.reason], ["not tested", "made up"]);
  assert.ok(claim.rows.some(({ measure, verdict }) => measure === "specificity.t" && verdict === "holds"));
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
  for (const [at, [family, supervision]] of [["image", "vision"], ["text", "language"]].entries()) {
    for (const seed of [0, 1, 2]) {
      const layers = ["first", "last"].map((name) => ({ name, shape: [12, 10, 10], selective: 0.1, effect: 2 }));
      const { recording } = made({ seed: 70 + 10 * at + seed, imageSeed: 1, layers });
      const analysis = await analyseNetwork(recording, settings);
      networks.push(asNetwork(family, supervision as "vision" | "language", analysis, seed));
    }
  }
  const { claims } = compareSoundly(networks, settings);
  const more = claimOf(claims, "more");
  assert.deepEqual([more.verdict, more.reason], ["not tested", FIXED]);
  assert.notEqual(claimOf(claims, "specificity").verdict, "not tested");
});

Deno.test("presence is described beside what permuted labels select", async () => {
  for (const permutations of [0, 19]) {
    const settings = { ...SETTINGS, criteria: [], permutations };
    const analysis = await analyseNetwork(made({ seed: 61 }).recording, settings);
    const [presence] = compareSoundly([asNetwork("image", "vision", analysis)], settings).claims;
    assert.equal(presence.verdict, "described");
    const { verdict, valueA, valueB, difference, interval, inference } = presence.rows.find(({ measure }) =>
      measure === "proportion"
    )!;
    assert.deepEqual([verdict, inference, valueA === null], ["described", "network", permutations === 0]);
    assert.ok(Math.abs(valueB! - (valueA ?? 0) - difference!) < 1e-12 && interval![0] > 0);
  }
});

Deno.test("numbers that never change settle nothing, and say so", async () => {
  const always = deciding("always", 1);
  const settings = { ...SETTINGS, criteria: [], criterion: "always" };
  const networks = [];
  for (const [at, [family, supervision]] of [["image", "vision"], ["text", "language"]].entries()) {
    for (const seed of [0, 1, 2]) {
      const { recording } = made({ seed: 80 + 10 * at + seed, imageSeed: 1 });
      const analysis = await analyseNetwork(recording, settings, { tools: toolsOf(settings, [always]) });
      networks.push(asNetwork(family, supervision as "vision" | "language", analysis, seed));
    }
  }
  const { claims } = compareSoundly(networks, settings, [always]);
  const [more] = hypothesesOf(claimOf(claims, "more"));
  assert.deepEqual([more.verdict, more.reason], ["inconclusive", WIDTHLESS]);
  for (const { reason } of claimOf(claims, "presence").rows.filter(({ criterion }) => criterion === "always")) {
    assert.equal(reason, WIDTHLESS);
  }
});

Deno.test("consistency is judged over every sampled unit; that over selected units stands beside", async () => {
  const networks = [...await trainings("image"), ...await trainings("both")];
  const { comparisons, claims } = compareSoundly(networks, SETTINGS);
  const rows = comparisons.filter(({ measure }) => measure === "consistency");
  assert.deepEqual(rows.map(({ category }) => category), ["all", ...TARGETS, "all units"]);
  const judged = claimOf(claims, "consistency");
  assert.deepEqual(judged.rows.map(({ category, hypothesis }) => [category, hypothesis]), [
    [undefined, false],
    ["all units", true],
  ]);
  assert.equal(judged.rows[1].difference, rows.at(-1)!.difference);
});

Deno.test("judgeClaims() turns down settings out of range", () => {
  assert.throws(
    () => judgeClaims([], { pairs: [], comparisons: [] }, { settings: { ...SETTINGS, splits: 0 }, tools: TOOLS }),
    /Cannot analyse with splits = 0/,
  );
});
