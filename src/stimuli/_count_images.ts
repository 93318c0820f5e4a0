import { RequestError } from "../errors.ts";
import { groupBy } from "../statistics/mod.ts";
import { hashImages, type ImageFile } from "./_hash_images.ts";
import { MOST_NAMES } from "./_some_of.ts";
import type { DistinctImages, HashedImage } from "./distinct_images.ts";

/** What images of one category have in common. */
export function categoryKey({ condition, category }: ImageFile): string {
  return JSON.stringify([condition, category]);
}

/** An image that cannot be decoded, and why. */
interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

/** The images of a set that count. */
export interface CountedImages {
  readonly images: readonly (ImageFile & HashedImage)[];
  /** Ids of images with a rotation in their EXIF. */
  readonly turned: readonly string[];
}

/**
 * Hashes files until each category has as many images as are wanted; copies of an image do not count towards them.
 *
 * @throws {RequestError} where files are no images that can be decoded; the sentence names them.
 */
export async function countOnce(
  files: readonly ImageFile[],
  { distinct, read, limit = Infinity }: {
    readonly distinct: DistinctImages;
    /** Reads a file by its path. */
    readonly read: (path: string) => Promise<Uint8Array>;
    readonly limit?: number;
  },
): Promise<CountedImages> {
  const images: (ImageFile & HashedImage)[] = [];
  const unread: UnreadFile[] = [];
  const turned: string[] = [];
  for (const own of groupBy(files, categoryKey).values()) {
    let wanted = limit;
    for (let at = 0; at < own.length && wanted > 0;) {
      const batch = own.slice(at, at + wanted);
      at += batch.length;
      const found = await hashImages(batch, read);
      batch.forEach((file, index) => {
        const { sha256, unread: reason, turned: rotated } = found[index];
        if (reason !== null) unread.push({ path: file.path, reason });
        const image = { ...file, sha256 };
        if (!distinct.add(image)) return;
        wanted--;
        images.push(image);
        if (rotated) turned.push(file.id);
      });
    }
  }
  refuseUnread(unread);
  return { images, turned };
}

function refuseUnread(unread: readonly UnreadFile[]): void {
  if (unread.length === 0) return;
  if (unread.length === 1) throw new RequestError(`Cannot decode "${unread[0].path}": ${unread[0].reason}`);
  const named = unread.slice(0, MOST_NAMES).map(({ path, reason }) => `"${path}": ${reason}`);
  const more = unread.length > MOST_NAMES ? `; and ${unread.length - MOST_NAMES} more` : "";
  throw new RequestError(`Cannot decode ${unread.length} images: ${named.join("; ")}${more}`);
}
