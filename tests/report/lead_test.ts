import assert from "node:assert/strict";
import { headline, lead } from "../../src/report/_lead.ts";
import { layerSlots } from "../../src/report/_layer_slots.ts";
import { methodsParagraph } from "../../src/report/_methods.ts";
import { bibliography } from "../../src/report/_citation.ts";
import type { ClaimRow, Results } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const MORE: Partial<ClaimRow> = {
  verdict: "holds",
  valueA: 0.1,
  valueB: 0.13,
  difference: 0.03,
  interval: [0.01, 0.05],
};
const FEWER: Partial<ClaimRow> = {
  verdict: "fails",
  valueA: 0.1,
  valueB: 0.07,
  difference: -0.03,
  interval: [-0.05, -0.01],
};
const OPEN: Partial<ClaimRow> = {
  verdict: "inconclusive",
  valueA: 0.1,
  valueB: 0.11,
  difference: 0.01,
  interval: [-0.01, 0.03],
};

/** Results in which the hypothesis about numbers reads so for made-lang and for made-clip. */
function judged(lang: Partial<ClaimRow>, clip: Partial<ClaimRow> | null = null): Results {
  const results = syntheticResults({ seeds: 3, layers: ["stem", "layer4"], targets: ["faces", "words"] });
  for (const pair of results.pairs) pair.contrast = null;
  if (clip === null) results.pairs.pop();
  for (const row of results.claims.find(({ id }) => id === "more")!.rows) {
    if (row.hypothesis) Object.assign(row, row.b === "made-lang" ? lang : clip);
  }
  return results;
}

function words(results: Results): string {
  const text = lead(results, layerSlots(results));
  const count = text.split(/\s+/).length;
  assert.ok(count <= 45, `${count} words: ${text}`);
  return text;
}

/** Every proportion, of all networks or of those of a family, set to one number. */
function withShares(results: Results, share: number, family?: string): Results {
  for (const network of results.networks.filter((each) => family === undefined || each.family === family)) {
    for (const { categories } of network.layers) {
      for (const category of Object.values(categories)) category.measures.proportion = { value: share, interval: null };
    }
  }
  return results;
}

Deno.test("headline() and lead() tell the judged average with one interval and the untrained value", () => {
  const results = withShares(judged(MORE), 0.02, "made-untrained");
  assert.equal(headline(results), "More category-selective units in made-lang than in made-vision");
  const text = words(results);
  assert.match(
    text,
    /^Averaged over layers and categories, 13\u00a0% of units are selective in made-lang, 10\u00a0% in made-vision: \+3\u00a0points \(95\u00a0% interval 1 to 5\)/,
  );
  assert.match(text, /Untrained networks: 2\u00a0%\.$/);
  assert.equal(text.match(/interval/g)!.length, 1);
});

Deno.test("headline() tells of families in opposite directions, and says the study’s contrast once", () => {
  assert.equal(
    headline(judged(MORE, FEWER)),
    "More category-selective units in made-lang than in made-vision; fewer in made-clip",
  );
  const results = judged(MORE, FEWER);
  results.pairs[0].contrast = "captions in place of class labels: same trunk";
  results.pairs[1].contrast = "contrast in place of class labels; other images";
  assert.equal(
    headline(results),
    "More category-selective units with captions in place of class labels; fewer with contrast",
  );
  for (const pair of results.pairs) pair.contrast = "the same words";
  assert.match(headline(results), /in made-lang than in made-vision; fewer in made-clip$/);
  assert.match(words(judged(OPEN, FEWER)), /7\u00a0% of units are selective in made-clip/);
});

Deno.test("headline() says no more than the verdicts, whatever the interval", () => {
  assert.equal(
    headline(judged({ ...MORE, verdict: "inconclusive" }, FEWER)),
    "Fewer category-selective units in made-clip than in made-vision; in made-lang, not decided",
  );
  assert.match(
    headline(judged({ ...MORE, verdict: "inconclusive" })),
    /^Does .* differ .*\? Not decided: not clear after correction/,
  );
  assert.match(headline(judged(OPEN)), /between made-vision and made-lang\? Not decided: the interval includes zero$/);
  assert.match(words(judged(OPEN)), /interval −1 to 3, not decided\)/);
  assert.match(
    headline(judged({ ...OPEN, verdict: "equivalent" })),
    /^About as many category-selective units in made-lang/,
  );
  const widthless = judged({ ...MORE, interval: [0.03, 0.03] });
  assert.match(headline(widthless), /^Does /);
});

Deno.test("headline() gives the reason of what could not be decided or tested", () => {
  assert.match(
    headline(judged({ ...MORE, verdict: "inconclusive", entries: { used: 1, of: 4 } })),
    /Not decided: too few selective units in 3 of 4 layers and categories$/,
  );
  const untested = { verdict: "not tested", interval: null, reason: "the criterion fixes the proportion" } as const;
  const results = judged({ ...MORE, ...untested });
  assert.match(headline(results), /Not tested: the criterion fixes the proportion$/);
  assert.match(words(results), /\+3\u00a0points, not tested/);
  const nothing = judged({ ...untested, valueA: null, valueB: null, difference: null });
  assert.match(words(nothing), /^made-lang and made-vision could not be compared\./);
});

