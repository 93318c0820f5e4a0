import { type FolderSetOptions, planDirectorySet, type PlannedFolderSet } from "./directory_set.ts";
import { fileDirectory } from "./file_directory.ts";
import type { StimulusSet } from "./stimulus.ts";

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
  return await planDirectorySet(fileDirectory(dir), options);
}
