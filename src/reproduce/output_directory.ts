import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { RequestError } from "../errors.ts";
import {
  noteUnfinished,
  removeAbandoned,
  removeAbandonedTemporaries,
  removeUnfinished,
  unfinishedName,
} from "../store/mod.ts";
import { publishDirectory, restoreReplaced } from "./publish_directory.ts";

/** A directory that appears under its final name complete or not at all. */
export interface OutputDirectory {
  /** Where files are written until {@linkcode OutputDirectory.publish}. */
  readonly staging: string;
  /**
   * Moves the finished directory to `<out>/<suite>/<id>`, as `publishDirectory` does.
   *
   * @returns The final path.
   */
  publish(id: string, same: (resultsJson: string) => boolean): Promise<string>;
  /**
   * Removes what was written, and the folders above that were made for it and are empty. Safe to call after publishing.
   */
  discard(): Promise<void>;
}

/** Another run may remove an empty folder that it made before this one stands in it. */
const TRIES = 10;

async function openStaging(parent: string): Promise<{ path: string; made: string | null }> {
  for (let attempt = 1;; attempt++) {
    try {
      const made = await mkdir(parent, { recursive: true });
      const path = join(parent, unfinishedName());
      await mkdir(path);
      return { path, made: made === undefined ? null : resolve(made) };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === "ENOENT" && attempt < TRIES) continue;
      const denied = ["EACCES", "EPERM", "EROFS"].includes(code ?? "");
      const found = denied
        ? "it may not be written"
        : code === "EEXIST" || code === "ENOTDIR"
        ? "it is a file"
        : message;
      throw new RequestError(`Cannot write a report into "${parent}": ${found}; expected a folder`, { cause: error });
    }
  }
}

/**
 * Opens a staging directory beside the place where the run will stand, and puts away what runs that were killed left there
 * and among the temporary files.
 *
 * @throws {RequestError} where the folder cannot be made or written.
 */
export async function openOutputDirectory(out: string, suite: string): Promise<OutputDirectory> {
  const parent = join(out, suite);
  const { path: staging, made } = await openStaging(parent);
  const unfinished = { path: resolve(staging), made };
  const finish = noteUnfinished(unfinished);
  await removeAbandoned(parent);
  await restoreReplaced(parent);
  await removeAbandonedTemporaries({ own: staging });
  let open = true;
  return {
    staging,
    async publish(id, same) {
      const target = await publishDirectory(staging, { parent, name: id, same });
      open = false;
      finish();
      return target;
    },
    async discard() {
      if (!open) return;
      open = false;
      await removeUnfinished(unfinished);
      finish();
    },
  };
}
