import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
const TABLE = new RegExp(`^(?:selected\\.json|units/${NAME}/${NAME}\\.parquet|moments/${NAME}\\.safetensors)$`);
/** The name of a run's page. */
export const PAGE = "index.html";
/** The name of its table of measures. */
export const MEASURES = "measures.csv";
/** The name of the list of the units that it selects. */
export const SELECTED = "selected.json";
/** The name of the picture that stands for it. */
export const HERO = "hero.jpg";

/** The files of a run beside its results and page. */
export interface RunFiles {
  /** Tables and moments that are published, relative to the run's folder, with forward slashes. */
  readonly tables: string[];
  /** Files that are no part of a run. */
  readonly foreign: string[];
  /** Whether it has a page. */
  readonly page: boolean;
  /** Whether it has a picture. */
  readonly picture: boolean;
}

/**
 * Lists the files of a run.
 *
 * @throws {Error} Where any of them is a link, which could lead out of the folder.
 */
export async function runFiles(folder: string): Promise<RunFiles> {
  const tables: string[] = [];
  const foreign: string[] = [];
  let page = false, picture = false;
  const walk = async (path: string): Promise<void> => {
    const entries = await readdir(join(folder, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
      const file = `${path}${entry.name}`;
      if (entry.isSymbolicLink()) throw new Error(`${JSON.stringify(file)} in it is a link; expected a file`);
      if (entry.isDirectory()) await walk(`${file}/`);
      else if (file === PAGE) page = true;
      else if (file === HERO) picture = true;
      // What is a function of the results is written anew.
      else if (file === "results.json" || file === MEASURES) continue;
      else if (entry.isFile() && TABLE.test(file)) tables.push(file);
      else foreign.push(file);
    }
  };
  await walk("");
  return { tables, foreign, page, picture };
}

/** Copies files from one folder to another, with the modes of new files. */
export async function copyFiles(files: readonly string[], from: string, to: string): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await writeFile(join(to, file), await readFile(join(from, file)));
  }
}

/** @throws {Error} Where something is there that is no folder of its own, such as a link to one elsewhere. */
export async function checkFolder(path: string): Promise<void> {
  const found = await lstat(path).catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found === null || found.isDirectory()) return;
  throw new Error(
    `Cannot publish into "${path}": it is a ${found.isSymbolicLink() ? "link" : "file"}; expected a folder`,
  );
}
