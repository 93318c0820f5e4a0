import assert from "node:assert/strict";
import { RUNTIMES } from "../../src/devices/runtimes.ts";

Deno.test("RUNTIMES states the versions that the import map pins", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  const pinned = (name: string): string => imports[name].replace("npm:", "").replace("@", " ");
  assert.deepEqual(RUNTIMES, {
    cpu: pinned("onnxruntime-node"),
    nativeGpu: `${pinned("onnxruntime-node")} (WebGPU)`,
    webGpu: `${pinned("onnxruntime-web")} (WebGPU)`,
    wasm: `${pinned("onnxruntime-web")} (WebAssembly)`,
  });
});
