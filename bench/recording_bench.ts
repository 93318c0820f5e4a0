import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Device, isSoftware, openWebDevice } from "../src/devices/mod.ts";
import { openRecording, type RecordedImage, recordNetwork, type RecordOptions } from "../src/recording/mod.ts";
import { bench, runBenches } from "./_timing.ts";
import { countingReads } from "./_counted_device.ts";
import { miniNetworks, noise, openDevices, plainModel, resnet50, type TimedNetwork } from "./_networks.ts";

// What recording costs beside the forward pass it needs anyway: every layer, every unit's moments, sampled responses and
// merging, over two conditions and four blocks; in memory and to a file, which is then read back and checked. The forward pass
// sees the same images in the same batches, in one session that has every processor, and in as many sessions of one thread as
// there are processors, as recording does. Sessions are opened anew each time, as in a run. On a GPU the same, in one session.
const CONDITIONS = ["a", "b"];
const BLOCKS = 4;

const devices = await openDevices();
const cpu: Device = devices.find(({ name }) => name === "cpu")!;
const gpu = devices.find(({ name }) => name === "webgpu");
const folder = await mkdtemp(join(tmpdir(), "bench-"));
addEventListener("unload", () => rmSync(folder, { recursive: true, force: true }));

/** `perGroup` images in each block of each condition. */
function imagesOf(perGroup: number): RecordedImage[] {
  return Array.from({ length: CONDITIONS.length * BLOCKS * perGroup }, (_, i) => ({
    id: `${i}`,
    condition: i % CONDITIONS.length,
    category: CONDITIONS[i % CONDITIONS.length],
    block: Math.floor(i / CONDITIONS.length) % BLOCKS,
  }));
}

function benchNetwork(
  { name, network, batch }: TimedNetwork,
  device: Device,
  runs: { n: number; warmup: number },
): void {
  const groups = CONDITIONS.length * BLOCKS;
  const images = imagesOf(batch);
  const model = plainModel(network);
  const data = noise(network, batch);
  const size = data.length / batch;
  const load = (i: number): Promise<Float32Array> =>
    Promise.resolve(data.subarray((i % batch) * size, (i % batch + 1) * size));
  const options: RecordOptions = {
    network,
    device,
    images,
    conditions: CONDITIONS,
    load,
    batch,
    stimuli: "0".repeat(64),
  };
  const label = `${name} on ${device.name}, ${images.length} images`;
  const group = `${name} on ${device.name}`;
  const feeds = { [network.input.name]: { data, shape: [batch, ...network.input.shape] } };
  bench({
    name: `${label}: forward pass, one session`,
    group,
    baseline: true,
    ...runs,
    async fn() {
      const session = await device.open(model);
      for (let k = 0; k < groups; k++) await session.run(feeds);
      await session.close();
    },
  });
  if (device === cpu) {
    bench({
      name: `${label}: forward pass, a session per thread`,
      group,
      ...runs,
      async fn() {
        const session = await device.open(model.slice(), { runs: groups });
        await Promise.all(Array.from({ length: groups }, () => session.run(feeds)));
        await session.close();
      },
    });
  }
  bench({
    name: `${label}: recording`,
    group,
    ...runs,
    async fn() {
      await (await recordNetwork(options)).close();
    },
  });
  const path = join(folder, `${name}-${device.name}.rec`);
  bench({
    name: `${label}: recording to a file`,
    group,
    ...runs,
    async fn(clock) {
      await rm(path, { force: true });
      clock.start();
      await (await recordNetwork({ ...options, to: path })).close();
      clock.end();
    },
  });
  bench({
    name: `${label}: the file checked and every layer read`,
    group,
    ...runs,
    async fn() {
      const recording = await openRecording(path);
      for (const index of recording.header.layers.keys()) await recording.readLayer(index);
      await recording.close();
    },
  });
}

/**
 * What comes back from a GPU through the build for the web, as in a browser: moments once a group, responses of sampled units
 * and means of channels once an image.
 */
function benchReads({ name, network }: TimedNetwork, onto: Device): void {
  const batch = 2;
  const data = noise(network, batch);
  const size = data.length / batch;
  const load = (i: number): Promise<Float32Array> =>
    Promise.resolve(data.subarray((i % batch) * size, (i % batch + 1) * size));
  const { device, bytes } = countingReads(onto);
  for (const perGroup of [batch, 4 * batch]) {
    const images = imagesOf(perGroup);
    bench({
      name: `${name}, ${images.length} images, ${perGroup / batch} batches a group: recording`,
      group: `${name}, read from webgpu`,
      n: 1,
      warmup: 0,
      read: bytes,
      async fn() {
        const options = { network, device, images, conditions: CONDITIONS, load, batch, sampledUnits: 64 };
        await (await recordNetwork({ ...options, stimuli: "0".repeat(64) })).close();
      },
    });
  }
}

if (gpu !== undefined) benchReads((await miniNetworks())[0], await openWebDevice("webgpu"));
const timed = gpu !== undefined && !isSoftware({ description: gpu.adapter }) ? [cpu, gpu] : [cpu];
for (const device of timed) {
  for (const network of await miniNetworks()) benchNetwork(network, device, { n: 6, warmup: 1 });
  benchNetwork(await resnet50(), device, { n: 3, warmup: 1 });
}

await runBenches("recording");
