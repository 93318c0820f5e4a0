import assert from "node:assert/strict";
import { runtimeOf } from "../../src/devices/mod.ts";

Deno.test("runtimeOf() states the versions that the import map pins", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  const pinned = (name: string): string => imports[name].replace("npm:", "").replace("@", " ");
  assert.equal(runtimeOf("cpu"), pinned("onnxruntime-node"));
  assert.equal(runtimeOf("wasm"), `${pinned("onnxruntime-web")} (WebAssembly)`);
  assert.equal(runtimeOf("webgpu"), `${pinned("onnxruntime-web")} (WebGPU)`);
});
