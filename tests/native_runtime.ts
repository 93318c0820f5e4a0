/** ONNX Runtime's native build for the tests that run a graph by themselves, loaded as the library loads it. */
import type * as Ort from "onnxruntime-node";
import { loadNativeRuntime } from "../src/devices/_native_runtime.ts";

const runtime = await loadNativeRuntime();

/** See the runtime's own documentation. */
export const InferenceSession: typeof Ort.InferenceSession = runtime.InferenceSession;
/** See the runtime's own documentation. */
export const Tensor: typeof Ort.Tensor = runtime.Tensor;
/** See the runtime's own documentation. */
export type Tensor = Ort.Tensor;
