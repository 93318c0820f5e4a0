import { SNIFFED, weightsFormat } from "../store/mod.ts";
import { type ByteSource, fileSource } from "./byte_source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { openLegacyPyTorch } from "./open_legacy_pytorch.ts";
import { openSafetensors } from "./open_safetensors.ts";
import { openPyTorch } from "./open_pytorch.ts";

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

/**
 * The same for any source of bytes, which the checkpoint then owns.
 *
 * @throws {Error} as {@linkcode openCheckpoint}.
 */
export async function openSource(source: ByteSource): Promise<Checkpoint> {
  const head = await source.read(0, Math.min(SNIFFED, source.size));
  const found = weightsFormat(head, source.size);
  if ("format" in found) {
    if (found.format === "zip") return await openPyTorch(source);
    if (found.format === "pickle") return await openLegacyPyTorch(source);
    if (found.format === "safetensors") return await openSafetensors(source);
  }
  throw new Error(
    `Cannot read "${source.name}": it is ${
      "found" in found ? found.found : "an ONNX file"
    }; expected safetensors, or what torch.save or torch.jit.save write`,
  );
}
