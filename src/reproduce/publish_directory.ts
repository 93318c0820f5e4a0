import { readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { LARGEST_RESULTS } from "../results/mod.ts";
import { abandonedIn, ownName, readWholeText, unfinishedName } from "../store/mod.ts";

/** Where a directory goes. */
export interface PublishOptions {
  /** The folder that holds the runs; on the same file system. */
  readonly parent: string;
  /** The name it should have. */
  readonly name: string;
  /** Whether the text of an earlier results.json equals the new one. */
  readonly same: (resultsJson: string) => boolean;
}

/** What the name of a directory that was moved aside begins with; its own name and that of the process follow. */
const REPLACED = ".replaced-";

/** What stands where the directory should go. */
type Occupant = "nothing" | "an equal run" | "something else";

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? "";
}

async function list(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    if (codeOf(error) === "ENOTDIR") return [folder];
    throw error;
  }
}

/** The text of a results.json; null where there is none, or none that a run may have written. */
async function read(path: string): Promise<string | null> {
  try {
    return await readWholeText(path, LARGEST_RESULTS);
  } catch (error) {
    // A file that is too large has no code.
    if (["", "ENOENT", "ENOTDIR", "EISDIR", "ENOTFILE"].includes(codeOf(error))) return null;
    throw error;
  }
}

/** What tells one directory of a name from the next; null where there is none. A rename changes it. */
async function identityOf(path: string): Promise<string | null> {
  try {
    const { ino, ctimeNs } = await stat(path, { bigint: true });
    return `${ino} ${ctimeNs}`;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** Looks again where another run replaced the directory meanwhile, so that the answer is about one directory. */
async function occupantOf(target: string, files: ReadonlySet<string>, same: PublishOptions["same"]): Promise<Occupant> {
  while (true) {
    const before = await identityOf(target);
    if (before === null) return "nothing";
    const occupant = await examine(target, files, same);
    if (await identityOf(target) === before) return occupant;
  }
}

/** An equal run has the same results and no file that the new one lacks, so that replacing it loses nothing. */
async function examine(target: string, files: ReadonlySet<string>, same: PublishOptions["same"]): Promise<Occupant> {
  const found = await list(target);
  if (found === null) return "nothing";
  if (!found.every((file) => files.has(file))) return "something else";
  const results = await read(join(target, "results.json"));
  return results !== null && same(results) ? "an equal run" : "something else";
}

/** Renames, or says that the place is taken. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR"].includes(codeOf(error))) return false;
    // Windows refuses to rename onto a folder with the same code as for a lack of permission.
    if (["EPERM", "EACCES"].includes(codeOf(error)) && process.platform === "win32" && await list(to) !== null) {
      return false;
    }
    throw error;
  }
}

/** Renames, or says that there is nothing left to rename. */
async function moveAside(target: string, aside: string): Promise<boolean> {
  try {
    await rename(target, aside);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/**
 * Moves a finished directory to `<parent>/<name>`.
 *
 * An equal run that is already there is moved aside, replaced and then deleted, so that the place holds the old or the
 * new one even where this fails. Anything else stays, and the new one gets the first free name `<name>-2`, `<name>-3`, …
 * Runs that publish at the same time collide in a rename; whoever loses looks again.
 *
 * @returns The final path.
 * @throws {Error} where the folder cannot be written; the finished directory is then still where it was.
 */
export async function publishDirectory(staging: string, { parent, name, same }: PublishOptions): Promise<string> {
  const files = new Set(await list(staging));
  let attempt = 1;
  while (true) {
    const target = join(parent, attempt === 1 ? name : `${name}-${attempt}`);
    const occupant = await occupantOf(target, files, same);
    if (occupant === "something else") {
      attempt++;
      continue;
    }
    if (occupant === "nothing") {
      if (await move(staging, target)) return target;
      continue;
    }
    const aside = join(parent, `${REPLACED}${name}-${ownName()}`);
    if (!await moveAside(target, aside)) continue;
    // Another run may have taken the place since it was looked at.
    if (await occupantOf(aside, files, same) !== "an equal run") {
      await putBack(aside, { parent, name });
      continue;
    }
    try {
      if (!await move(staging, target)) {
        // An equal run or another took the place meanwhile; what was moved aside equals this one.
        await removeReplaced(aside);
        continue;
      }
    } catch (error) {
      await putBack(aside, { parent, name });
      throw error;
    }
    await removeReplaced(aside);
    return target;
  }
}

/** Under another name first: what is called replaced is always whole. */
async function removeReplaced(aside: string): Promise<void> {
  const leaving = join(dirname(aside), unfinishedName());
  await rename(aside, leaving);
  await rm(leaving, { recursive: true });
}

/**
 * Puts back the directories that processes moved aside before they were killed; one whose name is taken was replaced, and is
 * removed.
 *
 * @param parent The folder that holds the runs.
 */
export async function restoreReplaced(parent: string): Promise<void> {
  for (const entry of await abandonedIn(parent, REPLACED)) {
    const aside = join(parent, entry), name = entry.slice(REPLACED.length).replace(/(-[^-]+){3}$/, "");
    if (!await move(aside, join(parent, name))) await removeReplaced(aside);
  }
}

/** Gives a directory that was moved aside the first free name again. */
async function putBack(aside: string, { parent, name }: Omit<PublishOptions, "same">): Promise<void> {
  for (let attempt = 1;; attempt++) {
    const target = join(parent, attempt === 1 ? name : `${name}-${attempt}`);
    if (await list(target) === null && await move(aside, target)) return;
  }
}