Deno.test("headline() says so where nothing is selected, or everything", () => {
  assert.equal(
    headline(withShares(judged(OPEN), 0)),
    "Which units are category-selective? Too few to say: none was found",
  );
  assert.match(headline(withShares(judged(OPEN), 1)), /This criterion selects every unit$/);
  assert.match(words(withShares(judged(OPEN), 0)), /Untrained networks: 0\u00a0%\.$/);
});

Deno.test("headline() and lead() of one network give its share, and miss the untrained control", () => {
  const one = judged(MORE);
  one.networks = withShares(one, 0.04).networks.slice(0, 1);
  Object.assign(one, { pairs: [], comparisons: [], claims: [] });
  assert.equal(headline(one), "4\u00a0% of units are selective for a category in made-vision");
  assert.match(
    words(one),
    /^This is the average over layers and categories; with permuted labels it is 0\.2\u00a0%\. No untrained network was run\.$/,
  );
  one.networks.push({ ...one.networks[0], id: "other", family: "other" });
  assert.match(headline(one), /2 families, not compared$/);
  assert.match(words(one), /is 4\u00a0% in made-vision and 4\u00a0% in other\. No/);
});

Deno.test("headline() speaks of two networks as of these alone, and of a comparison without claims", () => {
  const two = judged({ ...MORE, verdict: "higher", inference: "networks", hypothesis: false });
  Object.assign(two.pairs[0], { inference: "networks", trainings: [1, 1] });
  assert.equal(headline(two), "More category-selective units in made-lang than in made-vision, in these two networks");
  two.pairs[0].trainings = [2, 1];
  assert.match(headline(two), /, in these networks$/);
  const own = judged(MORE);
  Object.assign(own.pairs[0], { claims: false, inference: "networks", trainings: [1, 1] });
  own.claims = [];
  const row = own.comparisons.find((each) => each.category === "all" && each.depth === null)!;
  Object.assign(row, { difference: -0.03, interval: [-0.05, -0.01], inference: "networks", pValue: 0.001 });
  assert.equal(headline(own), "Fewer category-selective units in made-lang than in made-vision, in these two networks");
  Object.assign(row, { interval: [-0.05, 0.01], pValue: 0.2 });
  assert.match(headline(own), /^Does the number/);
});

Deno.test("headline() counts the comparisons of six families", () => {
  const results = judged(MORE);
  const [pair] = results.pairs;
  const { rows } = results.claims.find(({ id }) => id === "more")!;
  const row = rows.find(({ hypothesis, b }) => hypothesis && b === "made-lang")!;
  for (const [index, change] of [MORE, FEWER, OPEN, OPEN].entries()) {
    const b = `family-${index}`;
    results.pairs.push({ ...pair, b });
    rows.push({ ...row, ...change, b });
  }
  assert.equal(
    headline(results),
    "More category-selective units in 2 of 5 comparisons; fewer in 1; not decided in 2",
  );
});

Deno.test("headline() and lead() cut long names", () => {
  const long = JSON.parse(JSON.stringify(judged(MORE)).replaceAll("made-lang", `made-${"lang".repeat(60)}`)) as Results;
  assert.ok(headline(long).length < 120);
  assert.ok(words(long).length < 330);
});

Deno.test("lead() warns of an untrained network that reaches a trained family, and names the level", () => {
  const results = withShares(withShares(judged(MORE), 0.03), 0.2, "made-untrained");
  results.settings.level = 0.9;
  assert.match(
    words(results),
    /90\u00a0% interval .* Untrained networks: 20\u00a0%; one has 20\u00a0% for faces at layer4\.$/,
  );
  results.networks = results.networks.filter(({ supervision }) => supervision !== "untrained");
  assert.match(words(results), /No untrained network was run\.$/);
});

Deno.test("lead() names the category that makes up most of a difference that is decided", () => {
  const results = judged(MORE);
  for (const row of results.comparisons) {
    if (row.b !== "made-lang" || row.measure !== "proportion" || row.depth !== null) continue;
    if (row.category === "words") row.difference = 0.06;
    if (row.category === "faces") row.difference = -0.001;
  }
  assert.match(words(results), /, mostly from words \(\+6\)\./);
  const [row] = results.claims.find(({ id }) => id === "more")!.rows.filter(({ hypothesis }) => hypothesis);
  row.verdict = "inconclusive";
  assert.doesNotMatch(words(results), /mostly/);
});

Deno.test("headline() says so where no network was run, or none has a layer", () => {
  const none = judged(MORE);
  for (const network of none.networks) network.layers = [];
  assert.equal(headline(none), "Which units are category-selective? No layer was measured");
  for (const network of none.networks) network.status = "not run";
  assert.equal(headline(none), "Which units are category-selective? No network was run");
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
