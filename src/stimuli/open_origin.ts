import { createHash } from "node:crypto";
import { RequestError } from "../errors.ts";
import { readWholeFile } from "../store/mod.ts";
import { LARGEST_IMAGE_FILE } from "./_image_limits.ts";
import { decodeRaster } from "./decode.ts";
import { scrambleRaster } from "./_scramble_raster.ts";
import type { Raster } from "./raster.ts";
import type { ImageOrigin } from "./stimulus.ts";

/**
 * Makes an image from what is told of it.
 *
 * @throws {RequestError} where its file cannot be read or decoded, or is no longer the one that was hashed.
 */
export async function openOrigin(origin: ImageOrigin): Promise<Raster> {
  if ("scrambled" in origin) return scrambleRaster(await openOrigin(origin.scrambled), origin.seed);
  const { path, name, sha256 } = origin;
  const bytes = await readImage(path);
  // What is made of it is kept under this hash.
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new RequestError(`Cannot use "${name}": its content has changed; expected sha256 ${sha256}, got ${found}`);
  }
  try {
    return await decodeRaster(bytes, `"${name}"`);
  } catch (error) {
    throw new RequestError((error as Error).message, { cause: error });
  }
}

/**
 * Reads the file of an image.
 *
 * @throws {RequestError} where it is no file (a pipe, a device), too large or cannot be read.
 */
export async function readImage(path: string): Promise<Uint8Array> {
  try {
    return await readWholeFile(path, LARGEST_IMAGE_FILE);
  } catch (error) {
    throw new RequestError(`Cannot read "${path}": ${(error as Error).message}; expected an image`, { cause: error });
  }
}
