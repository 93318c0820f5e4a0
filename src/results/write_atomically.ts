import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { noteUnfinished } from "../store/mod.ts";

/** Writes a file beside its place and renames it, so that whoever looks sees the old file or the whole new one. */
export async function writeAtomically(path: string, data: string | Uint8Array): Promise<void> {
  const made = await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  const finish = noteUnfinished({ path: resolve(temporary), made: made === undefined ? null : resolve(made) });
  try {
    await writeFile(temporary, data);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    finish();
  }
}
