import { type Device, openDevice } from "../src/devices/mod.ts";
import { type RecordedImage, recordNetwork } from "../src/localizer/mod.ts";
import { miniNetworks, noise, plainModel, resnet50, type TimedNetwork } from "./_networks.ts";

// What recording costs beside the forward pass it needs anyway: every tap, every unit's moments, sampled responses, merging
// and the self-check, over two conditions and two folds. The session is opened anew each time, as in a run.
const CONDITIONS = ["a", "b"];

const device: Device = await openDevice("cpu");

function benchNetwork({ name, network, batch }: TimedNetwork, runs: { n: number; warmup: number }): void {
  const groups = CONDITIONS.length * 2;
  const images = Array.from({ length: groups * batch }, (_, i): RecordedImage => ({
    id: `${i}`,
    condition: Math.floor(i / 2) % CONDITIONS.length,
    category: CONDITIONS[Math.floor(i / 2) % CONDITIONS.length],
    fold: (i % 2) as 0 | 1,
  }));
  const model = plainModel(network);
  const data = noise(network, batch);
  const size = data.length / batch;
  const label = `${name}, ${images.length} images`;
  Deno.bench({
    name: `${label}: forward pass`,
    group: name,
    baseline: true,
    ...runs,
    async fn() {
      const session = await device.open(model);
      for (let k = 0; k < groups; k++) {
        await session.run({ [network.input.name]: { data, shape: [batch, ...network.input.shape] } });
      }
      await session.close();
    },
  });
  Deno.bench({
    name: `${label}: recording`,
    group: name,
    ...runs,
    async fn() {
      const load = (i: number): Promise<Float32Array> =>
        Promise.resolve(data.subarray((i % batch) * size, (i % batch + 1) * size));
      await recordNetwork({ network, device, images, conditions: CONDITIONS, load, batch });
    },
  });
}

for (const network of await miniNetworks()) benchNetwork(network, { n: 6, warmup: 1 });
benchNetwork(await resnet50(), { n: 2, warmup: 1 });
