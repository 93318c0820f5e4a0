import { RequestError } from "../errors.ts";
import type { FileSetEntry } from "../lock/mod.ts";
import { groupBy } from "../statistics/mod.ts";
import { checkConditions, checkLimit, describeFew, refuseSet, smallConditions } from "./_check_set.ts";
import { categoryKey, countOnce } from "./_count_images.ts";
import { describeTurned, describeUnused } from "./_folder_notices.ts";
import type { ImageFile } from "./_hash_images.ts";
import { listFolder } from "./_list_folder.ts";
import { describePins, recognise } from "./_recognise.ts";
import { arrange, type Arrangement, describePools } from "./arrange.ts";
import { type ConditionsRequest, describeRoles } from "./condition_roles.ts";
import { CONDITIONS_FILE, type ConditionsFile, parseConditionsFile } from "./conditions_file.ts";
import { DistinctImages } from "./distinct_images.ts";
import type { ImageDirectory } from "./image_directory.ts";
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
 * Checks a request for a set from a folder, on a disk or dropped on a page, by the names of the files alone, which takes no time.
 *
 * @throws {RequestError} as `folderSet` does, but for what only the content of files can tell.
 */
export async function planDirectorySet(
  directory: ImageDirectory,
  options: FolderSetOptions = {},
): Promise<PlannedFolderSet> {
  checkLimit(options.limit);
  const where = `"${directory.place}"`;
  const listing = await listFolder(directory);
  const file = listing.described ? await readConditionsFile(directory) : null;
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
  return { arrangement, notices, open: () => open(directory, { files, file, arrangement, notices, options }) };
}

interface Planned {
  readonly files: readonly ImageFile[];
  readonly file: ConditionsFile | null;
  readonly arrangement: Arrangement;
  readonly notices: readonly string[];
  readonly options: FolderSetOptions;
}

async function open(
  directory: ImageDirectory,
  { files, file, arrangement, notices, options }: Planned,
): Promise<StimulusSet> {
  const distinct = new DistinctImages();
  const { images, turned } = await countOnce(files, {
    distinct,
    read: (path) => directory.read(path),
    limit: options.limit,
  });
  const where = `"${directory.place}"`;
  const duplicates = distinct.duplicates(where);
  const stimuli = images.map((image) => directory.stimulus(image));
  const conditions = checkConditions(stimuli, where, duplicates);
  const { name } = directory;
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

async function readConditionsFile(directory: ImageDirectory): Promise<ConditionsFile> {
  const path = directory.pathOf([CONDITIONS_FILE]);
  let content: string;
  try {
    content = await directory.readText(path);
  } catch (error) {
    throw new RequestError(`Cannot read "${path}": ${(error as Error).message}`, { cause: error });
  }
  return parseConditionsFile(content, `"${path}"`);
}
