import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createHash } from "node:crypto";
import pLimit from "p-limit";
import { RequestError } from "../errors.ts";
import { compareText } from "./_text_order.ts";
import { decodeImage } from "./decode.ts";
import { conditionOf } from "./domains.ts";
import type { Stimulus } from "./stimulus.ts";

const READERS = 8;
const IMAGE = /\.(jpe?g|png)$/i;
/** Images that are not read; leaving them out in silence would change the set. */
const OTHER_IMAGE = /\.(gif|bmp|tiff?|webp|avif|heic|jp2|pgm|ppm)$/i;

/** An image file and its place in a set. */
export interface ImageFile {
  readonly id: string;
  readonly category: string;
  readonly path: string;
  /** What to call it in errors. @default its path */
  readonly name?: string;
}

/**
 * Lists the images in the folders of a folder, sorted by folder and name.
 *
 * @throws {RequestError} where the folder cannot be read or holds images in a format that is not read.
 */
export async function listImageFiles(dir: string): Promise<ImageFile[]> {
  const files: ImageFile[] = [];
  for (const category of await foldersIn(dir)) {
    const names = await namesIn(join(dir, category));
    const other = names.find((name) => OTHER_IMAGE.test(name));
    if (other !== undefined) {
      throw new RequestError(
        `Cannot use "${join(dir, category, other)}": expected JPEG or PNG images only; convert it`,
      );
    }
    for (const name of names.filter((name) => IMAGE.test(name))) {
      files.push({ id: `${category}/${name}`.normalize(), category, path: join(dir, category, name) });
    }
  }
  return files;
}

async function foldersIn(dir: string): Promise<string[]> {
  const names = await namesIn(dir);
  const kinds = await Promise.all(names.map(async (name) => {
    try {
      return (await stat(join(dir, name))).isDirectory();
    } catch (error) {
      throw unreadable(join(dir, name), error);
    }
  }));
  return names.filter((_, index) => kinds[index]);
}

/** Without the hidden files that file managers leave. */
async function namesIn(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => !name.startsWith(".")).sort(compareText);
  } catch (error) {
    throw unreadable(dir, error);
  }
}

function unreadable(path: string, error: unknown): RequestError {
  const { code, message } = error as NodeJS.ErrnoException;
  const found = code === "ENOENT" ? "there is no such folder" : code === "ENOTDIR" ? "it is a file" : message;
  return new RequestError(
    `Cannot read stimuli from "${path}": ${found}; expected a folder that holds a folder of images per category`,
    { cause: error },
  );
}

/**
 * Hashes each file's bytes and looks at how they begin.
 *
 * @returns SHA-256 in hexadecimal, in the order of the files.
 * @throws {RequestError} where a file cannot be read or is no image.
 */
export async function hashImageFiles(files: readonly ImageFile[]): Promise<string[]> {
  const limit = pLimit(READERS);
  return await Promise.all(files.map((file) =>
    limit(async () => {
      const bytes = await readImage(file.path);
      if (!isImage(bytes)) await asRequest(decodeImage(bytes, `"${file.path}"`));
      return createHash("sha256").update(bytes).digest("hex");
    })
  ));
}

/** A stimulus that is decoded from its file whenever it is wanted. */
export function fileStimulus({ id, category, path, name = path }: ImageFile): Stimulus {
  return {
    id,
    condition: conditionOf(category),
    category,
    pixels: async () => await asRequest(decodeImage(await readImage(path), `"${name}"`)),
  };
}

async function readImage(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new RequestError(`Cannot read "${path}": ${(error as Error).message}; expected an image`, { cause: error });
  }
}

function isImage(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xd8) || (bytes[0] === 0x89 && bytes[1] === 0x50);
}

async function asRequest<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new RequestError((error as Error).message, { cause: error });
  }
}
