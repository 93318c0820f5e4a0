import { type ByteSource, fileSource } from "./byte_source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { openLegacyPyTorch } from "./open_legacy_pytorch.ts";
import { openSafetensors } from "./open_safetensors.ts";
import { openPyTorch } from "./open_pytorch.ts";

/** Enough to tell a tar archive, whose mark is at 257. */
const SNIFFED = 512;

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
  const format = sniff(head, source.size);
  if (format === "zip") return await openPyTorch(source);
  if (format === "pickle") return await openLegacyPyTorch(source);
  if (format === "safetensors") return await openSafetensors(source);
  throw new Error(
    `Cannot read "${source.name}": it is ${format}; expected safetensors, or what torch.save or torch.jit.save write`,
  );
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** The format, or in words what the file is instead. */
function sniff(head: Uint8Array, size: number): string {
  if (size === 0) return "empty";
  if (startsWith(head, [0x50, 0x4b])) return "zip";
  const text = new TextDecoder("latin1").decode(head);
  if (size >= 10 && text[8] === "{") return "safetensors";
  if (head[0] === 0x80 && head[1] <= 5) return "pickle";
  if (text.slice(257, 262) === "ustar" || /^(\.\/)?(sys_info|storages|tensors|pickle)\0/.test(text)) {
    return "a tar archive, as PyTorch wrote before version 0.2 (torch.load and torch.save with a newer one convert it)";
  }
  if (startsWith(head, [0x1f, 0x8b])) return "compressed with gzip";
  if (startsWith(head, [0x89, 0x48, 0x44, 0x46])) return "HDF5";
  if (/^\s*</.test(text)) return "a web page or XML";
  if (text.startsWith("version https://git-lfs")) return "a Git LFS pointer, not the file it points to";
  return `of an unknown format (first bytes ${
    [...head.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")
  })`;
}
