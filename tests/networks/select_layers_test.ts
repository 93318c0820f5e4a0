import assert from "node:assert/strict";
import { buildResNet, type Network, selectLayers, untrainedResNet } from "../../src/networks/mod.ts";

const network: Network = await buildResNet(untrainedResNet("mini", 0));

Deno.test("selectLayers() by stages gives the last block of each layer under the layer's name, at its own depth", () => {
  assert.deepEqual(
    selectLayers(network, "stages").map(({ name, value, depth }) => [name, value, Math.round(17 * depth)]),
    [["relu", "relu", 1], ["layer1", "layer1.1", 5], ["layer2", "layer2.1", 9], ["layer3", "layer3.1", 13], [
      "layer4",
      "layer4.1",
      17,
    ], ["avgpool", "avgpool", 17]],
  );
});

Deno.test("selectLayers() by blocks gives every layer", () => {
  assert.deepEqual(selectLayers(network, "blocks"), network.layers);
});

Deno.test("selectLayers() by names takes layers and stages, once each, in order of depth", () => {
  const names = selectLayers(network, ["avgpool", "layer2", "layer1.0", "avgpool"]).map(({ name }) => name);
  assert.deepEqual(names, ["layer1.0", "layer2", "avgpool"]);
});

Deno.test("selectLayers() by stages gives every layer of a network without stages", () => {
  const plain = { ...network, layers: network.layers.map(({ stage: _, ...layer }) => layer) };
  assert.deepEqual(selectLayers(plain, "stages"), plain.layers);
});

Deno.test("selectLayers() refuses unknown names, naming the known, and an empty choice", () => {
  assert.throws(
    () => selectLayers(network, ["layer9"]),
    /Cannot select layer "layer9"; expected one of relu, .*layer1\.0/,
  );
  assert.throws(() => selectLayers(network, []), /Cannot select layers: no names given/);
});
