import assert from "node:assert/strict";
import { countingReads } from "../../bench/_counted_device.ts";
import { recordNetwork } from "../../src/recording/mod.ts";
import { NO_ADAPTER, openAll } from "../devices/devices.ts";
import {
  allLayers,
  linearNetwork,
  manyImages,
  pixelsOf,
  request,
  tokenNetwork,
  worstError,
} from "./record_fixtures.ts";

const devices = await openAll(["cpu", "webgpu"]);

Deno.test({
  name: "recordNetwork() merges the batches of a group on webgpu as float64 does on the processor",
  ignore: NO_ADAPTER,
  async fn() {
    const asked = request(devices.get("cpu")!);
    for (const network of [asked.network, tokenNetwork()]) {
      for (const batch of [2]) {
        const found = await allLayers(
          await recordNetwork({ ...asked, network, batch, device: devices.get("webgpu")! }),
        );
        const expected = await allLayers(await recordNetwork({ ...asked, network, batch }));
        for (const [k, { layer, moments, channelMeans }] of found.entries()) {
          moments.forEach((blocks, condition) =>
            blocks.forEach((group, block) => {
              const error = worstError(group, expected[k].moments[condition][block]);
              assert.ok(error < 1e-5, `${layer.name} ${condition} ${block}: ${error}`);
            })
          );
          const worst = Math.max(...channelMeans.map((value, i) => Math.abs(value - expected[k].channelMeans[i])));
          assert.ok(worst < 1e-5, `${layer.name}: ${worst}`);
        }
      }
    }
  },
});

Deno.test({
  name: "recordNetwork() merges units that never change without a trace of variance",
  ignore: NO_ADAPTER,
  async fn() {
    const asked = request(devices.get("webgpu")!);
    const [first] = asked.images;
    const one = pixelsOf(first.id);
    const layers = await allLayers(await recordNetwork({ ...asked, batch: 2, load: () => Promise.resolve(one) }));
    for (const { layer, moments } of layers) {
      assert.ok(moments.flat().every(({ m2 }) => m2.every((value) => value === 0)), layer.name);
    }
  },
});

Deno.test({
  name: "recordNetwork() reads the moments of webgpu once a group, however many images and batches it has",
  ignore: NO_ADAPTER,
  async fn() {
    const read = async (blocks: number, batch: number, perBlock: number): Promise<number[]> => {
      const images = manyImages(perBlock).map((image) => ({ ...image, block: image.block % blocks }));
      const counted = countingReads(devices.get("webgpu")!);
      const asked = { ...request(counted.device, { images }), sampledUnits: 10, blocks, batch };
      const recording = await recordNetwork(asked);
      const { layers } = recording.header;
      const groups = 3 * blocks;
      const moments = 8 * groups * layers.reduce((sum, { units }) => sum + units, 0);
      // Responses of ten units of each layer, and the channel means of the two that have positions.
      const responses = 4 * images.length * (3 * 10 + 8 + 12 + 12);
      await recording.close();
      return [counted.bytes(), moments, responses];
    };
    for (const [batch, perBlock] of [[3, 2], [3, 6]]) {
      const [bytes, moments, responses] = await read(2, batch, perBlock);
      assert.equal(bytes, moments + responses, `${batch} ${perBlock}`);
    }
  },
});

Deno.test({
  name: "recordNetwork() on webgpu names the image of a response that is not finite, in whichever batch of its group",
  ignore: NO_ADAPTER,
  async fn() {
    const asked = { ...request(devices.get("webgpu")!), network: linearNetwork(1e30) };
    for (const bad of ["places/0-0", "places/0-6"]) {
      const load = async (i: number): Promise<Float32Array> => {
        const image = (await asked.load(i)).map((value) => value * 1e-30);
        if (asked.images[i].id === bad) image[100] = 1e20;
        return image;
      };
      await assert.rejects(
        recordNetwork({ ...asked, load, batch: 2 }),
        new RegExp(`Cannot record layer "scaled": the response of unit 100 to image "${bad}" is (NaN|Infinity)`),
      );
    }
    await assert.rejects(
      recordNetwork({ ...asked, batch: 2 }),
      /Cannot record the network: squared responses to "faces.*" exceed what float32 holds; expected smaller responses/,
    );
  },
});
