import assert from "node:assert/strict";
import { renderLiveComparison, renderLiveView } from "../../src/report/mod.ts";
import type { SelectedUnits } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

const results = syntheticResults({ seeds: 1, layers: ["layer2", "layer4"], targets: ["faces", "words"] });
const [{ id }] = results.networks;

/** In every layer the same units on both halves. */
function selecting(faces: readonly number[]): SelectedUnits {
  const half = [Uint32Array.from(faces), new Uint32Array()];
  return new Map([[id, new Map(["layer2", "layer4"].map((name) => [name, [half, half]]))]]);
}

Deno.test("renderLiveComparison() tells how many layers and targets select the same units, and the smallest overlap", () => {
  const own = { results, selected: selecting([1, 2, 3]) };
  const same = renderLiveComparison(own, own);
  assert.match(same, /In 2 of 2 layers and targets .*smallest overlap \(Dice\) is 1\./);
  const other = renderLiveComparison(own, { results, selected: selecting([1, 2, 4]) });
  assert.match(other, /In 0 of 2 layers and targets .*smallest overlap \(Dice\) is 0\.667\./);
  assert.equal(other.match(/<h4>Overlap of the selected units/g)!.length, 1);
  assert.match(other, /<td>none<small>0, 0<\/small><\/td>/);
});

Deno.test("renderLiveComparison() compares numbers where a run tells no units, and nothing where inputs differ", () => {
  const own = { results, selected: selecting([1]) };
  assert.match(renderLiveComparison(own, { results, selected: null }), /but not which ones.*Selected units on a half/s);
  const stimuli = { ...results.stimuli, hash: "0".repeat(64) };
  const others = renderLiveComparison(own, { results: { ...results, stimuli }, selected: own.selected });
  assert.match(others, /It saw other pictures, so nothing is compared\./);
  assert.doesNotMatch(others, /<table/);
  const settings = { ...results.settings, limit: 4 };
  assert.match(
    renderLiveComparison(own, { results: { ...results, stimuli, settings }, selected: own.selected }),
    /Here all pictures of each category were shown, in the published run at most 4 pictures, so nothing is compared\./,
  );
});

/** A run of the first network alone, with one change. */
function changed(change: (own: typeof results) => void): string {
  const own = structuredClone({ ...results, networks: results.networks.slice(0, 1) });
  change(own);
  return renderLiveComparison({ results: own, selected: selecting([1]) }, { results, selected: selecting([1]) });
}

Deno.test("renderLiveComparison() says that values are equal, and of those that differ the largest difference of each measure", () => {
  const same = changed(({ networks: [network] }) => {
    network.layers[0].categories.faces.measures["specificity.dprime"].value! *= 1 + 1e-6;
  });
  // Four measures at two layers for two targets, and consistency for them and for all units.
  assert.match(same, /All 19 values of the main measures \(.*\) are equal to four digits\.<\/p>/);
  assert.doesNotMatch(same, /Settings differ|largest difference/i);
  const html = changed(({ networks: [network] }) => {
    const [layer2, layer4] = network.layers.map(({ categories }) => categories);
    layer2.faces.measures["specificity.dprime"].value! += 0.01;
    layer4.words.measures["specificity.dprime"].value! -= 0.02;
    layer4.words.measures.proportion.value! += 0.005;
    // Not a main measure.
    layer4.words.measures["specificity.t"].value! += 1;
    layer4.faces.measures["strength.margin"] = { value: null, interval: null, reason: "nothing selected" };
  });
  assert.match(html, /Of 18 values of .* 15 are equal to four digits\. 1 more is known in one run only\./);
  assert.match(
    html,
    /<ul><li>Proportion of units selective: \+0\.5\u00a0points \(words, layer4, made-vision-s0\)<\/li>/,
  );
  assert.match(html, /<li>d′ against the runner-up: −0\.02 \(words, layer4, made-vision-s0\)<\/li><\/ul>/);
  assert.match(html, /layer2<\/th><td>equal<\/td><td>\+0\.01<small>faces<\/small><\/td><td>equal<\/td>/);
  assert.match(html, /<td>equal<small>in one run only: faces<\/small><\/td><\/tr>/);
  assert.match(html, /<p>Consistency across layers \(ρ\): equal<\/p>/);
});

Deno.test("renderLiveComparison() says which settings differ before it tells differences, and leaves out those of no effect", () => {
  assert.doesNotMatch(changed(({ settings }) => settings.permutations = 0), /Settings differ/);
  const quick = changed(({ settings, networks: [network] }) => {
    settings.splits = 1;
    network.layers[0].categories.faces.measures["specificity.dprime"].value! += 0.001;
    network.layers[0].categories.words.measures["specificity.dprime"].value! += 5;
  });
  assert.match(
    quick,
    /Settings differ\..* from one split of the pictures into halves, in the published run from 10 splits\..*id="differences"/s,
  );
  assert.match(quick, /gives a 95\u00a0% interval for 2 of those that differ; 1 of these values lies inside it\./);
  assert.match(
    changed(({ settings }) => settings.fixedThreshold = 0.01),
    /<code>settings\.fixedThreshold<\/code> is 0\.01/,
  );
});

Deno.test("renderLiveComparison() compares nothing where the published run has no such weights", () => {
  const html = changed(({ networks: [network] }) => network.weights.sha256 = "f".repeat(64));
  assert.match(html, /has no network with these weights, so nothing is compared\./);
  assert.doesNotMatch(html, /<table/);
});

Deno.test("renderLiveView() shows the layers that are finished, and nothing before", () => {
  const [network] = results.networks;
  assert.equal(renderLiveView([{ ...network, layers: [] }], results.targets), "");
  const html = renderLiveView([{ ...network, layers: network.layers.slice(0, 1) }], results.targets);
  assert.ok(html.includes('<th scope="col">layer2</th>') && !html.includes("layer4"));
  assert.equal(html.match(/class="dots"/g)!.length, 2);
});
