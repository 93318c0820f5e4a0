import { basename, join, resolve } from "node:path";
import { RequestError } from "../errors.ts";
import type { FileSetEntry } from "../lock/mod.ts";
import { groupBy } from "../statistics/mod.ts";
import { LARGEST_WRITTEN, readWholeText } from "../store/mod.ts";
import { checkConditions, checkLimit, describeFew, refuseSet, smallConditions } from "./_check_set.ts";
import { categoryKey, countOnce } from "./_count_images.ts";
import { describeTurned, describeUnused } from "./_folder_notices.ts";
import { fileStimulus, type ImageFile } from "./_image_files.ts";
import { listFolder } from "./_list_folder.ts";
import { describePins, recognise } from "./_recognise.ts";
import { arrange, type Arrangement, describePools } from "./arrange.ts";
import { type ConditionsRequest, describeRoles } from "./condition_roles.ts";
import { CONDITIONS_FILE, type ConditionsFile, parseConditionsFile } from "./conditions_file.ts";
import { DistinctImages } from "./distinct_images.ts";
import { setHash } from "./set_hash.ts";
import type { StimulusSet } from "./stimulus.ts";

/** Options of {@linkcode folderSet}. */
export interface FolderSetOptions extends ConditionsRequest {
  /** At most this many images of each category, the first by name that are no copies. @default all */
  readonly limit?: number;
  /** Published sets that the folder may be a copy of, whole or in part. @default none */
  readonly known?: readonly FileSetEntry[];
}

/** A folder of images whose request was checked and whose files have not been opened. */
export interface PlannedFolderSet {
  /** How its folders become conditions, and what these are for. */
  readonly arrangement: Arrangement;
  /** What a user has to know before the images are prepared, a sentence each. */
  readonly notices: readonly string[];
  /** Hashes the files. */
  open(): Promise<StimulusSet>;
}

/**
 * A set from a folder that holds a folder of images per condition, with a folder per category inside it where there are
 * categories. JPEG, PNG, WebP, BMP, GIF and TIFF are read, none of them turned by its EXIF.
 *
 * What the conditions are for, and which folders are pooled into one, is said by the options, else by `conditions.json` in the
 * folder, else chosen by a rule: fLoc's folder names are pooled into its domains, any other folder is a condition by itself, and
 * faces, bodies, places and words are targets. `roles` tells what came of it.
 *
 * Files are hashed now and decoded when wanted. A file that is a copy of another in its condition, byte for byte, does not count;
 * `duplicates` names it. Where the folder is a copy of a known set, it bears that set's name and says how many files agree.
 *
 * @param dir Path of the folder.
 * @throws {RequestError} where the folder is missing, a file or empty, images stand at a wrong level, a name that was said does
 *   not exist, there are fewer than two conditions or fewer than four images in one of them, one image stands in two conditions,
 *   or an image cannot be read (then or when it is decoded).
 */
export async function folderSet(dir: string, options: FolderSetOptions = {}): Promise<StimulusSet> {
  return await (await planFolderSet(dir, options)).open();
}

/**
 * Checks a request for {@linkcode folderSet} by the names of the files alone, which takes no time.
 *
 * @throws {RequestError} as `folderSet` does, but for what only the content of files can tell.
 */
export async function planFolderSet(dir: string, options: FolderSetOptions = {}): Promise<PlannedFolderSet> {
  checkLimit(options.limit);
  const where = `"${dir}"`;
  const listing = await listFolder(dir);
  const file = listing.described ? await readConditionsFile(dir) : null;
  if (listing.images.length === 0) {
    refuseSet(where, listing.problems);
    throw new RequestError(
      `Cannot read stimuli from ${where}: no folder in it holds images; expected one folder per condition`,
    );
  }
  const arrangement = arrange(listing.images, options, file);
  const kept = new Set(arrangement.conditions);
  const files = listing.images.flatMap((image): ImageFile[] => {
    const placed = arrangement.place(image);
    return kept.has(placed.condition) ? [{ ...image, ...placed }] : [];
  });
  const most = [...groupBy(files, categoryKey).values()].flatMap((own) => own.slice(0, options.limit));
  refuseSet(where, [...listing.problems, ...arrangement.problems, ...smallConditions(most)]);
  const notices = [...describeUnused(listing), describePools(arrangement), describeFew(most)].filter((one) =>
    one !== null
  );
  notices.push(describeRoles(arrangement.roles));
  return { arrangement, notices, open: () => open(dir, { files, file, arrangement, notices, options }) };
}

interface Planned {
  readonly files: readonly ImageFile[];
  readonly file: ConditionsFile | null;
  readonly arrangement: Arrangement;
  readonly notices: readonly string[];
  readonly options: FolderSetOptions;
}

async function open(dir: string, { files, file, arrangement, notices, options }: Planned): Promise<StimulusSet> {
  const distinct = new DistinctImages();
  const { images, turned } = await countOnce(files, { distinct, limit: options.limit });
  const duplicates = distinct.duplicates(`"${dir}"`);
  const stimuli = images.map(fileStimulus);
  const conditions = checkConditions(stimuli, `"${dir}"`, duplicates);
  const name = basename(resolve(dir));
  const own = {
    name,
    title: file?.title ?? `Images in "${name}"`,
    conditions,
    stimuli,
    hash: setHash(images),
    redistributable: false,
    roles: arrangement.roles,
    notices: [...notices, ...describeTurned(turned)],
    ...(duplicates.length > 0 ? { duplicates } : {}),
  };
  const said = { citation: file?.citation ?? null, licence: file?.licence ?? null };
  const copy = recognise(images, options.known ?? []);
  if (copy === null) return { ...own, ...said, source: `folder "${name}"` };
  const { entry, pins } = copy;
  const whole = pins.agree === images.length;
  return {
    ...own,
    name: whole ? entry.id : name,
    title: whole && file?.title === undefined
      ? `${entry.title}, ${images.length} of ${entry.images} images`
      : own.title,
    source: `folder "${name}", compared with ${entry.source}: ${describePins(pins, images.length)}`,
    citation: said.citation ?? entry.citation,
    licence: said.licence ?? entry.licence,
    pins,
  };
}

async function readConditionsFile(dir: string): Promise<ConditionsFile> {
  const path = join(dir, CONDITIONS_FILE);
  let content: string;
  try {
    content = await readWholeText(path, LARGEST_WRITTEN);
  } catch (error) {
    throw new RequestError(`Cannot read "${path}": ${(error as Error).message}`, { cause: error });
  }
  return parseConditionsFile(content, `"${path}"`);
}
