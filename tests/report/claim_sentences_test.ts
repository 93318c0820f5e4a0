import assert from "node:assert/strict";
import { claimSentence } from "../../src/report/_claim_sentences.ts";
import type { ClaimResult, ClaimRow, Results } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const ROW: ClaimRow = {
  criterion: "conjunction",
  a: "made-vision",
  b: "made-lang",
  measure: "specificity.dprime",
  matched: false,
  inference: "families",
  hypothesis: false,
  verdict: "fails",
  valueA: 0.5,
  valueB: 0.75,
  difference: 0.25,
  interval: [0.2, 0.3],
  pValue: 0.01,
  equivalenceP: null,
};

function sentence(
  id: ClaimResult["id"],
  rows: readonly Partial<ClaimRow>[],
  { change }: { change?: (results: Results) => void } = {},
): string {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  change?.(results);
  const claim = { ...results.claims[0], id, rows: rows.map((row) => ({ ...ROW, ...row })) };
  return claimSentence(claim, results);
}

Deno.test("claimSentence() gives both numbers, the difference with its interval, and what stands beside", () => {
  const text = sentence("specificity", [
    { entries: { used: 3, of: 4 } },
    { matched: true, difference: -0.0625, verdict: "holds" },
    { measure: "specificity.index", verdict: "holds" },
    { measure: "specificity.t", verdict: "inconclusive" },
    { measure: "specificity.exclusivity", verdict: "holds" },
    { b: "made-clip", difference: 0.125, verdict: "inconclusive" },
    { criterion: "tdann", b: "made-clip", difference: 9 },
  ]);
  assert.equal(
    text,
    "Averaged over layers and categories: d′ against the runner-up (over 3 of 4 layers and categories): 0.75 in made-lang " +
      "against 0.5 in made-vision, a difference of +0.25 (95\u00a0% interval 0.2 to 0.3); at equal counts −0.0625 (holds); by " +
      "the 3 other measures, it holds 2 times, is inconclusive 1 time; made-clip against made-vision +0.125 (inconclusive).",
  );
});

Deno.test("claimSentence() names the level, and what a placement is compared with", () => {
  const text = sentence("localization", [{ measure: "localization.within.entropy" }], {
    change: (results) => results.settings.level = 0.9,
  });
  assert.match(
    text,
    /categories: Entropy within maps, beyond random placement: 0\.75 .*\(90\u00a0% interval 0\.2 to 0\.3\)\.$/,
  );
});

Deno.test("claimSentence() says why a row was not tested or settles nothing", () => {
  const none = { difference: null, valueA: null, valueB: null, interval: null, verdict: "not tested" } as const;
  assert.match(
    sentence("more", [{ ...none, reason: "no unit is selected" }]),
    /: not tested in made-lang against made-vision: no unit is selected\.$/,
  );
  assert.match(sentence("more", [none]), /: it has no value\.$/);
  assert.match(
    sentence("more", [{ interval: null, reason: "the criterion fixes it" }]),
    /a difference of \+0\.25 \(not tested: the criterion fixes it\)\.$/,
  );
  assert.match(sentence("more", [{ reason: "made up" }]), /interval 0\.2 to 0\.3; made up\)\.$/);
});

Deno.test("claimSentence() sets consistency over all units beside that over selected units and of the untrained", () => {
  const rows = [{ measure: "consistency", b: "made-clip" }, {
    measure: "consistency",
    b: "made-clip",
    category: "all units",
    hypothesis: true,
  }];
  const text = sentence("consistency", rows, {
    change(results) {
      const [row] = results.comparisons;
      const at = { ...row, a: "made-untrained", b: "made-clip", measure: "consistency", depth: null, matched: false };
      results.comparisons.push({ ...at, category: "all", valueA: null, reason: "too few units" });
      results.comparisons.push({ ...at, category: "all units", valueA: 0.125 });
    },
  });
  assert.match(text, /^Consistency across layers \(ρ\), all units: 0\.75 in made-clip/);
  assert.match(text, /; untrained, made-untrained has 0\.125\. Consistency across layers \(ρ\): 0\.75/);
  assert.match(text, /; by this it fails; untrained, made-untrained is not compared \(too few units\)\.$/);
});

Deno.test("claimSentence() tells of the first hypothesis, and of a few networks says that it means these alone", () => {
  const rows = [{ difference: 0.125 }, { b: "made-clip", hypothesis: true }];
  assert.match(
    sentence("specificity", rows),
    /0\.75 in made-clip against 0\.5 in made-vision, a difference of \+0\.25/,
  );
  assert.match(
    sentence("specificity", [{ inference: "networks", verdict: "higher" }]),
    /0\.75 in made-lang against 0\.5 in made-vision, in these networks, a difference/,
  );
});

Deno.test("claimSentence() gives each of two hypotheses that disagree its own word", () => {
  const rows = [{ hypothesis: true, verdict: "holds" }, {
    b: "made-clip",
    hypothesis: true,
    verdict: "inconclusive",
  }] as const;
  assert.match(sentence("more", rows), /; so it holds; made-clip against made-vision \+0\.25 \(inconclusive\)\.$/);
  const agreeing = rows.map((row) => ({ ...row, verdict: "holds" as const }));
  assert.doesNotMatch(sentence("more", agreeing), /so it/);
});

Deno.test("claimSentence() tells of every family whether it has selective units, and how their number changes", () => {
  const row = { a: "chance", measure: "proportion" };
  const slope = { a: "chance", measure: "depthSlope", valueA: null };
  const text = sentence("presence", [
    { ...row, b: "made-vision", valueA: 0.001, valueB: 0.05 },
    { ...slope, b: "made-vision", difference: 0.1 },
    { ...row, b: "made-lang", valueA: null, valueB: 0.0625, verdict: "not tested", reason: "labels were not permuted" },
    { ...slope, b: "made-lang", difference: -0.02 },
    { ...row, b: "made-clip", valueB: null },
  ]);
  assert.equal(
    text,
    "Averaged over layers, made-vision selects 5\u00a0% of units per category (0.1\u00a0% with labels permuted), rising by " +
      "10 points from the first layer to the last; made-lang selects 6.25\u00a0% of units per category, falling by 2 points " +
      "from the first layer to the last; made-clip was not measured. Not tested: labels were not permuted.",
  );
  assert.equal(sentence("presence", []), "No network was run.");
});

Deno.test("claimSentence() says why a claim was not tested, before what was found in the networks", () => {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  const claim = { ...results.claims[2], verdict: "not tested" as const, reason: "there are too few trainings" };
  assert.equal(claimSentence({ ...claim, rows: [] }, results), "Not tested: there are too few trainings.");
  const rows = [{ ...ROW, inference: "networks" as const, verdict: "higher" as const }];
  assert.match(
    claimSentence({ ...claim, rows }, results),
    /^Not tested: there are too few trainings\. Averaged over layers and/,
  );
});
