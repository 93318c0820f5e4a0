import assert from "node:assert/strict";
import { NO_ADAPTER } from "./devices.ts";
import { runScript, SOURCES } from "./run_script.ts";

/** Opens and runs devices in a process that then has nothing left to do. */
const SCRIPT = `
import { openDevice } from "${SOURCES}devices/mod.ts";
import { GraphBuilder } from "${SOURCES}onnx/mod.ts";
const graph = new GraphBuilder("negate");
graph.output(graph.node("Neg", [graph.input("x", "float32", ["n"])], {}, "y"));
for (const name of Deno.args) {
  const device = await openDevice(name, { threads: 2 });
  const session = await device.open(graph.toBytes());
  const { y } = await session.run({ x: { data: new Float32Array([1, 2]), shape: [2] } });
  console.log(name, ...y.data);
  await device.close();
}
`;

Deno.test("a process that used every device ends by itself and says nothing of its own accord", async () => {
  const names = ["cpu", "wasm", ...NO_ADAPTER ? [] : ["webgpu"]];
  const { success, stdout, stderr } = await runScript(SCRIPT, names);
  assert.ok(success, stderr);
  assert.equal(stdout, names.map((name) => `${name} -1 -2\n`).join(""));
  assert.doesNotMatch(stderr, /onnxruntime|warn/i);
});
