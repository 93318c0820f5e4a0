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
  assert.match(same, /In 2 of 2 layers and targets .*\s+smallest overlap \(Dice\) is 1\./s);
  const other = renderLiveComparison(own, { results, selected: selecting([1, 2, 4]) });
  assert.match(other, /In 0 of 2 layers and targets .*\s+smallest overlap \(Dice\) is 0\.667\./s);
  assert.equal(other.match(/<table/g)!.length, 1);
  assert.match(other, /<td>none<small>0, 0<\/small><\/td>/);
});

Deno.test("renderLiveComparison() compares numbers where a run tells no units, and nothing where inputs differ", () => {
  const own = { results, selected: selecting([1]) };
  assert.match(renderLiveComparison(own, { results, selected: null }), /tells no units .*selected units on a half/s);
  const stimuli = { ...results.stimuli, hash: "0".repeat(64) };
  const others = renderLiveComparison(own, { results: { ...results, stimuli }, selected: own.selected });
  assert.match(others, /It saw other pictures, so nothing is compared\./);
  assert.doesNotMatch(others, /<table/);
});

Deno.test("renderLiveView() shows the layers that are finished, and nothing before", () => {
  const [network] = results.networks;
  assert.equal(renderLiveView([{ ...network, layers: [] }], results.targets), "");
  const html = renderLiveView([{ ...network, layers: network.layers.slice(0, 1) }], results.targets);
  assert.ok(html.includes('<th scope="col">layer2</th>') && !html.includes("layer4"));
  assert.equal(html.match(/class="dots"/g)!.length, 2);
});
