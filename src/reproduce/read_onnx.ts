import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { type ByteSource, fileSource } from "../weights/mod.ts";
import { type OnnxFile, readModel } from "./read_model.ts";

/** Bytes that are hashed at once. */
const CHUNK = 2 ** 22;

/**
 * Reads an ONNX file and, where its weights lie in other files of its folder, those with it, as {@linkcode readModel} does.
 *
 * @throws {Error} where a file is missing, is no model, or weights lie outside the file's own folder: by an absolute path, by
 *   `..` or by a link.
 */
export async function readOnnx(path: string): Promise<OnnxFile> {
  const file = await fileSource(path);
  try {
    return await readModel({ file, openBeside: (data) => openBeside(path, data), hash: hashSources });
  } finally {
    await file.close();
  }
}

async function hashSources(sources: readonly ByteSource[]): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (let at = 0; at < source.size; at += CHUNK) {
      hash.update(await source.read(at, Math.min(CHUNK, source.size - at)));
    }
  }
  return hash.digest("hex");
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
