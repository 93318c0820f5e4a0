import assert from "node:assert/strict";
import { RUNTIMES } from "../../src/devices/runtimes.ts";
import { runScript, SOURCES } from "./run_script.ts";

// The native build looks for adapters by itself, which a process decides at its start: so each test has one of its own, in which
// Deno's WebGPU is not there, as in Node. Chromium brings a software adapter that the native build takes.
const SOFTWARE_ADAPTERS = ["/usr/lib/chromium", "/opt/google/chrome"].map((folder) =>
  `${folder}/vk_swiftshader_icd.json`
);

const there = await Promise.all(
  SOFTWARE_ADAPTERS.map((path) => Deno.stat(path).then(() => path, () => null)),
);
const software = there.find((path) => path !== null);

const RECORDINGS = new URL("../recording/record_fixtures.ts", import.meta.url).href;

/** Runs a script as in Node, with the adapters that a file names, and gives the JSON that it prints. */
async function runWith(adapters: string, source: string): Promise<unknown> {
  const { success, stdout, stderr } = await runScript(
    `Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: 2 }, configurable: true });
    const { openDevice } = await import("${SOURCES}devices/mod.ts");
    ${source}`,
    [],
    { VK_DRIVER_FILES: adapters, VK_ICD_FILENAMES: adapters },
  );
  assert.ok(success, stderr);
  return JSON.parse(stdout);
}

Deno.test({
  name: "the native build runs graphs on a GPU, in this thread and beside it",
  ignore: software === undefined,
  async fn() {
    const found = await runWith(
      software!,
      `
      import { GraphBuilder } from "${SOURCES}onnx/mod.ts";
      const device = await openDevice("webgpu");
      const graph = new GraphBuilder("affine");
      const x = graph.input("x", "float32", ["batch", 3]);
      graph.output(graph.node("Mul", [x, graph.constant(new Float32Array([2]), [1])], {}, "y"));
      const given = [];
      for (const runs of [1, 4]) {
        const session = await device.open(graph.toBytes(), { runs });
        const outputs = await Promise.all(
          Array.from({ length: runs }, (_, i) => session.run({ x: { data: new Float32Array(3).fill(i), shape: [1, 3] } })),
        );
        given.push(outputs.map(({ y }) => [...y.data]));
        await session.close();
      }
      await device.close();
      console.log(JSON.stringify({ name: device.name, runtime: device.runtime, carries: device.carries, given }));
      `,
    );
    assert.deepEqual(found, {
      name: "webgpu",
      runtime: RUNTIMES.nativeGpu,
      carries: false,
      given: [[[0, 0, 0]], [[0, 0, 0], [2, 2, 2], [4, 4, 4], [6, 6, 6]]],
    });
  },
});

Deno.test({
  name: "recordings of the native build on a GPU agree with those of the processor",
  ignore: software === undefined,
  async fn() {
    const found = await runWith(
      software!,
      `
      import { recordNetwork } from "${SOURCES}recording/mod.ts";
      import { allLayers, request, tokenNetwork, worstError } from "${RECORDINGS}";
      const [cpu, gpu] = [await openDevice("cpu", { threads: 1 }), await openDevice("webgpu")];
      let worst = 0;
      const { network } = request(cpu);
      for (const recorded of [network, tokenNetwork()]) {
        const [expected, found] = await Promise.all([cpu, gpu].map(async (device) =>
          await allLayers(await recordNetwork({ ...request(device), network: recorded, batch: 2 }))
        ));
        found.forEach(({ moments }, k) => moments.forEach((blocks, condition) => blocks.forEach((group, block) => {
          worst = Math.max(worst, worstError(group, expected[k].moments[condition][block]));
        })));
      }
      await Promise.all([cpu.close(), gpu.close()]);
      console.log(worst);
      `,
    );
    const worst = Number(found);
    assert.ok(worst > 0 && worst < 1e-4, `${found}`);
  },
});

Deno.test("openDevice() says what is missing where the native build finds no adapter, and takes the processor by default", async () => {
  const found = await runWith(
    "/nowhere.json",
    `
    const error = await openDevice("webgpu").then(() => null, (error) => error);
    const { name } = await openDevice("auto");
    console.log(JSON.stringify({ kind: error?.constructor.name, message: error?.message, name }));
    `,
  );
  assert.deepEqual(found, {
    kind: "RequestError",
    message: 'Cannot open device "webgpu": no adapter found; expected a GPU with its driver',
    name: "cpu",
  });
});
