import assert from "node:assert/strict";
import { type Device, type DeviceName, openDevice, openWebDevice } from "../../src/devices/mod.ts";
import { describeAdapter, isSoftware } from "../../src/devices/_gpu_adapter.ts";
import { RequestError } from "../../src/errors.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { NO_ADAPTER, openAll } from "./devices.ts";

const NAMES: readonly DeviceName[] = ["cpu", "wasm", "webgpu"];
const devices = await openAll(NAMES);

/** `y = 2x + n`, with an int64 input and output beside it. */
function affine(): Uint8Array {
  const graph = new GraphBuilder("affine");
  const x = graph.input("x", "float32", ["batch", 3]);
  const n = graph.input("n", "int64", [1]);
  const two = graph.constant(new Float32Array([2]), [1]);
  const doubled = graph.node("Mul", [x, two]);
  graph.output(graph.node("Add", [doubled, graph.node("Cast", [n], { to: 1 })], {}, "y"));
  graph.output(graph.node("Add", [n, n], {}, "m"));
  return graph.toBytes();
}

const FEEDS = {
  x: { data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [2, 3] },
  n: { data: new BigInt64Array([10n]), shape: [1] },
};

for (const name of NAMES) {
  const ignore = name === "webgpu" && NO_ADAPTER;
  const device = (): Device => devices.get(name)!;

  Deno.test({
    name: `${name} runs a graph and gives its outputs with their shapes`,
    ignore,
    async fn() {
      const session = await device().open(affine());
      const { y, m } = await session.run(FEEDS);
      await session.close();
      assert.deepEqual(y, { data: new Float32Array([12, 14, 16, 18, 20, 22]), shape: [2, 3] });
      assert.deepEqual(m, { data: new BigInt64Array([20n]), shape: [1] });
    },
  });

  Deno.test({
    name: `${name} refuses feeds that are missing, unknown or misshapen`,
    ignore,
    async fn() {
      const session = await device().open(affine());
      await assert.rejects(session.run({ x: FEEDS.x }), /no feed "n"; expected x, n/);
      await assert.rejects(session.run({ ...FEEDS, z: FEEDS.x }), /unknown feed "z"; expected x, n/);
      await assert.rejects(
        session.run({ ...FEEDS, x: { data: FEEDS.x.data, shape: [3, 3] } }),
        /"x" holds 6 values; expected 9 for shape \[3, 3\]/,
      );
      await assert.rejects(session.run({ ...FEEDS, x: { data: FEEDS.x.data, shape: [3, 2] } }));
      await session.close();
    },
  });

  Deno.test({
    name: `${name} runs calls that overlap one after the other`,
    ignore,
    async fn() {
      const session = await device().open(affine());
      const runs = [1, 2, 3].map((value) =>
        session.run({ x: { data: new Float32Array(3).fill(value), shape: [1, 3] }, n: FEEDS.n })
      );
      const results = await Promise.all(runs);
      assert.deepEqual(results.map(({ y }) => y.data[0]), [12, 14, 16]);
      await session.close();
    },
  });

  Deno.test({
    name: `${name} closes its sessions, and a closed session does not run`,
    ignore,
    async fn() {
      const own = await openDevice(name, { threads: 2 });
      const session = await own.open(affine());
      await own.close();
      await assert.rejects(session.run(FEEDS), /session is closed/);
      await session.close();
      await own.close();
      await assert.rejects(own.open(affine()), new RegExp(`the ${name} device is closed`));
    },
  });

  Deno.test({
    name: `${name} says which graph it cannot compile`,
    ignore,
    async fn() {
      await assert.rejects(
        device().open(new Uint8Array([1, 2, 3])),
        new RegExp(`Cannot compile the graph for ${name}: `),
      );
    },
  });
}

Deno.test("openDevice() says what the devices are where the name is unknown", async () => {
  await assert.rejects(openDevice("tpu" as DeviceName), (error: Error) => {
    assert.ok(error instanceof RequestError);
    assert.equal(error.message, 'Unknown device: "tpu". Should be one of: auto, webgpu, cpu, wasm');
    return true;
  });
  await assert.rejects(openDevice("cpu", { threads: 0 }), /0 threads; expected a whole number from 1/);
});

Deno.test("openDevice() names the processor and its threads", async () => {
  const device = await openDevice("cpu", { threads: 1 });
  assert.match(device.adapter, /\S, 1 thread$/);
  assert.equal(device.maxTensorBytes, Infinity);
  await device.close();
});

Deno.test("openDevice() leaves a software adapter to the processor when the choice is automatic", async () => {
  const info = (await navigator.gpu?.requestAdapter())?.info;
  const hardware = info !== undefined && !isSoftware(info);
  const device = await openDevice("auto");
  assert.equal(device.name, hardware ? "webgpu" : "cpu");
  await device.close();
});

Deno.test({
  name: "openDevice() reports the limit of the adapter's bindings",
  ignore: NO_ADAPTER,
  fn() {
    const { adapter, maxTensorBytes } = devices.get("webgpu")!;
    assert.notEqual(adapter, "");
    assert.ok(maxTensorBytes >= 128 * 2 ** 20 && maxTensorBytes < Infinity);
  },
});

Deno.test("openWebDevice() says what is missing where the runtime has no WebGPU", async () => {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator")!;
  Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: 2 }, configurable: true });
  try {
    await assert.rejects(openWebDevice("webgpu"), /this runtime has no navigator\.gpu/);
  } finally {
    Object.defineProperty(globalThis, "navigator", navigator);
  }
});

Deno.test("openDevice() says what is missing where there is no adapter", async () => {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator")!;
  const gpu = { requestAdapter: () => Promise.resolve(null) };
  Object.defineProperty(globalThis, "navigator", { value: { gpu, hardwareConcurrency: 2 }, configurable: true });
  try {
    await assert.rejects(openDevice("webgpu"), /no adapter found; expected a GPU/);
    const device = await openDevice("auto");
    assert.equal(device.name, "cpu");
    await device.close();
  } finally {
    Object.defineProperty(globalThis, "navigator", navigator);
  }
});

Deno.test("isSoftware() knows adapters that draw on the processor", () => {
  assert.ok(isSoftware({ description: "llvmpipe (LLVM 15.0.6, 256 bits)" }));
  assert.ok(isSoftware({ vendor: "google", architecture: "swiftshader" }));
  assert.ok(isSoftware({ description: "Microsoft Basic Render Driver" }));
  assert.ok(isSoftware({ vendor: "x", isFallbackAdapter: true }));
  assert.ok(!isSoftware({ vendor: "nvidia", architecture: "ampere", isFallbackAdapter: false }));
  assert.ok(!isSoftware({ description: "Apple M2" }));
});

Deno.test("describeAdapter() prefers the description and leaves out bare numbers", () => {
  assert.equal(describeAdapter({ vendor: "65541", device: "0", description: "llvmpipe" }), "llvmpipe");
  assert.equal(describeAdapter({ vendor: "nvidia", architecture: "ampere", device: "0x2204" }), "nvidia ampere");
  assert.equal(describeAdapter({ vendor: "4318", architecture: "", device: "8708" }), "unnamed adapter");
});
