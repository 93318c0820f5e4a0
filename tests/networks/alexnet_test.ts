import assert from "node:assert/strict";
import { buildAlexNet } from "../../src/networks/mod.ts";
import { type Checkpoint } from "../../src/weights/mod.ts";
import { assertAgrees, built, fixture, golden } from "./_golden.ts";

Deno.test("buildAlexNet() agrees with PyTorch; pools and hidden layers close stages", async () => {
  const network = await built("alexnet.safetensors", buildAlexNet, "architectures");
  assert.deepEqual(network.input, { name: "image", shape: [3, 224, 224] });
  await assertAgrees(network, await golden("alexnet", "architectures"));
  assert.deepEqual(
    network.layers.flatMap(({ stage }) => stage ?? []),
    ["features.2", "features.5", "features.12", "classifier.2", "classifier.5"],
  );
});

Deno.test("buildAlexNet() refuses missing tensors, other places and inputs that no square of the map gives", async () => {
  const alexnet = await fixture("alexnet.safetensors", "architectures");
  const changed = (changes: Record<string, number[] | undefined>): ReturnType<typeof buildAlexNet> => {
    const tensors = new Map(alexnet.tensors);
    for (const [name, shape] of Object.entries(changes)) {
      if (shape === undefined) tensors.delete(name);
      else tensors.set(name, { dtype: "float32", shape });
    }
    const read: Checkpoint["read"] = (name) =>
      Promise.resolve(new Float32Array(tensors.get(name)!.shape.reduce((size, side) => size * side, 1)));
    return buildAlexNet({ ...alexnet, tensors, read });
  };
  await assert.rejects(changed({ "features.3.bias": [7] }), /"features.3.bias" has shape \[7\]; expected \[4\]/);
  await assert.rejects(changed({ "classifier.4.weight": undefined }), /Cannot find the network in the checkpoint/);
  await assert.rejects(changed({ "classifier.4.bias": undefined }), /no tensor "classifier.4.bias"/);
  await assert.rejects(
    changed({ "features.17.weight": [4, 4, 3, 3] }),
    /convolutions stand at features.10 and features.17; expected a ReLU between them and at most one pool/,
  );
  await assert.rejects(
    changed({ "classifier.1.weight": [8, 100] }),
    /"classifier.1.weight" has shape \[8, 100\]; expected inputs from a square of 4 channels whose side divides 6/,
  );
  await alexnet.close();
});
