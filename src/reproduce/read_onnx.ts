import { createHash, type Hash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Digest } from "../lock/mod.ts";
import { embedExternalData } from "../onnx/mod.ts";
import { SNIFFED, weightsFormat } from "../store/mod.ts";
import { type ByteSource, fileSource } from "../weights/mod.ts";

/** An ONNX file that has been read, with its hash. */
export interface OnnxFile extends Digest {
  /** The model with all its weights. */
  readonly model: Uint8Array;
}

/** Bytes that are hashed at once. */
const CHUNK = 2 ** 22;

/**
 * Reads an ONNX file and, where its weights lie in other files of its folder, those with it: what is returned holds them all.
 *
 * Size and hash are of the bytes of the file followed by those of each other file, in the order of their names.
 *
 * @throws {Error} where a file is missing, is no model, or weights lie outside the file's own folder: by an absolute path, by
 *   `..` or by a link.
 */
export async function readOnnx(path: string): Promise<OnnxFile> {
  const file = await fileSource(path);
  const others = new Map<string, ByteSource>();
  const taken = new Map<string, number>();
  try {
    const bytes = await file.read(0, file.size);
    const hash = createHash("sha256").update(bytes);
    const model = await embedExternalData(bytes, async ({ tensor, location, offset, length }) => {
      const other = others.get(location) ?? await openBeside(path, { tensor, location });
      others.set(location, other);
      const bytes = (taken.get(location) ?? 0) + length;
      if (bytes > other.size && offset + length <= other.size) {
        throw new Error(
          `Cannot read tensor "${tensor}" of "${path}": with those before it, it takes ${bytes} bytes of "${location}", ` +
            `which has ${other.size}; expected a part of its own for each tensor`,
        );
      }
      taken.set(location, bytes);
      return await other.read(offset, length);
    }).catch((error) => {
      throw otherFormat(path, bytes, error) ?? error;
    });
    const inOrder = [...others.keys()].sort().map((location) => others.get(location)!);
    for (const other of inOrder) await addToHash(hash, other);
    const size = inOrder.reduce((sum, other) => sum + other.size, file.size);
    return { model, bytes: size, sha256: hash.digest("hex") };
  } finally {
    for (const source of [file, ...others.values()]) await source.close();
  }
}

/** What a file is that cannot be read as a model and begins as another kind of file; null where it does not. */
function otherFormat(path: string, bytes: Uint8Array, cause: Error): Error | null {
  if (!cause.message.startsWith("Cannot read the ONNX model: ")) return null;
  const begun = weightsFormat(bytes.subarray(0, SNIFFED), bytes.length);
  if ("format" in begun && begun.format === "onnx") return null;
  const found = "found" in begun ? begun.found : `a ${begun.format} file`;
  return new Error(`Cannot read "${path}": it is ${found}; expected an ONNX model`, { cause });
}

async function addToHash(hash: Hash, source: ByteSource): Promise<void> {
  for (let at = 0; at < source.size; at += CHUNK) {
    hash.update(await source.read(at, Math.min(CHUNK, source.size - at)));
  }
}

/** A file that a model names, only where it lies in the model's own folder. */
async function openBeside(
  path: string,
  { tensor, location }: { readonly tensor: string; readonly location: string },
): Promise<ByteSource> {
  const fail = (found: string): Error =>
    new Error(
      `Cannot read tensor "${tensor}" of "${path}": its data lie in "${location}", ${found}; expected a file in the same folder`,
    );
  if (isAbsolute(location) || /^[a-z]:|\\/i.test(location)) throw fail("which is no path within a folder");
  if (location.split("/").includes("..")) throw fail("which leads out of the file's folder");
  const folder = await realpath(dirname(path));
  let found: string;
  try {
    found = await realpath(join(folder, location));
  } catch (error) {
    const { code } = error as { code?: string };
    throw fail(code === "ENOENT" ? "and there is no such file" : `which cannot be opened (${code})`);
  }
  const way = relative(folder, found);
  if (isAbsolute(way) || way.split(sep)[0] === "..") throw fail("which is a link to a place outside the file's folder");
  return await fileSource(found);
}
