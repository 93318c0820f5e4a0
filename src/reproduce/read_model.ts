import type { Digest } from "../lock/mod.ts";
import { embedExternalData } from "../onnx/mod.ts";
import { SNIFFED, weightsFormat } from "../store/browser.ts";
import type { ByteSource } from "../weights/browser.ts";

/** An ONNX file that has been read, with its hash. */
export interface OnnxFile extends Digest {
  /** The model with all its weights. */
  readonly model: Uint8Array;
}

/** How {@linkcode readModel} gets at files. */
export interface ModelFiles {
  /** The file of the graph; it stays the caller's to close. */
  readonly file: ByteSource;
  /**
   * Opens another file that the graph names.
   *
   * @param data The file, as the graph names it, and a tensor whose data lie in it.
   * @throws {Error} where it cannot be had.
   */
  readonly openBeside: (data: { readonly tensor: string; readonly location: string }) => Promise<ByteSource>;
  /** SHA-256 of the bytes of files, one after the other, in hexadecimal. */
  readonly hash: (files: readonly ByteSource[]) => Promise<string>;
}

/**
 * Reads a model and, where its weights lie in other files, those with it: what is returned holds them all.
 *
 * Size and hash are of the bytes of the file followed by those of each other file, in the order of their names.
 *
 * @throws {Error} where the file is no model, another cannot be had, or tensors take more of one than it has.
 */
export async function readModel({ file, openBeside, hash }: ModelFiles): Promise<OnnxFile> {
  const others = new Map<string, ByteSource>();
  const taken = new Map<string, number>();
  try {
    const bytes = await file.read(0, file.size);
    const model = await embedExternalData(bytes, async ({ tensor, location, offset, length }) => {
      const other = others.get(location) ?? await openBeside({ tensor, location });
      others.set(location, other);
      const end = (taken.get(location) ?? 0) + length;
      if (end > other.size && offset + length <= other.size) {
        throw new Error(
          `Cannot read tensor "${tensor}" of "${file.name}": with those before it, it takes ${end} bytes of "${location}", ` +
            `which has ${other.size}; expected a part of its own for each tensor`,
        );
      }
      taken.set(location, end);
      return await other.read(offset, length);
    }).catch((error) => {
      throw otherFormat(file.name, bytes, error) ?? error;
    });
    const files = [file, ...[...others.keys()].sort().map((location) => others.get(location)!)];
    const size = files.reduce((sum, each) => sum + each.size, 0);
    return { model, bytes: size, sha256: await hash(files) };
  } finally {
    for (const source of others.values()) await source.close();
  }
}

/** What a file is that cannot be read as a model and begins as another kind of file; null where it does not. */
function otherFormat(name: string, bytes: Uint8Array, cause: Error): Error | null {
  if (!cause.message.startsWith("Cannot read the ONNX model: ")) return null;
  const begun = weightsFormat(bytes.subarray(0, SNIFFED), bytes.length);
  if ("format" in begun && begun.format === "onnx") return null;
  const found = "found" in begun ? begun.found : `a ${begun.format} file`;
  return new Error(`Cannot read "${name}": it is ${found}; expected an ONNX model`, { cause });
}
