import type { Checkpoint } from "./checkpoint.ts";
import { fileSource } from "./file_source.ts";
import { openSource } from "./open_source.ts";

/**
 * Opens a file of weights, in whatever format its first bytes say: safetensors, PyTorch's zip or what PyTorch wrote
 * before it (`.pth`, `.pt`, `.bin`), or a TorchScript archive. Only the structure is read; tensors are read when asked for. Close the checkpoint when done.
 *
 * @throws {Error} where the file is missing, cut short, or of a format that is not read; the message says which.
 *
 * @example
 * ```ts
 * import { openCheckpoint } from "./mod.ts";
 *
 * async function firstKernels(path: string): Promise<Float32Array> {
 *   const checkpoint = await openCheckpoint(path);
 *   try {
 *     return await checkpoint.read("conv1.weight");
 *   } finally {
 *     await checkpoint.close();
 *   }
 * }
 * ```
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const source = await fileSource(path);
  try {
    return await openSource(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}
