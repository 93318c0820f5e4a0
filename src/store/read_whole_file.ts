import { readFile, stat } from "node:fs/promises";

/**
 * Makes sure that a path is a file, or a link to one, before it is opened: opening a pipe waits for a writer, and a device may
 * never end.
 *
 * @returns Its size in bytes.
 * @throws {Error} where there is none (with `code` ENOENT), it is a folder (EISDIR) or something else (ENOTFILE), or it is too large;
 *   the message is what was found, as part of a sentence.
 */
export async function checkRegularFile(path: string, most = Infinity): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? coded("there is no such file", error.code) : error;
  });
  if (found.isDirectory()) throw coded("it is a folder", "EISDIR");
  if (!found.isFile()) throw coded("it is a pipe or a device", "ENOTFILE");
  if (found.size > most) throw new Error(`it has ${found.size} bytes; expected at most ${most}`);
  return found.size;
}

/**
 * Reads a file into memory, where it is one and not too large.
 *
 * @param most Bytes that it may have.
 * @throws {Error} as {@linkcode checkRegularFile}, or where it cannot be read.
 */
export async function readWholeFile(path: string, most: number): Promise<Uint8Array> {
  await checkRegularFile(path, most);
  return await readFile(path);
}

/** The same for text in UTF-8. */
export async function readWholeText(path: string, most: number): Promise<string> {
  await checkRegularFile(path, most);
  return await readFile(path, "utf8");
}

function coded(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
