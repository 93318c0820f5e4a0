import pLimit from "p-limit";
import { hashBytes } from "../lock/mod.ts";
import { imageFormat } from "./_formats.ts";
import { readJpegHeader } from "./_jpeg_header.ts";
import { unreadImage } from "./decode.ts";

const READERS = 8;

/** An image file and its place in a set. */
export interface ImageFile {
  /** Its path inside the set, with `/` on every platform. */
  readonly id: string;
  /** The condition it is pooled into. */
  readonly condition: string;
  /** The finer category; equals the condition where there is none. */
  readonly category: string;
  /** By which it is read. */
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
 * @param read Reads a file by its path.
 * @returns One for each file, in their order.
 * @throws {RequestError} where a file cannot be read.
 */
export async function hashImages(
  files: readonly ImageFile[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<ImageBytes[]> {
  const limit = pLimit(READERS);
  return await Promise.all(files.map((file) =>
    limit(async () => {
      const bytes = await read(file.path);
      return {
        sha256: await hashBytes(bytes),
        unread: unreadImage(bytes, file.path),
        turned: imageFormat(bytes) === "JPEG" && readJpegHeader(bytes).orientation !== 1,
      };
    })
  ));
}
