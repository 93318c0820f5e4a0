/** How a file of weights begins. */
export type WeightsFormat = "zip" | "pickle" | "safetensors" | "onnx";

/** Bytes of a file's beginning that {@linkcode weightsFormat} looks at: a tar archive's mark is at 257. */
export const SNIFFED = 512;

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/**
 * The format of a file of weights by its first bytes, whatever its name.
 *
 * @param head The first 512 bytes, or all of them.
 * @param size Bytes of the file.
 * @returns The format, or in words what the file is instead.
 */
export function weightsFormat(head: Uint8Array, size: number): { format: WeightsFormat } | { found: string } {
  if (size === 0) return { found: "empty" };
  if (startsWith(head, [0x50, 0x4b])) return { format: "zip" };
  const text = new TextDecoder("latin1").decode(head);
  if (size >= 10 && text[8] === "{") return { format: "safetensors" };
  if (head[0] === 0x80 && head[1] <= 5) return { format: "pickle" };
  if (text.slice(257, 262) === "ustar" || /^(\.\/)?(sys_info|storages|tensors|pickle)\0/.test(text)) {
    const advice = "torch.load and torch.save with a newer one convert it";
    return { found: `a tar archive, as PyTorch wrote before version 0.2 (${advice})` };
  }
  if (startsWith(head, [0x1f, 0x8b])) return { found: "compressed with gzip" };
  if (startsWith(head, [0x89, 0x48, 0x44, 0x46])) return { found: "HDF5" };
  if (/^(\xef\xbb\xbf)?\s*</.test(text)) return { found: "a web page or XML" };
  if (text.startsWith("version https://git-lfs")) return { found: "a Git LFS pointer, not the file it points to" };
  // The first field of a model is its version of the format, a small number.
  if (head[0] === 0x08 && head[1] < 0x20) return { format: "onnx" };
  const first = [...head.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return { found: `of an unknown format (first bytes ${first})` };
}
