import assert from "node:assert/strict";
import { shareAxis } from "../../src/report/_dot_plot.ts";
import { firstScreen } from "../../src/report/_first_screen.ts";
import { layerSlots } from "../../src/report/_layer_slots.ts";
import { outOfDomain } from "../../src/report/_out_of_domain.ts";
import { trustChecks, trustLine, trustStrip } from "../../src/report/_trust.ts";
import { readPageAssets, renderReport } from "../../src/report/mod.ts";
import type { Results } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const made = (): Results =>
  syntheticResults({ seeds: 3, layers: ["stem", "layer4", "pool"], targets: ["faces", "words"] });

function screen(results: Results): string {
  return firstScreen(results, layerSlots(results))?.toString() ?? "";
}

Deno.test("firstScreen() has a panel a target with stimuli, a mark a training of every family, and what drives channels", () => {
  const results = made();
  const page = screen(results);
  const panels = page.split('class="panel"').slice(1);
  assert.equal(panels.length, 2);
  for (const [index, panel] of panels.entries()) {
    const target = results.targets[index];
    assert.ok(panel.includes(`aria-label="Stimuli: ${target}"`));
    const plot = panel.slice(panel.indexOf('<svg class="dots"'), panel.indexOf('<ul class="means">'));
    assert.equal(plot.match(/<path/g)!.length, 12);
    assert.equal(panel.match(/class="driver"/g)!.length, 4);
    assert.match(panel, /made-lang-s\d, channel 3, is driven most by (faces|words)\/0, (faces|words)\/1/);
  }
  assert.match(page, /selective at layer4, a layer that was fixed beforehand to illustrate the average/);
});

