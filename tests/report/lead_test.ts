import assert from "node:assert/strict";
import { leadPair, leadSentences } from "../../src/report/_lead.ts";
import { methodsParagraph } from "../../src/report/_methods.ts";
import { bibliography } from "../../src/report/_citation.ts";
import type { ComparisonResult, Results } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

function withDifference(measure: string, change: Partial<ComparisonResult>): Results {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  results.claims = [];
  for (const row of results.comparisons) {
    if (row.measure === measure && row.category === "all" && row.depth === null) Object.assign(row, change);
  }
  return results;
}

Deno.test("leadSentences() says more, fewer or unsettled by the interval of the difference", () => {
  const sentence = (difference: number, interval: [number, number]): string =>
    leadSentences(withDifference("proportion", { valueA: 0.1, valueB: 0.1 + difference, difference, interval }))[0];
  assert.match(
    sentence(0.03, [0.01, 0.05]),
    /more category-selective units .*made-lang, 13\u00a0% of units; made-vision, 10\u00a0%; 95\u00a0% interval of the difference 1 to 5 points/,
  );
  assert.match(sentence(-0.03, [-0.05, -0.01]), /fewer category-selective units/);
  assert.match(sentence(0.03, [-0.01, 0.05]), /is not settled here/);
  assert.match(sentence(0.03, [0.01, 0.05]), /; made-clip, trained with image–text contrast, had more, 13\u00a0%\.$/);
});

Deno.test("leadSentences() calls a hypothesis clear only where its corrected tests do, and a few networks by what they are", () => {
  const change = { valueA: 0.1, valueB: 0.13, difference: 0.03, interval: [0.01, 0.05] as [number, number] };
  const results = withDifference("proportion", change);
  const { claims } = syntheticResults({ seeds: 1, layers: ["pool"] });
  results.claims = claims.filter(({ id }) => id === "more");
  const [row] = results.claims[0].rows.filter(({ hypothesis, b }) => hypothesis && b === "made-lang");
  row.verdict = "inconclusive";
  assert.match(leadSentences(results)[0], /is not settled here/);
  row.verdict = "holds";
  assert.match(leadSentences(results)[0], /networks had more .* than those trained with vision alone/);
  const few = withDifference("proportion", { ...change, inference: "networks" });
  assert.match(leadSentences(few)[0], /this network had more .* than its counterpart trained with vision alone/);
});

Deno.test("leadSentences() says why a hypothesis is not decided, and does not call that no difference", () => {
  const change = { difference: -0.2, interval: [-0.3, -0.1] as [number, number] };
  const results = withDifference("specificity.dprime", change);
  const { claims } = syntheticResults({ seeds: 1, layers: ["pool"] });
  results.claims = claims.filter(({ id }) => id === "specificity");
  const [row] = results.claims[0].rows.filter(({ hypothesis, b }) => hypothesis && b === "made-lang");
  Object.assign(row, { verdict: "inconclusive", reason: "too few layers" });
  assert.match(leadSentences(results)[1], /not decided: specificity \(d′ −0\.2 \[−0\.3, −0\.1\]; too few layers\)/);
  assert.doesNotMatch(leadSentences(results)[1], /no clear difference in specificity/);
});

Deno.test("leadSentences() names the level of the interval", () => {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  results.settings.level = 0.9;
  assert.match(leadSentences(results)[0], /; 90\u00a0% interval of the difference/);
});

Deno.test("leadSentences() tells clear changes from open ones", () => {
  const change = { difference: -0.2, interval: [-0.3, -0.1] as [number, number] };
  assert.match(
    leadSentences(withDifference("specificity.dprime", change))[1],
    /^The selective units of made-lang were less specific \(d′ −0\.2 \[−0\.3, −0\.1\]\)/,
  );
  const open = { difference: -0.2, interval: [-0.3, 0.1] as [number, number] };
  assert.match(
    leadSentences(withDifference("specificity.dprime", open))[1],
    /[Tt]here was no clear difference in specificity/,
  );
  const untested = { difference: -0.2, interval: null, reason: "made up" };
  assert.match(
    leadSentences(withDifference("specificity.dprime", untested))[1],
    /not tested: specificity \(d′ −0\.2; made up\), measured/,
  );
  const unmeasured = { difference: null, interval: null, reason: "nothing is selected" };
  assert.match(
    leadSentences(withDifference("specificity.dprime", unmeasured))[1],
    /not tested: specificity \(nothing is selected\), measured/,
  );
});

