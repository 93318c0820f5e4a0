import assert from "node:assert/strict";
import { claimsTable, multiverseTables } from "../../src/report/_claims.ts";
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

Deno.test("claimsTable() says so where no claim was tested", () => {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  results.claims = [];
  assert.match(claimsTable(results).toString(), /No claim was tested/);
});
