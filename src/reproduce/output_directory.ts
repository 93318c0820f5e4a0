import { chmod, mkdir, mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { noteUnfinished, removeUnfinished } from "../store/mod.ts";
import { publishDirectory } from "./publish_directory.ts";

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
    const made = await mkdir(parent, { recursive: true });
    try {
      return { path: await mkdtemp(join(parent, ".unfinished-")), made: made === undefined ? null : resolve(made) };
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOENT" || attempt === TRIES) throw error;
    }
  }
}

/** Opens a staging directory beside the place where the run will stand. */
export async function openOutputDirectory(out: string, suite: string): Promise<OutputDirectory> {
  const parent = join(out, suite);
  const { path: staging, made } = await openStaging(parent);
  const unfinished = { path: resolve(staging), made };
  const finish = noteUnfinished(unfinished);
  // A temporary directory is made for its owner alone; a report is for everybody whom the umask lets read.
  await chmod(staging, 0o777 & ~process.umask());
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