Deno.test("leadSentences() says not tested, with the reason, where the criterion fixes the proportion", () => {
  const change = {
    valueA: 0.01,
    valueB: 0.01,
    difference: 0,
    interval: null,
    reason: "the criterion fixes the proportion",
  };
  const [first] = leadSentences(withDifference("proportion", change));
  assert.match(first, /^Whether .* was not tested: the criterion fixes the proportion \(made-lang, 1.* of units/);
  assert.match(first, /made-clip, .*, had 1\u00a0%, not tested\.$/);
  assert.doesNotMatch(first, /settled/);
  const nothing = { ...change, valueA: null, valueB: null, difference: null, reason: "nothing was measured" };
  assert.match(leadSentences(withDifference("proportion", nothing))[0], /was not tested: nothing was measured\.$/);
});

Deno.test("leadSentences() finds no difference clear by an interval without width", () => {
  const change = { valueA: 0.1, valueB: 0.2, difference: 0.1, interval: [0.1, 0.1] as [number, number] };
  assert.match(leadSentences(withDifference("proportion", change))[0], /is not settled here/);
});

Deno.test("leadSentences() tells each claim's own measure, over as many layers and categories as every network has", () => {
  const results = withDifference("proportion", {});
  for (const row of results.comparisons) {
    if (row.measure === "localization.across.gini") row.measure = "localization.within.entropy";
    if (row.measure === "localization.within.entropy" && row.category === "all" && row.depth === null) {
      Object.assign(row, { difference: 0.2, interval: [0.1, 0.3], entries: { used: 3, of: 8 } });
    }
  }
  assert.match(
    leadSentences(results)[1],
    /more spread out \(Entropy beyond random placement \+0\.2 \[\+?0\.1, \+?0\.3\], over 3 of 8 layers and categories\)/,
  );
  const withoutIt = withDifference("localization.across.gini", { difference: 0.2, interval: [0.1, 0.3] });
  assert.doesNotMatch(leadSentences(withoutIt)[1], /localized|spread out/);
});

Deno.test("leadPair() prefers language over contrast and wants a vision network", () => {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  assert.equal(leadPair(results)!.b.id, "made-lang");
  const contrast = structuredClone(results);
  contrast.comparisons = contrast.comparisons.filter((row) => row.b !== "made-lang");
  assert.equal(leadPair(contrast)!.b.id, "made-clip");
  const none = structuredClone(results);
  none.comparisons = [];
  assert.equal(leadPair(none), null);
  assert.match(leadSentences(none)[1], /was not tested here/);
});

Deno.test("methodsParagraph() is written from the settings", () => {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  results.settings.largestLayer = 1234;
  results.settings.limit = 7;
  results.criterion.status = "provisional";
  const paragraph = methodsParagraph(results);
  assert.match(paragraph, /in layers of more than 1\u202f234 units the deletions ran on a sample of whole channels/);
  assert.match(paragraph, /into 10 blocks .* each of 10 splits of the blocks into halves \(3 for other criteria\)/);
  results.settings.intervals = "Intervals are made up.";
  assert.match(methodsParagraph(results), /the two were averaged\. Intervals are made up\./);
  assert.doesNotMatch(methodsParagraph(results), /blocks/);
  assert.match(paragraph, /limited to 7 of each category/);
  assert.match(paragraph, /This criterion is provisional/);
  const title = results.networks[0].title;
  assert.ok(paragraph.includes(`Networks were made-vision (${title}), `));
  const three = methodsParagraph(syntheticResults({ seeds: 3, layers: ["pool"] }));
  assert.ok(three.includes(`Networks were made-vision (${title}, and 2 other seeds), `));
});

Deno.test("bibliography() has each entry once and lets no name end a field", () => {
  const results = syntheticResults({ seeds: 2, layers: ["pool"] });
  results.id = "a}b{c\\";
  const text = bibliography(results);
  assert.equal(text.match(/@misc\{made-up/g)!.length, 1);
  assert.ok(text.includes("run abc}"));
});
