import { RequestError } from "../errors.ts";
import { decodeImage, type DirectoryEntry, type ImageDirectory, LARGEST_IMAGE_FILE } from "../stimuli/browser.ts";
import { LARGEST_WRITTEN } from "../store/browser.ts";

/** A file of a folder, and the folders that lead to it from there. */
export interface DroppedFile {
  /** Names of folders, then the file's own, from the dropped folder on. */
  readonly parts: readonly string[];
  /** Its content. */
  readonly file: File;
}

/** A folder of images that was chosen or dropped on a page. */
export function droppedDirectory(name: string, files: readonly DroppedFile[]): ImageDirectory {
  const byPath = new Map(files.map(({ parts, file }) => [parts.join("/"), file]));
  const fileOf = (path: string): File => {
    const file = byPath.get(path);
    if (file === undefined) throw new RequestError(`Cannot read "${path}": the folder has no such file`);
    return file;
  };
  const read = async (path: string): Promise<Uint8Array> => {
    const file = fileOf(path);
    if (file.size > LARGEST_IMAGE_FILE) {
      throw new RequestError(
        `Cannot read "${path}": it has ${file.size} bytes; expected an image of ${LARGEST_IMAGE_FILE} at most`,
      );
    }
    return await bytesOf(file, path);
  };
  return {
    name,
    place: name,
    list: (parts) => Promise.resolve(entriesIn(files, parts)),
    pathOf: (parts) => parts.join("/"),
    read,
    async readText(path) {
      const file = fileOf(path);
      if (file.size > LARGEST_WRITTEN) {
        throw new Error(`it has ${file.size} bytes; expected ${LARGEST_WRITTEN} at most`);
      }
      return new TextDecoder("utf-8", { fatal: true }).decode(await bytesOf(file, path));
    },
    stimulus: ({ id, condition, category, path }) => ({
      id,
      condition,
      category,
      async pixels() {
        try {
          return await decodeImage(await read(path), `"${path}"`);
        } catch (error) {
          throw error instanceof RequestError ? error : new RequestError((error as Error).message, { cause: error });
        }
      },
    }),
  };
}

async function bytesOf(file: File, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new RequestError(`Cannot read "${path}": ${(error as Error).message}; expected a file that has not changed`, {
      cause: error,
    });
  }
}

function entriesIn(files: readonly DroppedFile[], parts: readonly string[]): DirectoryEntry[] {
  const found = new Map<string, DirectoryEntry>();
  for (const { parts: own } of files) {
    if (own.length <= parts.length || parts.some((part, at) => own[at] !== part)) continue;
    const name = own[parts.length];
    found.set(name, { name, kind: own.length === parts.length + 1 ? "file" : "folder" });
  }
  return [...found.values()];
}
