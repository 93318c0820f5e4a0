import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PublishedRun } from "../../src/report/mod.ts";
import { anyRan, checksumNotice, readResults, type Results } from "../../src/results/mod.ts";
import { type RunFiles, runFiles } from "./run_files.ts";

/** Something that is not published. */
export interface LeftOut {
  /** Relative to the folder of runs. */
  readonly path: string;
  /** Why, in words that follow a colon. */
  readonly reason: string;
}

/** A run and the files that it left. */
export interface FoundRun extends PublishedRun, RunFiles {}

/** What a folder of runs holds. */
export interface FoundRuns {
  readonly runs: FoundRun[];
  readonly leftOut: LeftOut[];
}

/** The folder of a study that holds its newest run once more. */
export const LATEST = "latest";
/** The folder of the site that holds its guides. */
export const DOCS = "docs";
/** The folder of the site that holds the page that runs networks in the browser. */
export const LIVE = "live";
const FOLDERS = [DOCS, LIVE];

/** Names become folders and addresses, so they are letters, digits and what neither of these gives a meaning. */
const STUDY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Reads the runs of a folder. A run's study and id must be the names of its folders (the id may have a number after it, as runs
 * of one id have); what is damaged, misnamed or a link is left out with the reason.
 *
 * @param root A folder with `<study>/<id>/results.json`; one that is not there holds no run.
 */
export async function findRuns(root: string): Promise<FoundRuns> {
  const runs: FoundRun[] = [];
  const leftOut: LeftOut[] = [];
  const folders = async (path: string, pattern: RegExp): Promise<string[]> => {
    const names: string[] = [];
    for (const entry of await entriesOf(join(root, path))) {
      if (entry.name.startsWith(".") || entry.isFile()) continue;
      const reason = wrongFolder(entry, pattern);
      if (reason === null) names.push(entry.name);
      else leftOut.push({ path: `${path}${entry.name}/`, reason });
    }
    return names.sort();
  };
  for (const study of await folders("", STUDY)) {
    for (const id of await folders(`${study}/`, ID)) {
      if (id === LATEST) continue;
      const path = `${study}/${id}/`;
      try {
        // Guides and the live page have folders of files, which are no runs.
        if (
          FOLDERS.includes(study) && !(await entriesOf(join(root, path))).some(({ name }) => name === "results.json")
        ) {
          continue;
        }
        if (FOLDERS.includes(study)) throw new Error(`its study has the name of a folder of the site, "${study}"`);
        const files = await runFiles(join(root, path));
        runs.push({ path, ...files, results: await readRun(join(root, path), { study, id }) });
      } catch (error) {
        leftOut.push({ path, reason: (error as Error).message });
      }
    }
  }
  return { runs, leftOut };
}

async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}

function wrongFolder(entry: Dirent, pattern: RegExp): string | null {
  if (entry.isSymbolicLink()) return "it is a link; expected a folder";
  if (!entry.isDirectory()) return "it is no folder";
  return pattern.test(entry.name) ? null : "its name cannot be published; expected letters, digits, - and _";
}

async function readRun(folder: string, { study, id }: { study: string; id: string }): Promise<Results> {
  const results = await readResults(join(folder, "results.json"));
  if (results.study !== study) {
    throw new Error(`its results name the study ${quote(results.study)}; expected "${study}"`);
  }
  if (
    results.id !== id &&
    !(id.startsWith(`${results.id}-`) && /^[2-9]$|^[1-9]\d+$/.test(id.slice(results.id.length + 1)))
  ) {
    throw new Error(`its results name the run ${quote(results.id)}; expected "${id}"`);
  }
  const notice = checksumNotice(results);
  if (notice !== null) throw new Error(notice);
  if (!anyRan(results)) throw new Error("none of its networks was run");
  return results;
}

/** A name from a file, on one line and not too long for a message. */
function quote(name: string): string {
  const text = JSON.stringify(name);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