Deno.test("firstScreen() tells a screen reader the mean and range of every family, with the numbers of the results", () => {
  const results = made();
  const own = results.networks.filter(({ family }) => family === "made-untrained");
  for (const [index, { layers }] of own.entries()) {
    layers[1].categories.faces.measures.proportion = { value: [0.01, 0.02, 0.06][index], interval: null };
  }
  assert.match(screen(results), /Units selective for faces: [^"]*made-untrained 3\u00a0% \(1\u00a0% to 6\u00a0%\)"/);
  for (const { layers } of own) layers[1].categories.faces.measures.proportion = { value: null, interval: null };
  assert.match(screen(results), /made-untrained not measured"/);
});

Deno.test("firstScreen() draws all panels on one axis from zero", () => {
  assert.deepEqual(shareAxis([0.01, null, 0.23]), { end: 0.3, ticks: [0, 0.1, 0.2, 0.3] });
  assert.deepEqual(shareAxis([]), { end: 0.001, ticks: [0, 0.001] });
  assert.equal(shareAxis([1]).end, 1);
  const axes = [...screen(made()).matchAll(/<svg class="dots".*?(?=<svg x=)/gs)].map(([plot]) =>
    plot.match(/<text[^>]*>[^<]*/g)!.map((text) => text.replace(/.*>/, ""))
  );
  assert.equal(axes.length, 2);
  assert.deepEqual(axes[0], axes[1]);
});

Deno.test("firstScreen() works without pictures, with none selected, and with no layer", () => {
  const bare = made();
  bare.thumbnails = {};
  assert.doesNotMatch(screen(bare), /<use|driver|most selective channel/);
  assert.match(screen(bare), /class="dots"/);
  const none = made();
  for (const { layers } of none.networks.filter(({ family }) => family === "made-clip")) {
    for (const { categories } of layers) categories.faces.channels = [];
  }
  assert.match(screen(none), /none selected/);
  const empty = made();
  for (const network of empty.networks) network.layers = [];
  assert.equal(firstScreen(empty, layerSlots(empty)), null);
});

Deno.test("firstScreen() shows six families with their own words, and those that were not run not at all", () => {
  const six = made();
  for (const [index, family] of ["more-a", "more-b"].entries()) {
    six.networks.push({ ...six.networks[0], id: `${family}-s0`, family, title: `Trunk, recipe ${index}, seed 0` });
  }
  const page = screen(six);
  assert.equal(page.match(/<li data-family=/g)!.length, 6);
  assert.ok(!page.includes("made-absent"));
  const two = made();
  two.networks = two.networks.slice(0, 6).map((network, index) => ({
    ...network,
    title: index < 3 ? `Trunk, labels, seed ${index}` : `Trunk, captions, seed ${index}`,
  }));
  assert.match(screen(two), /made-vision<span class="learned">: labels</);
});

/** The check of a name, in results after a change. */
function check(name: string, change: (results: Results) => void = () => {}) {
  const results = made();
  change(results);
  return trustChecks(results, layerSlots(results)).find((each) => each.name === name)!;
}

Deno.test("trustChecks() pass or ask for a closer look by the rule that they state", () => {
  assert.deepEqual([check("Trainings").value, check("Trainings").passes], ["3 per family", true]);
  assert.equal(check("Trainings", (results) => results.networks.splice(0, 1)).passes, false);
  assert.deepEqual([check("Images").value, check("Images").passes], ["400, at least 80 per condition", true]);
  assert.equal(check("Images", (results) => results.stimuli.perCondition.words = 29).passes, false);
  const agreeing = (dice: number) => (results: Results) =>
    results.networks.forEach(({ layers }) => layers.forEach(({ categories }) => categories.faces.halfDice = dice));
  assert.equal(check("Halves agree", agreeing(0.9)).passes, true);
  assert.equal(check("Halves agree", agreeing(0)).passes, false);
  const permuted = (mean: number) => (results: Results) =>
    results.networks.forEach(({ layers }) =>
      layers.forEach(({ categories }) => Object.values(categories).forEach((each) => each.null!.mean = mean))
    );
  assert.equal(check("Null rate", permuted(0.0001)).passes, true);
  assert.equal(check("Null rate", permuted(0.05)).passes, false);
  assert.equal(check("Self-check").passes, true);
  assert.equal(check("Self-check", ({ provenance }) => provenance.selfCheck = 0.01).passes, false);
  assert.equal(check("Device").passes, true);
  assert.equal(check("Device", ({ provenance }) => provenance.device = "webgpu").passes, false);
  const near = check("Device", ({ networks }) => {
    // Three units of every thousand.
    for (const { units, categories } of networks.flatMap(({ layers }) => layers)) {
      for (const category of Object.values(categories)) category.nearThreshold = 0.003 * units;
    }
  });
  assert.match(near.value, /^cpu; 0\.3\s% of units within 1\s% of the threshold$/);
});

Deno.test("trustChecks() name the largest untrained share, and ask for a look where it reaches a trained family or is missing", () => {
  const untrained = (share: number) => (results: Results) => {
    const [network] = results.networks.filter(({ family }) => family === "made-untrained");
    network.layers[1].categories.words.measures.proportion = { value: share, interval: null };
  };
  const low = check("Untrained maximum", untrained(0.05));
  assert.equal(low.passes, true);
  const high = check("Untrained maximum", untrained(0.9));
  assert.deepEqual([high.value, high.passes], ["90\u00a0% for words", false]);
  const none = check("Untrained maximum", (results) => {
    results.networks = results.networks.filter(({ supervision }) => supervision !== "untrained");
  });
  assert.deepEqual([none.value, none.passes], ["none was run", false]);
});

Deno.test("trustStrip() says each outcome in words and links to a section of the page", async () => {
  const results = made();
  results.provenance.device = "webgpu";
  const strip = trustStrip(results, layerSlots(results)).toString();
  assert.equal(strip.match(/<\/span> (passes|look closer)/g)!.length, 7);
  assert.match(
    trustLine(results, layerSlots(results)).toString(),
    /6 of 7 checks pass<\/a>; .*look closer<\/span>: device \(webgpu\)\./,
  );
  const page = await renderReport(results, await readPageAssets());
  for (const [, section] of strip.matchAll(/href="#([^"]*)"/g)) {
    assert.ok(page.includes(`<section id="${section}"`), section);
  }
});

Deno.test("outOfDomain() warns first of all where networks were shown images of another kind, and only there", async () => {
  const results = made();
  results.stimuli.set = "floc";
  assert.equal(outOfDomain(results), null);
  for (const network of results.networks) network.architecture = "mini";
  assert.match(outOfDomain(results)!.toString(), /made-vision, made-lang and made-clip learned from drawn pictures/);
  const page = await renderReport(results, await readPageAssets());
  assert.ok(page.indexOf("Out of domain") < page.indexOf("<h1>"));
  results.stimuli.set = "procedural";
  assert.equal(outOfDomain(results), null);
  for (const network of results.networks) network.architecture = "resnet50";
  assert.match(outOfDomain(results)!.toString(), /learned from photographs and were shown drawn pictures/);
  for (const network of results.networks) network.weights.status = "local";
  assert.equal(outOfDomain(results), null);
});

Deno.test("renderReport() tells a link’s preview what was found", async () => {
  const page = await renderReport(made(), await readPageAssets());
  const title = page.match(/<h1>(.*?)<\/h1>/s)![1], lead = page.match(/<p class="lead">(.*?)<\/p>/s)![1];
  assert.ok(page.match(/property="og:title" content="([^"]*)"/)![1].startsWith(title));
  assert.equal(page.match(/property="og:description" content="([^"]*)"/)![1], lead);
});
