import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { LARGEST_WRITTEN, readWholeText } from "../store/mod.ts";
import { fileStimulus } from "./_image_files.ts";
import type { DirectoryEntry, ImageDirectory } from "./image_directory.ts";
import { readImage } from "./open_origin.ts";

/** A folder of images on a disk. Links are followed, but for links to a folder that holds them. */
export function fileDirectory(dir: string): ImageDirectory {
  return {
    name: basename(resolve(dir)),
    place: dir,
    async list(parts) {
      const path = join(dir, ...parts);
      const entries = await readdir(path, { withFileTypes: true });
      return await Promise.all(entries.map(async (entry) => ({ name: entry.name, kind: await kindOf(path, entry) })));
    },
    pathOf: (parts) => join(dir, ...parts),
    read: readImage,
    readText: (path) => readWholeText(path, LARGEST_WRITTEN),
    stimulus: fileStimulus,
  };
}

async function kindOf(path: string, entry: Dirent): Promise<DirectoryEntry["kind"]> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? "folder" : "file";
  try {
    if (!(await stat(join(path, entry.name))).isDirectory()) return "file";
    return await leadsBack(path, entry.name) ? "link back" : "folder";
  } catch {
    return "broken link";
  }
}

async function leadsBack(path: string, name: string): Promise<boolean> {
  const [here, there] = await Promise.all([realpath(path), realpath(join(path, name))]);
  return `${here}/`.replaceAll("\\", "/").startsWith(`${there}/`.replaceAll("\\", "/"));
}
