import { createHash } from "node:crypto";
import pLimit from "p-limit";
import { imageFormat } from "./_formats.ts";
import { readJpegHeader } from "./_jpeg_header.ts";
import { unreadImage } from "./decode.ts";
import { openOrigin, readImage } from "./open_origin.ts";
import { toRgb } from "./raster.ts";
import type { Stimulus } from "./stimulus.ts";

const READERS = 8;

/** An image file and its place in a set. */
export interface ImageFile {
  readonly id: string;
  readonly condition: string;
  readonly category: string;
  readonly path: string;
  /** What to call it in errors. @default its path */
  readonly name?: string;
}

/** What the bytes of a file are. */
export interface ImageBytes {
  /** In hexadecimal. */
  readonly sha256: string;
  /** Why it cannot be decoded, as far as its first bytes tell. */
  readonly unread: string | null;
  /** Whether a viewer turns or mirrors it by its EXIF; here it stays as it is stored. */
  readonly turned: boolean;
}

/**
 * Hashes each file's bytes and looks at how they begin.
 *
 * @returns One for each file, in their order.
 * @throws {RequestError} where a file cannot be read.
 */
export async function hashImageFiles(files: readonly ImageFile[]): Promise<ImageBytes[]> {
  const limit = pLimit(READERS);
  return await Promise.all(files.map((file) =>
    limit(async () => {
      const bytes = await readImage(file.path);
      return {
        sha256: createHash("sha256").update(bytes).digest("hex"),
        unread: unreadImage(bytes, file.path),
        turned: imageFormat(bytes) === "JPEG" && readJpegHeader(bytes).orientation !== 1,
      };
    })
  ));
}

/** A stimulus that is decoded from its file whenever it is wanted. */
export function fileStimulus(
  { id, condition, category, path, name = path, sha256 }: ImageFile & { readonly sha256: string },
): Stimulus {
  const origin = { path, name, sha256 };
  return { id, condition, category, origin, pixels: async () => toRgb(await openOrigin(origin)) };
}
