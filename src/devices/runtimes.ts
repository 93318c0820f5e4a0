/** The libraries that run networks, with their versions. */
export const RUNTIMES = {
  cpu: "onnxruntime-node 1.30.0",
  nativeGpu: "onnxruntime-node 1.30.0 (WebGPU)",
  webGpu: "onnxruntime-web 1.30.0 (WebGPU)",
  wasm: "onnxruntime-web 1.30.0 (WebAssembly)",
} as const;
