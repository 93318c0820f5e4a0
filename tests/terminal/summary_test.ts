import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { summary } from "../../src/terminal/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

Deno.test("summary() has a row per family and per comparison of a claim, with the results' own numbers, and what did not run", () => {
  const results = syntheticResults({ seeds: 2, layers: ["pool"], targets: ["faces"] });
  const rows = stripVTControlCharacters(summary(results)).split("\n").filter((line) => line.includes("│"))
    .map((line) => line.split("│").slice(1, -1).map((cell) => cell.trim()));
  const members = results.networks.filter(({ family, status }) => family === "made-vision" && status === "run");
  const proportions = members.map(({ layers: [{ categories: { faces } }] }) => faces.measures.proportion.value!);
  const mean = proportions.reduce((sum, value) => sum + value, 0) / members.length;
  assert.deepEqual(rows[1], ["made-vision", "2", `${(100 * mean).toFixed(1)} %`]);
  const more = results.claims.find(({ id }) => id === "more")!.rows.filter((row) =>
    row.criterion === results.criterion.name && !row.matched
  );
  const first = rows.findIndex(([cell]) => cell === "more");
  assert.equal(more.length, 2);
  more.forEach(({ a, b, verdict, difference }, i) => {
    const [claim, said, comparison, number] = rows[first + i];
    assert.deepEqual([claim, said, comparison], [i === 0 ? "more" : "", verdict, `${b} − ${a}`]);
    assert.ok(Math.abs(Number(number.replace("−", "-")) - difference!) < 1e-3);
  });
  assert.match(summary(results), /^not run: made-absent: its file could not be had$/m);
});

Deno.test("summary() has the primary measures of every comparison where the claims are about none of them", () => {
  const results = syntheticResults({ seeds: 2, layers: ["pool"], targets: ["faces"] });
  const claims = results.claims.map((claim) => ({ ...claim, verdict: "not tested" as const, rows: [] }));
  const pairs = results.pairs.map((pair) => ({ ...pair, claims: false }));
  const rows = stripVTControlCharacters(summary({ ...results, claims, pairs })).split("\n").filter((line) =>
    line.includes("│")
  )
    .map((line) => line.split("│").slice(1, -1).map((cell) => cell.trim()));
  const found = results.comparisons.find(({ measure, category, depth, criterion, matched }) =>
    measure === "proportion" && category === "all" && depth === null && criterion === results.criterion.name && !matched
  )!;
  const row = rows.find(([pair]) => pair === `${found.b} − ${found.a}`)!;
  assert.equal(row[1], results.measures.find(({ name }) => name === "proportion")!.label);
  assert.ok(Math.abs(Number(row[2].replace("−", "-")) - found.difference!) < 1e-3);
  assert.ok(!rows.some(([cell]) => cell === "more"));
});

Deno.test("summary() is the reasons alone where nothing ran", () => {
  const results = syntheticResults({ seeds: 1, layers: ["pool"] });
  const networks = results.networks.map((network) => ({ ...network, status: "not run" as const, reason: "offline" }));
  assert.match(summary({ ...results, networks }), /^not run: made-vision-s0, .*: offline$/);
});

Deno.test("summary() says why hypotheses are not decided, and of which claims", () => {
  const results = syntheticResults({ seeds: 2, layers: ["pool"], targets: ["faces"] });
  assert.doesNotMatch(summary(results), /not decided/);
  for (const { id, rows } of results.claims) {
    if (id === "more" || id === "strength") rows.find(({ hypothesis }) => hypothesis)!.reason = "too few layers";
  }
  assert.match(summary(results), /^not decided: more, strength: too few layers$/m);
});
