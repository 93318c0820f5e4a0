import assert from "node:assert/strict";
import { runScript, SOURCES } from "./run_script.ts";

const MEGABYTES = 32;
const TIMES = 12;

/**
 * Opens, runs and closes sessions of a graph that holds weights of so many megabytes, and prints by how many the process grew
 * meanwhile. Tests that run beside each other share a process, so this one has its own.
 */
const SCRIPT = `
import { openDevice } from "${SOURCES}devices/mod.ts";
import { GraphBuilder } from "${SOURCES}onnx/mod.ts";
const columns = ${MEGABYTES} * 2 ** 18 / 512;
const graph = new GraphBuilder("heavy");
const weights = graph.constant(new Float32Array(512 * columns).fill(0.5), [512, columns]);
graph.output(graph.node("MatMul", [graph.input("x", "float32", ["batch", 512]), weights], {}, "y"));
const model = graph.toBytes();
const device = await openDevice("cpu", { threads: 1 });
async function use(times) {
  for (let i = 0; i < times; i++) {
    const session = await device.open(model);
    await session.run({ x: { data: new Float32Array(512), shape: [1, 512] } });
    if (Deno.args[0] === "close") await session.close();
  }
  return Deno.memoryUsage().rss / 2 ** 20;
}
const before = await use(3);
console.log(await use(${TIMES}) - before);
`;

async function growth(...args: string[]): Promise<number> {
  const { success, stdout, stderr } = await runScript(SCRIPT, args);
  assert.ok(success, stderr);
  return Number(stdout);
}

Deno.test("a session gives its memory back when it is closed, and only then", async () => {
  const closed = await growth("close");
  assert.ok(closed < TIMES * MEGABYTES / 4, `${closed} MiB more after ${TIMES} sessions of ${MEGABYTES} MiB`);
  const open = await growth();
  assert.ok(open > TIMES * MEGABYTES / 2, `${open} MiB`);
});
