import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { DeviceName } from "../../src/devices/mod.ts";
import { CRITERIA } from "../../src/criteria/mod.ts";
import { type LayerRecording, recordNetwork } from "../../src/recording/mod.ts";
import { buildResNet } from "../../src/networks/mod.ts";
import { preprocess, proceduralSet } from "../../src/stimuli/mod.ts";
import { openCheckpoint } from "../../src/weights/mod.ts";
import { NO_ADAPTER, openAll } from "../devices/devices.ts";
import { allLayers, worstRecordingError } from "../recording/record_fixtures.ts";

const WEIGHTS = fileURLToPath(new URL("../../fixtures/mini-vision-s0.safetensors", import.meta.url));
const RECIPE = {
  resize: 64,
  crop: 64,
  interpolation: "bilinear",
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
} as const;

const devices = await openAll(["cpu", "wasm", "webgpu"]);
const checkpoint = await openCheckpoint(WEIGHTS);
const network = await buildResNet(checkpoint);
await checkpoint.close();
const set = await proceduralSet({ limit: 2 });
const conditions = set.conditions.slice(0, 5);
const stimuli = set.stimuli.filter(({ condition }) => conditions.includes(condition));
// One block, so that a device that takes long to start a batch starts few.
const images = stimuli.map(({ id, condition, category }) => ({
  id,
  category,
  condition: conditions.indexOf(condition),
  block: 0,
}));
const pixels: Float32Array[] = [];
for (const stimulus of stimuli) pixels.push(preprocess(await stimulus.pixels(), RECIPE));
const asked = { network, images, conditions, load: (i: number) => Promise.resolve(pixels[i]) };
const reference = await recordNetwork({ ...asked, device: devices.get("cpu")! });

/** The units that each criterion selects for each target in a layer, one after the other. */
function selected({ moments }: LayerRecording): Uint8Array {
  const all = moments.map(([block]) => block);
  const targets = [0, 1, 2, 3];
  const parts = CRITERIA.filter(({ needsResponses }) => !needsResponses).flatMap((criterion) =>
    targets.map((target) => criterion.select({ conditions, targets, target, moments: all }))
  );
  const masks = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (masks.set(part, at), at + part.length), 0);
  return masks;
}

for (const name of ["wasm", "webgpu"] satisfies DeviceName[]) {
  Deno.test({
    name: `a trained network has on ${name} the moments and the selective units that it has on cpu`,
    ignore: name === "webgpu" && NO_ADAPTER,
    async fn() {
      const recording = await recordNetwork({ ...asked, device: devices.get(name)! });
      const error = await worstRecordingError(recording, reference);
      assert.ok(recording.selfCheck < 1e-4 && reference.selfCheck < 1e-4, `${recording.selfCheck}`);
      assert.ok(error < 1e-4, `${error}`);
      const expected = await allLayers(reference);
      for (const [k, own] of (await allLayers(recording)).entries()) {
        const [here, there] = [selected(own), selected(expected[k])];
        const both = here.reduce((sum, value, i) => sum + (value & there[i]), 0);
        const each = here.reduce((sum, value) => sum + value, 0) + there.reduce((sum, value) => sum + value, 0);
        assert.ok(each > 0, `nothing is selected at ${own.layer.name}`);
        assert.ok(2 * both / each >= 0.99, `${own.layer.name}: Dice ${2 * both / each}`);
      }
    },
  });
}
