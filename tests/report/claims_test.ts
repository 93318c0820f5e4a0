import assert from "node:assert/strict";
import { multiverseTables } from "../../src/report/_claims.ts";
import { claimsMatrix } from "../../src/report/_claims_matrix.ts";
import { type ClaimRow, type Results, resultsSchema } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

function withRows(rows: readonly Partial<ClaimRow>[]): Results {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  const consistency = results.claims.find(({ id }) => id === "consistency")!;
  const [first] = consistency.rows.filter(({ criterion }) => criterion === results.criterion.name);
  consistency.rows = rows.map((row) => ({
    ...first,
    measure: "consistency",
    matched: false,
    hypothesis: false,
    ...row,
  }));
  results.claims = [consistency];
  return resultsSchema.parse(results);
}

Deno.test("multiverseTables() has a line for selected and one for all units, and says over how many categories", () => {
  const page = multiverseTables(withRows([
    { difference: 0.25, entries: { used: 3, of: 4 } },
    { difference: 0.75, category: "all units", entries: { used: 1, of: 1 } },
  ])).toString();
  assert.match(page, /\+0\.25 /);
  assert.match(page, /\+0\.75 /);
  assert.match(page, /<small>Consistency across layers \(ρ\)<\/small>/);
  assert.match(page, /<small>Consistency across layers \(ρ\), all units whatever the criterion<\/small>/);
  assert.match(page, /over 3 of 4 categories/);
  assert.doesNotMatch(page, /of 1 categor/);
});

Deno.test("multiverseTables() gives the reason of a test that was not made beside its number", () => {
  const untested = { verdict: "not tested", difference: 0, interval: null, reason: "made up" } as const;
  assert.match(multiverseTables(withRows([untested])).toString(), /<small>made up<\/small>/);
  const older = multiverseTables(withRows([{}])).toString();
  assert.doesNotMatch(older, /made up|undefined/);
});

/** The text of each cell of a matrix, row by row, without its marks. */
function cells(results: Results): string[][] {
  const rows = claimsMatrix(results).toString().match(/<tr.*?<\/tr>/gs)!;
  return rows.map((row) =>
    row.match(/<t[hd].*?<\/t[hd]>/gs)!.map((cell) =>
      cell.replaceAll(/<[^>]*>/g, " ").replaceAll(/[\s\u00a0]+/g, " ").trim()
    )
  );
}

Deno.test("claimsMatrix() has a row a claim and a column a comparison, each with its own verdict in natural units", () => {
  const results = syntheticResults({ seeds: 3, layers: ["pool"] });
  const [lang, clip] = results.claims.find(({ id }) => id === "more")!.rows.filter(({ hypothesis }) => hypothesis);
  Object.assign(lang, { verdict: "holds", difference: 0.0185, interval: [0.015, 0.022] });
  Object.assign(clip, { verdict: "fails", difference: -0.003, interval: [-0.0055, -0.0007] });
  results.claims.find(({ id }) => id === "more")!.verdict = "mixed";
  const [head, more, ...others] = cells(results);
  assert.deepEqual(head.map((cell) => cell.split(" ")[0]), ["Claim", "A", "A", "Agreement"]);
  assert.match(more[0], /by .*; overall mixed$/);
  assert.match(more[1], /^● holds \+1\.[89]\d* points \[1\.5, 2\.2\]$/);
  assert.match(more[2], /^✕ fails −0\.3 points \[−0\.55, −0\.07\]$/);
  assert.match(more[3], /\d of 4 criteria agree in made-lang.*\d of 4 criteria agree in made-clip/);
  assert.equal(others.length, 5);
  assert.match(others[4][1], /^· described/);
});

Deno.test("claimsMatrix() gives a reason for every cell that decides nothing", () => {
  const results = syntheticResults({ seeds: 3, layers: ["pool"] });
  for (const { rows } of results.claims) {
    for (const [index, row] of rows.filter(({ hypothesis }) => hypothesis).entries()) {
      Object.assign(row, {
        verdict: index === 0 ? "inconclusive" : "not tested",
        interval: index === 0 ? [-0.1, 0.2] : null,
      });
      row.entries = index === 0 ? { used: 1, of: 4 } : undefined;
    }
  }
  for (const row of cells(results).slice(1, -1)) {
    assert.match(row[1], /inconclusive .* too few selective units in 3 of 4 layers and categories$/);
    assert.match(row[2], /not tested .*it has no interval$/);
  }
});

Deno.test("claimsMatrix() speaks of two networks as of these, and shows measures where no claim is judged", () => {
  const two = syntheticResults({ seeds: 1, layers: ["pool"] });
  for (const pair of two.pairs) Object.assign(pair, { inference: "networks", trainings: [1, 1] });
  for (const { rows } of two.claims) {
    for (const row of rows) Object.assign(row, { inference: "networks", hypothesis: false, verdict: "higher" });
  }
  assert.match(cells(two)[1][1], /^▲ higher in made-lang/);
  assert.match(claimsMatrix(two).toString(), /the words speak of these networks only/);
  const own = syntheticResults({ seeds: 3, layers: ["pool"] });
  for (const pair of own.pairs) Object.assign(pair, { claims: false, contrast: null });
  own.claims = [];
  const [head, ...rows] = cells(own);
  assert.deepEqual(head, ["Measure", "made-lang − made-vision", "made-clip − made-vision"]);
  assert.match(rows[0][0], /^Proportion of units selective/);
  assert.match(rows[0][1], /points/);
});

Deno.test("claimsMatrix() folds the sentences, with their sources", () => {
  const page = claimsMatrix(syntheticResults({ seeds: 1, layers: ["pool"] })).toString();
  const folded = page.slice(page.indexOf("<details"), page.indexOf("</details>"));
  assert.equal(folded.match(/<dt>/g)!.length, 6);
  assert.match(folded, /Averaged over layers and categories: .*<small>made up<\/small>/s);
});

Deno.test("claimsMatrix() says so where no claim was tested", () => {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  Object.assign(results, { claims: [], comparisons: [], pairs: [] });
  assert.match(claimsMatrix(results).toString(), /No claim was tested/);
});
