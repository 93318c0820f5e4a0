import assert from "node:assert/strict";
import { readPageAssets, renderReport } from "../../src/report/mod.ts";
import { hostileResults } from "../results/hostile_results.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const assets = await readPageAssets();
const small = syntheticResults({ seeds: 1, taps: ["stem", "layer4", "pool"], targets: ["faces", "words"] });

Deno.test("renderReport() is a function of the results: the same page twice", async () => {
  assert.equal(await renderReport(small, assets), await renderReport(structuredClone(small), assets));
});

Deno.test("renderReport() names nothing that would have to be loaded", async () => {
  const page = (await renderReport(small, assets)).replace(assets.vega, "");
  assert.deepEqual([...page.matchAll(/ (?:src|srcset|xlink:href)="(?!data:)[^"]*"|url\((?!#)[^)]*\)|@import/g)], []);
  assert.match(page, /default-src 'none'/);
});

Deno.test("renderReport() puts figures into the page as they read without a script", async () => {
  const page = await renderReport(small, assets);
  const figures = page.match(/<figure class="figure"/g)!.length;
  assert.equal(page.match(/<svg /g)!.length, figures);
  assert.ok(figures >= 5);
});

Deno.test("renderReport() says among the limits what is corrected for many tests and what is not", async () => {
  const page = (await renderReport(small, assets)).replace(/\s+/g, " ");
  const limits = page.slice(page.indexOf('id="limits-title"'), page.indexOf('id="methods-title"'));
  assert.match(limits, /corrected by Holm’s method within one pair of networks, measure and category/);
  assert.match(limits, /permuted labels within one network and category, over its taps/);
  assert.match(limits, /Verdicts rest on intervals that are not corrected/);
  assert.match(limits, /Nothing is corrected over measures, categories, criteria, pairs or claims/);
  assert.doesNotMatch(page, /pooled standard/);
  assert.match(page, /the difference in standard deviations between networks of a family/);
});

Deno.test("renderReport() shows hostile names as text", async () => {
  const page = await renderReport(hostileResults(small), assets);
  assert.ok(!page.includes("<script>hacked"));
  assert.ok(page.includes("&lt;script&gt;hacked=1"));
  assert.equal(page.match(/<script/g)!.length, 4 + assets.vega.split("<script").length - 1);
});

Deno.test("renderReport() says so where no network was run", async () => {
  const none = structuredClone(small);
  for (const network of none.networks) {
    Object.assign(network, { status: "not run", reason: "no network", taps: [], consistency: {} });
  }
  none.comparisons = [];
  none.claims = none.claims.map((claim) => ({ ...claim, verdict: "not tested", rows: [] }));
  const page = await renderReport(none, assets);
  assert.match(page, /No network was run/);
  assert.ok(!page.includes('<figure class="figure"'));
});

Deno.test("renderReport() warns before the first number of what is missing, provisional or not to be shared", async () => {
  const notices = async (change: (results: typeof small) => void): Promise<string[]> => {
    const results = structuredClone(small);
    change(results);
    const page = await renderReport(results, assets);
    return [...page.matchAll(/<p class="notice">(.*?)<\/p>/gs)].map(([, notice]) => notice.replaceAll(/<[^>]*>/g, ""));
  };
  const absent = "1 of 5 networks was not run; what was not run, and why.";
  assert.deepEqual(await notices(() => {}), [absent]);
  assert.deepEqual(await notices((results) => results.networks.pop()), []);
  const provisional = await notices((results) => results.criterion.status = "provisional");
  assert.match(provisional[1], /is provisional/);
  const local = await notices((results) => results.stimuli.redistributable = false);
  assert.match(local[1], /may not be redistributed/);
});

Deno.test("renderReport() fails where a target category is missing from a tap", async () => {
  const broken = structuredClone(small);
  delete broken.networks[0].taps[0].categories.faces;
  await assert.rejects(renderReport(broken, assets), {
    message: 'Cannot render the report: tap "stem" of "made-vision-s0" has no "faces"; expected every target',
  });
});
