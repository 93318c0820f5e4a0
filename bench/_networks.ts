import { fileURLToPath } from "node:url";
import { type Device, type DeviceName, openDevice } from "../src/devices/mod.ts";
import { buildResNet, type Network, untrainedResNet } from "../src/networks/mod.ts";
import { openCheckpoint } from "../src/weights/mod.ts";

/** A network to be timed, and how many images it sees at once. */
export interface TimedNetwork {
  readonly name: string;
  readonly network: Network;
  readonly batch: number;
}

async function fixture(name: string): Promise<Network> {
  const checkpoint = await openCheckpoint(fileURLToPath(new URL(`../fixtures/${name}.safetensors`, import.meta.url)));
  try {
    return await buildResNet(checkpoint);
  } finally {
    await checkpoint.close();
  }
}

/** The mini networks of the first seed, and the untrained one. */
export async function miniNetworks(): Promise<TimedNetwork[]> {
  const networks: TimedNetwork[] = [];
  for (const name of ["mini-vision-s0", "mini-lang-s0", "mini-clip-s0"]) {
    networks.push({ name, network: await fixture(name), batch: 42 });
  }
  const untrained = await buildResNet(untrainedResNet("mini", 0));
  return [...networks, { name: "mini-untrained-s0", network: untrained, batch: 42 }];
}

/** A ResNet-50 at full size, with weights before training: what is computed does not depend on them. */
export async function resnet50(): Promise<TimedNetwork> {
  return { name: "resnet50", network: await buildResNet(untrainedResNet("resnet50", 0)), batch: 8 };
}

/** Every device that this machine has. */
export async function openDevices(): Promise<Device[]> {
  const names: DeviceName[] = ["cpu", "wasm"];
  if (await navigator.gpu?.requestAdapter() != null) names.push("webgpu");
  return await Promise.all(names.map((name) => openDevice(name)));
}

/** Images of noise, `[count, 3, rows, columns]`. */
export function noise({ input: { shape } }: Network, count: number): Float32Array {
  const [channels, rows, columns] = shape;
  return Float32Array.from({ length: count * channels * rows * columns }, (_, i) => Math.sin(i * 12.9898));
}

/** The network's last layer and nothing else. */
export function plainModel({ graph, layers }: Network): Uint8Array {
  const plain = graph.clone();
  plain.output(layers[layers.length - 1].value);
  return plain.toBytes();
}
