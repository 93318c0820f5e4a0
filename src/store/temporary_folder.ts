import { lstat, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownName } from "./owner.ts";
import { abandonedIn, noteUnfinished } from "./unfinished.ts";

const PREFIX = "fusiform-";

/** A folder for files that nobody needs after this process. */
export interface TemporaryFolder {
  /** Where it is. Only its user can look into it. */
  readonly path: string;
  /** Removes it with everything in it. Safe to call twice. */
  remove(): Promise<void>;
}

/**
 * Makes a folder whose name says which process uses it, and removes those of processes that were killed.
 *
 * @param purpose What it is for, as a part of its name.
 * @param parent The folder that it is in. @default the system's folder for temporary files
 */
export async function temporaryFolder(purpose: string, parent: string = tmpdir()): Promise<TemporaryFolder> {
  await mkdir(parent, { recursive: true });
  const path = join(parent, `${PREFIX}${purpose}-${ownName()}`);
  await mkdir(path, { mode: 0o700 });
  const finish = noteUnfinished({ path, made: null });
  await removeAbandonedTemporaries({ own: path, parent });
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      finish();
    },
  };
}

/**
 * Removes temporary folders whose process was killed. Those of other users stay.
 *
 * @param options.own A file or folder of this user, which shows whose process this is.
 * @param options.parent The folder that they are in. @default the system's folder for temporary files
 */
export async function removeAbandonedTemporaries(
  { own, parent = tmpdir() }: { readonly own: string; readonly parent?: string },
): Promise<void> {
  const { uid } = await lstat(own);
  for (const name of await abandonedIn(parent, PREFIX)) {
    const path = join(parent, name);
    const found = await lstat(path).catch(() => null);
    // Another process may have removed it meanwhile.
    if (found === null || found.uid !== uid) continue;
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}
