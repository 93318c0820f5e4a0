import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readPageAssets, renderComparison, renderReport } from "../../src/report/mod.ts";
import { type LesionResult, readResults } from "../../src/results/mod.ts";
import { proceduralSet } from "../../src/stimuli/mod.ts";
import { hostileResults } from "../results/hostile_results.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const assets = await readPageAssets();
const small = syntheticResults({ seeds: 1, layers: ["stem", "layer4", "pool"], targets: ["faces", "words"] });

Deno.test("renderReport() is a function of the results: the same page twice", async () => {
  assert.equal(await renderReport(small, assets), await renderReport(structuredClone(small), assets));
});

Deno.test("renderReport() has each picture once, and only those that are shown", async () => {
  const more = { ...small, thumbnails: { ...small.thumbnails, unused: small.thumbnails["faces/0"] } };
  const page = await renderReport(more, assets);
  const [pictures] = page.match(/<svg class="pictures".*?<\/svg>/s)!;
  const own = [...pictures.matchAll(/id="(picture-\d+)"/g)].map(([, id]) => id);
  assert.equal(own.length, Object.keys(small.thumbnails).length);
  assert.equal(page.match(/data:image\/(png|jpeg);base64/g)!.length - own.length, mapsOf(page) + 1);
  const used = new Set([...page.matchAll(/<use href="#(picture-\d+)"/g)].map(([, id]) => id));
  assert.ok(used.size > 0 && [...used].every((id) => own.includes(id)));
});

/** Maps are pictures too, and the contact sheet is one. */
function mapsOf(page: string): number {
  const [figure] = page.match(/id="figure-position-maps-by-depth".*?<\/figure>/s)!;
  return figure.match(/data:image\/png/g)!.length;
}

