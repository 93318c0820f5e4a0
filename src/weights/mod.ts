export { type ByteSource, fileSource, memorySource } from "./byte_source.ts";
export type { Checkpoint, TensorInfo } from "./checkpoint.ts";
export { hashTensors } from "./hash_tensors.ts";
export { memoryCheckpoint, type NamedTensor } from "./memory_checkpoint.ts";
export { openCheckpoint, openSource } from "./open_checkpoint.ts";
export { openSafetensors } from "./open_safetensors.ts";
export { openPyTorch } from "./open_pytorch.ts";
export { findPrefix, scopeTo, underPrefix } from "./scope_to.ts";
export { writeSafetensors } from "./write_safetensors.ts";
