import { HashMismatchError } from "../../src/errors.ts";
import { type EncoderEntry, type ModelEntry, pinnedFiles, verifyDigest } from "../../src/lock/mod.ts";
import { hashFile, pinOf, type Store } from "../../src/store/mod.ts";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Selection } from "./select.ts";

/** How one pinned thing stands on this machine. */
export interface Finding {
  readonly id: string;
  readonly state: "intact" | "absent" | "differs";
  /** The rest of the line. */
  readonly detail: string;
}

/** Reads every selected file through without fetching anything. */
export async function* check(
  selection: Selection,
  { store, root }: { store: Store; root: string },
): AsyncGenerator<Finding> {
  for (const entry of selection.models) yield await checkModel(entry, store, root);
  for (const entry of selection.encoders) yield* checkEncoder(entry, store);
  for (const entry of selection.sets) {
    let intact = 0;
    const differ: string[] = [];
    for (const { id, sha256 } of pinnedFiles(entry)) {
      try {
        if (await store.find(`${entry.id}/${id}`, sha256) !== null) intact++;
      } catch (error) {
        if (!(error instanceof HashMismatchError)) throw error;
        differ.push(id);
      }
    }
    const state = differ.length > 0 ? "differs" : intact === entry.images ? "intact" : "absent";
    const detail = `${intact} of ${entry.images} files`;
    yield {
      id: entry.id,
      state,
      detail: differ.length > 0 ? `${detail}; not as pinned: ${differ.join(", ")}` : detail,
    };
  }
}

async function checkModel(entry: ModelEntry, store: Store, root: string): Promise<Finding> {
  const { id, source, status } = entry;
  try {
    let pin = pinOf(entry);
    let path: string;
    if ("path" in source) {
      path = join(root, source.path);
    } else {
      const recorded = "url" in source && pin.sha256 === undefined ? await store.recorded(source.url) : null;
      pin = { ...pin, ...(recorded ?? {}) };
      if (pin.sha256 === undefined) return { id, state: "absent", detail: status };
      path = store.pathOf(pin.sha256);
    }
    if (!await exists(path)) return { id, state: "absent", detail: status };
    const found = await hashFile(path);
    verifyDigest(id, { pin, found });
    return { id, state: "intact", detail: `${status} ${found.sha256}` };
  } catch (error) {
    if (!(error instanceof HashMismatchError)) throw error;
    return { id, state: "differs", detail: error.message };
  }
}

async function* checkEncoder({ id, files, status }: EncoderEntry, store: Store): AsyncGenerator<Finding> {
  for (const [name, pin] of Object.entries(files)) {
    const file = `${id}/${name}`;
    try {
      const found = await store.find(file, pin.sha256);
      yield found === null
        ? { id: file, state: "absent", detail: status }
        : { id: file, state: "intact", detail: `${status} ${found.sha256}` };
    } catch (error) {
      if (!(error instanceof HashMismatchError)) throw error;
      yield { id: file, state: "differs", detail: error.message };
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