Deno.test("renderReport() names nothing that would have to be loaded", async () => {
  const page = await renderReport(small, assets);
  assert.deepEqual([...page.matchAll(/ (?:src|srcset|xlink:href)="(?!data:)[^"]*"|url\((?!#)[^)]*\)|@import/g)], []);
  assert.match(page, /default-src 'none'/);
});

Deno.test("renderReport() puts figures into the page as they read without a script", async () => {
  const page = await renderReport(small, assets);
  const figures = page.match(/<figure class="figure"/g)!.length;
  for (const layout of ["wide", "narrow"]) {
    assert.equal(page.match(new RegExp(`<div class="${layout}"><svg `, "g"))!.length, figures);
  }
  assert.ok(figures >= 5);
});

Deno.test("renderReport() says among the limits what is corrected for many tests and what is not", async () => {
  const page = (await renderReport(small, assets)).replace(/\s+/g, " ");
  const limits = page.slice(page.indexOf('id="limits-title"'), page.indexOf('id="methods-title"'));
  assert.match(limits, /corrected by Holm’s method within one pair of networks, measure and category/);
  assert.match(limits, /permuted labels within one network and category, over its layers/);
  assert.match(limits, /these tests are corrected over one another by Holm’s method/);
  assert.match(limits, /Nothing else is corrected over measures, categories, criteria or pairs/);
});

Deno.test("renderReport() says how the procedural images differ from those that the mini networks learned from", async () => {
  const drawn = structuredClone(small), { source } = await proceduralSet({ limit: 1, size: 16 });
  drawn.stimuli.source = source;
  const page = (await renderReport(drawn, assets)).replace(/\s+/g, " ");
  assert.match(
    page,
    /Drawn by Fusiform(’|'|&#39;)s generator \d+ from seed \d+ in other typefaces, words, colours, layouts, /,
  );
  assert.match(page, /poses and proportions than the pictures that the mini networks learned from/);
});

Deno.test("renderReport() says who chose targets and controls, where anything was said of them", async () => {
  const said = structuredClone(small);
  said.settings.roles = { targets: "request", controls: "conditions.json", leftOut: ["cats", "dogs"] };
  said.controls = ["objects"];
  const page = (await renderReport(said, assets)).replace(/\s+/g, " ");
  assert.match(
    page,
    /Targets were chosen by whoever made this run, controls \(objects\) by conditions\.json beside the images\. Left out: cats and dogs\./,
  );
  assert.doesNotMatch(await renderReport(small, assets), /Targets were chosen/);
});

Deno.test("renderReport() tells beside the untrained networks how many dimensions the last layer has, and in the trained ones", async () => {
  const results = structuredClone(small);
  const last = (supervised: "untrained" | "others", values: readonly (number | null)[]): void =>
    results.networks.filter(({ status, supervision }) =>
      status === "run" && (supervision === "untrained") === (supervised === "untrained")
    )
      .forEach(({ layers }, index) => layers[layers.length - 1].dimensions = values[index % values.length]);
  const note = async (): Promise<string | undefined> =>
    (await renderReport(results, assets)).replace(/\s+/g, " ").match(/The channels of the last layer have [^(]*/)?.[0];
  last("untrained", [1.25]);
  last("others", [7, 8, 9]);
  assert.equal(
    await note(),
    "The channels of the last layer have 1.3 effective dimensions in the untrained networks and 8.0 in the trained ones ",
  );
  last("others", [null]);
  assert.equal(await note(), undefined);
});

Deno.test("renderReport() shows hostile names as text", async () => {
  const page = await renderReport(hostileResults(small), assets);
  assert.ok(!page.includes("<script>hacked"));
  assert.ok(page.includes("&lt;script&gt;hacked=1"));
  assert.equal(page.match(/<script/g)!.length, 4);
});

Deno.test("renderReport() says so where no network was run", async () => {
  const none = structuredClone(small);
  for (const network of none.networks) {
    Object.assign(network, { status: "not run", reason: "no network", layers: [], consistency: {}, measures: {} });
  }
  none.comparisons = [];
  none.pairs = [];
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

Deno.test("renderReport() fails where a target category is missing from a layer", async () => {
  const broken = structuredClone(small);
  delete broken.networks[0].layers[0].categories.faces;
  await assert.rejects(renderReport(broken, assets), {
    message: 'Cannot render the report: layer "stem" of "made-vision-s0" has no "faces"; expected every target',
  });
});

Deno.test("a measure that nothing but the results describes stands in the page, the comparison and the sentences", async () => {
  const more = structuredClone(small);
  const name = "made.up";
  more.measures.push({
    ...more.measures[1],
    name,
    label: "Made-up sharpness",
    definition: "Nobody knows.",
    primary: false,
  });
  const [category] = Object.values(more.networks[0].layers[0].categories);
  category.measures[name] = { value: 1, interval: [0.5, 1.5] };
  more.comparisons.push({ ...more.comparisons[0], measure: name });
  const claim = more.claims.find(({ id }) => id === "specificity")!;
  for (const row of claim.rows) row.hypothesis = false;
  claim.rows.push({ ...claim.rows[0], measure: name, hypothesis: true });
  const page = await renderReport(more, assets);
  assert.match(page, /Averaged over layers and categories: Made-up sharpness: /);
  assert.match(page, /Made-up sharpness<small>made\.up<\/small><\/th><td>Nobody knows\./);
  assert.match(page, /<option value="made\.up">Made-up sharpness<\/option>/);
  const later = structuredClone(more);
  later.networks[0].layers[0].categories.faces.measures[name] = { value: 9, interval: [8, 10] };
  assert.match(renderComparison([more, later]), /<td>made\.up<\/td>.*<strong>moved<\/strong>/);
});

Deno.test("renderReport() renders a published run of version 1", async () => {
  const published = new URL("../../reports/mini/0.1.0-95f44d5d/results.json", import.meta.url);
  const page = await renderReport(await readResults(fileURLToPath(published)), assets);
  assert.match(page, /<h1>More category-selective units in mini-lang than in mini-vision; fewer in mini-clip<\/h1>/);
  assert.equal(page.match(/<figure class="figure"/g)!.length, 18);
  assert.match(page, /by the 4 other measures, it fails 3 times, is not tested 1 time/);
  // A page is sent by mail and opened on a phone.
  const bytes = new TextEncoder().encode(page).length;
  assert.ok(bytes <= 4e6, `the page has ${bytes} bytes`);
  assert.match(page, /Intervals of specificity and strength are 95 % percentile intervals/);
});

Deno.test("renderReport() shows lesions as a matrix, a family's networks averaged, and no section where there are none", async () => {
  const lesioned = structuredClone(small), [network] = lesioned.networks;
  const conditions = (drop: number) =>
    Object.fromEntries(lesioned.conditions.map((name) => [name, {
      drop,
      random: 0.02,
      randomRange: [-0.01, 0.05] as [number, number],
      beyondRandom: drop - 0.02,
    }]));
  const lesion = (drop: number): LesionResult => ({
    layer: "layer4",
    readout: "pool",
    sets: 20,
    accuracy: Object.fromEntries(lesioned.conditions.map((name) => [name, 0.9])),
    targets: {
      faces: { units: 40, activity: 1, randomActivity: 1, conditions: conditions(drop) },
      words: {
        units: 0,
        activity: null,
        randomActivity: null,
        conditions: Object.fromEntries(
          lesioned.conditions.map((
            name,
          ) => [name, { drop: null, random: null, randomRange: null, beyondRandom: null }]),
        ),
        reason: "no unit is selected",
      },
    },
  });
  network.lesions = [lesion(0.3)];
  lesioned.networks.push({ ...structuredClone(network), id: "another", lesions: [lesion(0.5)] });
  lesioned.settings.lesions = ["layer4"];
  const page = (await renderReport(lesioned, assets)).replace(/\s+/g, " ");
  const section = page.slice(page.indexOf('id="lesions-title"'), page.indexOf('id="matched-title"'));
  assert.ok(section.includes(`${network.family}: lesions at layer4, read out at pool; chance`));
  assert.match(section, /; mean of 2 networks/);
  assert.match(section, /<strong>\+38<\/strong><small>lost 40, random 2 \(−1 to 5\)<\/small>/);
  assert.match(section, /words<small>0 units; no unit is selected<\/small><\/th><td>–<\/td>/);
  assert.match(page, /Units selective at layer4 were lesioned/);
  const figure = section.slice(section.indexOf('id="figure-lesion-matrix"'), section.indexOf("<details>"));
  assert.match(figure, /What is lost without the units of a category/);
  assert.equal(figure.match(/>\+38</g)!.length, 2 * lesioned.conditions.length, "a cell a condition, in both layouts");
  const without = await renderReport(small, assets);
  assert.ok(!without.includes("lesions-title") && !without.includes("were lesioned"));
});
