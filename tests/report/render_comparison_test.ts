import assert from "node:assert/strict";
import { renderComparison, renderSiteIndex } from "../../src/report/mod.ts";
import { HOSTILE, hostileResults } from "../results/hostile_results.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const results = syntheticResults({ seeds: 1, layers: ["stem", "layer4"] });

Deno.test("renderComparison() shows inputs, verdicts and numbers that changed", () => {
  const later = structuredClone(results);
  later.id = "0.0.0-later000";
  later.settings.placements = 5;
  later.claims[1].verdict = "fails";
  later.networks[0].layers[1].categories.faces.measures["strength.margin"] = { value: 9, interval: [8, 10] };
  const page = renderComparison([results, later]);
  assert.match(page, /settings\.placements<\/th><td><code>200<\/code><\/td><td><code>5<\/code>/);
  assert.match(page, /more: .*holds.* → .*fails/);
  assert.match(page, /<td>strength\.margin<\/td>.*<strong>moved<\/strong>/);
  assert.match(page, /1 of the \d+ numbers they share moved beyond their intervals, and 1 verdict changed/);
});

Deno.test("renderComparison() says so where nothing changed", () => {
  const page = renderComparison([results, structuredClone(results), structuredClone(results)]);
  assert.match(
    page,
    /on the same inputs, none of the \d+ numbers they share moved beyond its interval, and no verdict changed/,
  );
  assert.equal(page.match(/<section /g)!.length, 2);
});

Deno.test("renderComparison() and renderSiteIndex() show hostile names as text", async () => {
  const hostile = hostileResults(results);
  const comparison = renderComparison([results, hostile]);
  assert.match(comparison, /script-src 'none';/);
  const path = `s/${HOSTILE}/`;
  const index = await renderSiteIndex(
    [{ results: { ...hostile, id: HOSTILE }, path, hero: `${path}hero.jpg` }],
    "0.1.0",
  );
  // The one script is that of the table.
  assert.match(index, /script-src 'sha256-[A-Za-z0-9+/]{43}=';/);
  assert.equal(index.match(/<script/g)!.length, 1);
  for (const page of [comparison, index.replace(/<script>\(\(\)=>.*<\/script>/s, "")]) {
    assert.ok(page.includes("&lt;script&gt;hacked=1"));
    assert.ok(!page.includes("<script"));
  }
});

Deno.test("renderComparison() wants two runs", () => {
  assert.throws(() => renderComparison([results]), {
    message: "Cannot compare: found 1 results; expected at least two",
  });
});
