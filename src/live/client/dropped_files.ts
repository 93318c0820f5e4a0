import type { DroppedFile } from "../../browser/mod.ts";

/** A folder as it was chosen or dropped. */
export interface DroppedFolder {
  readonly name: string;
  readonly files: readonly DroppedFile[];
}

/** The folder of a file input with `webkitdirectory`; null where nothing is chosen. */
export function chosenFolder(files: FileList | null): DroppedFolder | null {
  if (files === null || files.length === 0) return null;
  const all = [...files];
  const [name] = all[0].webkitRelativePath.split("/");
  return { name, files: all.map((file) => ({ parts: file.webkitRelativePath.split("/").slice(1), file })) };
}

/** The folder that was dropped; null where it was something else. */
export async function droppedFolder(data: DataTransfer): Promise<DroppedFolder | null> {
  const [entry] = [...data.items].map((item) => item.webkitGetAsEntry());
  if (!entry?.isDirectory) return null;
  const files: DroppedFile[] = [];
  await collect(entry as FileSystemDirectoryEntry, [], files);
  return { name: entry.name, files };
}

async function collect(
  folder: FileSystemDirectoryEntry,
  parts: readonly string[],
  into: DroppedFile[],
): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A reader gives some entries at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const entry of entries) {
      const own = [...parts, entry.name];
      if (entry.isDirectory) await collect(entry as FileSystemDirectoryEntry, own, into);
      else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        into.push({ parts: own, file });
      }
    }
  }
}
