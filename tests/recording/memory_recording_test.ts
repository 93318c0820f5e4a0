import assert from "node:assert/strict";
import { groupsOf, type LayerRecording, memoryRecording, type RecordingHeader } from "../../src/recording/mod.ts";

const layer = { name: "pool", depth: 0, shape: [2], units: 2, value: "pool" };
const header: RecordingHeader = {
  conditions: ["faces", "places"],
  blocks: 2,
  images: [[0, 0], [1, 1], [0, 0], [0, 1]].map(([condition, block], i) => ({
    id: `${i}`,
    condition,
    block,
    category: "one",
  })),
  layers: [layer],
  source: null,
};
const responses = Float32Array.of(1, 5, 2, 6, 3, 7, 4, 8);
const moments = (n: number, mean: number[], m2: number[]): LayerRecording["moments"][number][number] => ({
  n,
  mean: Float32Array.from(mean),
  m2: Float32Array.from(m2),
});
const none = moments(0, [0, 0], [0, 0]);
const whole: LayerRecording = {
  layer,
  moments: [[moments(2, [2, 6], [2, 2]), moments(1, [4, 8], [0, 0])], [none, moments(1, [2, 6], [0, 0])]],
  sample: { units: Uint32Array.of(0, 1), responses },
  channelMeans: responses,
};

Deno.test("groupsOf() sorts images by condition and block and leaves out groups without images", () => {
  assert.deepEqual(groupsOf(header.images), [
    { condition: 0, block: 0, images: [0, 2] },
    { condition: 0, block: 1, images: [3] },
    { condition: 1, block: 1, images: [1] },
  ]);
  assert.deepEqual(groupsOf([]), []);
});

Deno.test("memoryRecording() gives back its layers, and knows its self-check and that nothing is missing", async () => {
  const recording = memoryRecording(header, [whole]);
  assert.equal(await recording.readLayer(0), whole);
  assert.equal(recording.selfCheck, 0);
  assert.deepEqual(recording.missing, []);
  assert.equal(recording.path, null);
  await recording.close();
});

Deno.test("memoryRecording() knows the groups that were not recorded", () => {
  const part = { ...whole, moments: [[none, whole.moments[0][1]], whole.moments[1]] };
  assert.deepEqual(memoryRecording(header, [part]).missing, [{ condition: 0, block: 0 }]);
});

Deno.test("memoryRecording() refuses moments that are not those of the sampled responses", () => {
  const wrong = { ...whole, moments: [[moments(2, [2, 6], [2, 2.1]), whole.moments[0][1]], whole.moments[1]] };
  assert.throws(
    () => memoryRecording(header, [wrong]),
    /Cannot trust the recording of "pool": .* differ by 5\.0e-2 in unit 1 of faces, block 0; expected 0\.001 at most/,
  );
});

Deno.test("memoryRecording() refuses layers that do not fit the header, and a layer that it has not", async () => {
  const refuse = (part: Partial<LayerRecording>, message: RegExp): void => {
    assert.throws(() => memoryRecording(header, [{ ...whole, ...part }]), message);
  };
  assert.throws(() => memoryRecording(header, []), /0 layers; expected 1/);
  refuse({ layer: { ...layer, name: "fc" } }, /layer "fc" has 2 units at place 0; expected "pool" of 2/);
  refuse({ moments: whole.moments.slice(1) }, /moments of 1 conditions and 2 blocks; expected 2 conditions of 2/);
  refuse(
    { moments: [[moments(2, [2], [2]), none], whole.moments[1]] },
    /moments of 1 and 1 units; expected 2/,
  );
  refuse({ sample: { ...whole.sample, responses: responses.subarray(1) } }, /7 responses; expected 4 images × 2/);
  refuse({ channelMeans: responses.subarray(1) }, /7 channel means; expected 4 images × 2 channels/);
  for (const index of [-1, 1, 0.5]) {
    await assert.rejects(
      memoryRecording(header, [whole]).readLayer(index),
      /Cannot read layer .*: the recording has 1;/,
    );
  }
});
