import { isSoftware, maxBatch } from "../src/devices/mod.ts";
import { miniNetworks, noise, openDevices, plainModel, resnet50, type TimedNetwork } from "./_networks.ts";
import { bench, runBenches } from "./_timing.ts";

// A plain forward pass of one batch, per network and device. Software WebGPU takes seconds for what a GPU does in
// milliseconds, so the number of runs is set by hand.
const RUNS = { cpu: { n: 15, warmup: 2 }, wasm: { n: 5, warmup: 1 }, webgpu: { n: 3, warmup: 1 } } as const;

const devices = await openDevices();
const full = await resnet50();

for (const { name, network, batch } of [...await miniNetworks(), full] satisfies TimedNetwork[]) {
  for (const device of devices) {
    // In WebAssembly or on a software adapter one batch of ResNet-50 would take as long as all the rest.
    const slow = device.name === "wasm" || isSoftware({ description: device.adapter });
    if (name === full.name && slow) continue;
    const count = Math.min(batch, maxBatch(network, device));
    const session = await device.open(plainModel(network));
    const data = noise(network, count);
    const shape = [count, ...network.input.shape];
    bench({
      name: `${name}, ${count} images on ${device.name}`,
      group: name,
      baseline: device.name === "cpu",
      ...(name === full.name ? { n: 4, warmup: 1 } : RUNS[device.name]),
      async fn() {
        await session.run({ [network.input.name]: { data, shape } });
      },
    });
  }
}

await runBenches("inference");
