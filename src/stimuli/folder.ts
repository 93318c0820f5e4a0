import { basename, resolve } from "node:path";
import { RequestError } from "../errors.ts";
import { type FileSetEntry, pinnedFiles } from "../lock/mod.ts";
import { checkConditions, checkLimit } from "./_check_set.ts";
import { fileStimulus, hashImageFiles, type ImageFile, listImageFiles } from "./_image_files.ts";
import { someOf } from "./_some_of.ts";
import { DistinctImages, type HashedImage } from "./distinct_images.ts";
import { setHash } from "./set_hash.ts";
import type { PinCheck, StimulusSet } from "./stimulus.ts";

/** Options of {@linkcode folderSet}. */
export interface FolderSetOptions {
  /** At most this many images of each category, the first by name that are no copies. @default all */
  readonly limit?: number;
  /** Published sets that the folder may be a copy of, whole or in part. @default none */
  readonly known?: readonly FileSetEntry[];
}

/**
 * A set from a folder that holds a folder of JPEG or PNG images per category.
 *
 * fLoc's folder names are pooled into its domains; any other folder is a condition by itself. Files are hashed now and decoded
 * when wanted. A file that is a copy of another in its condition, byte for byte, does not count; `duplicates` names it. Where
 * the folder is a copy of a known set, it bears that set's name and says how many files agree.
 *
 * @param dir Path of the folder.
 * @throws {RequestError} where the folder is missing, a file or empty, where there are fewer than two conditions or fewer than
 *   four images in one of them, where one image stands in two conditions, or where an image cannot be read (then or when it is
 *   decoded).
 */
export async function folderSet(dir: string, options: FolderSetOptions = {}): Promise<StimulusSet> {
  checkLimit(options.limit);
  const listed = await listImageFiles(dir);
  if (listed.length === 0) {
    throw new RequestError(
      `Cannot read stimuli from "${dir}": no folder in it holds JPEG or PNG images; expected one folder per category`,
    );
  }
  const distinct = new DistinctImages();
  const images = await countOnce(listed, { distinct, limit: options.limit });
  const duplicates = distinct.duplicates(`"${dir}"`);
  const stimuli = images.map(fileStimulus);
  const conditions = checkConditions(stimuli, `"${dir}"`, duplicates);
  const name = basename(resolve(dir));
  const own = {
    name,
    title: `Images in "${name}"`,
    conditions,
    stimuli,
    hash: setHash(images),
    redistributable: false,
    ...(duplicates.length > 0 ? { duplicates } : {}),
  };
  const copy = recognise(images, options.known ?? []);
  if (copy === null) return { ...own, source: `folder "${name}"`, citation: null, licence: null };
  const { entry, pins } = copy;
  const whole = pins.agree === images.length;
  return {
    ...own,
    name: whole ? entry.id : name,
    title: whole ? `${entry.title}, ${images.length} of ${entry.images} images` : own.title,
    source: `folder "${name}", compared with ${entry.source}: ${describe(pins, images.length)}`,
    citation: entry.citation,
    licence: entry.licence,
    pins,
  };
}

/** Hashes files until each category has as many images as are wanted; copies of an image do not count towards them. */
async function countOnce(
  files: readonly ImageFile[],
  { distinct, limit = Infinity }: { distinct: DistinctImages; limit?: number },
): Promise<(ImageFile & HashedImage)[]> {
  const counted: (ImageFile & HashedImage)[] = [];
  for (const own of Map.groupBy(files, ({ category }) => category).values()) {
    let wanted = limit;
    for (let at = 0; at < own.length && wanted > 0;) {
      const batch = own.slice(at, at + wanted);
      at += batch.length;
      const hashes = await hashImageFiles(batch);
      const images = batch.map((file, index) => ({ ...file, sha256: hashes[index] }));
      const found = images.filter((image) => distinct.add(image));
      wanted -= found.length;
      counted.push(...found);
    }
  }
  return counted;
}

/** The known set most of whose names the images bear, if any. */
function recognise(
  images: readonly { readonly id: string; readonly sha256: string }[],
  known: readonly FileSetEntry[],
): { entry: FileSetEntry; pins: PinCheck } | null {
  for (const entry of known) {
    const pinned = new Map(pinnedFiles(entry).map(({ id, sha256 }) => [id, sha256]));
    const named = images.filter(({ id }) => pinned.has(id));
    if (named.length * 2 <= images.length) continue;
    const differ = named.filter(({ id, sha256 }) => pinned.get(id) !== sha256).map(({ id }) => id);
    const unknown = images.filter(({ id }) => !pinned.has(id)).map(({ id }) => id);
    return { entry, pins: { set: entry.id, agree: named.length - differ.length, differ, unknown } };
  }
  return null;
}

function describe({ agree, differ, unknown }: PinCheck, images: number): string {
  const parts = [`${agree} of ${images} files agree with their pinned hashes`];
  if (differ.length > 0) parts.push(`${differ.length} differ (${someOf(differ)})`);
  if (unknown.length > 0) parts.push(`${unknown.length} are not part of it (${someOf(unknown)})`);
  return parts.join(", ");
}
