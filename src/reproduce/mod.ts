export { type OnnxFile, readOnnx } from "./read_onnx.ts";
export { reproduce } from "./reproduce.ts";
export type { ReproduceOptions, Reproduction, UserNetwork } from "./options.ts";
export type { OnProgress, Progress } from "./progress.ts";
