/** Runs a graph in WebAssembly with two threads, says so, and waits to be ended; see `permissions_test.ts`. */
import { openDevice } from "../../src/devices/mod.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";

const graph = new GraphBuilder("relu");
graph.output(graph.node("Relu", [graph.input("image", "float32", ["batch", 3, 8, 8])], {}, "out"));
const session = await (await openDevice("wasm", { threads: 2 })).open(graph.toBytes());
await session.run({ image: { data: new Float32Array(192), shape: [1, 3, 8, 8] } });
console.log("ran");
// Its threads would not keep it alive.
setInterval(() => {}, 1000);
