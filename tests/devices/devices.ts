import { type Device, type DeviceName, openDevice, openWebDevice } from "../../src/devices/mod.ts";

const adapter = await navigator.gpu?.requestAdapter() ?? null;

/** Whether there is no WebGPU here, hardware or software, so that its tests have nothing to run on. */
export const NO_ADAPTER: boolean = adapter === null;

/**
 * The devices of this machine, WebGPU by the build for the web as in a browser. They are opened, and run once, before the tests: when the WebAssembly builds start, they try
 * out a message port that they never close, and their threads live as long as the process, which a test that happened to be
 * the first would be blamed for.
 */
export async function openAll(names: readonly DeviceName[]): Promise<Map<DeviceName, Device>> {
  const devices = new Map<DeviceName, Device>();
  for (const name of names) {
    if (name === "webgpu" && NO_ADAPTER) continue;
    const device = name === "webgpu" ? await openWebDevice(name) : await openDevice(name, { threads: 2 });
    const { GraphBuilder } = await import("../../src/onnx/mod.ts");
    const graph = new GraphBuilder("warm");
    graph.output(graph.node("Neg", [graph.input("x", "float32", [1])], {}, "y"));
    const session = await device.open(graph.toBytes());
    await session.run({ x: { data: new Float32Array([1]), shape: [1] } });
    await session.close();
    devices.set(name, device);
  }
  return devices;
}
