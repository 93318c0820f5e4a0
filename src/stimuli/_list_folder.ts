import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "../errors.ts";
import { isImageName } from "./_formats.ts";
import { someOf } from "./_some_of.ts";
import { compareText } from "./_text_order.ts";
import type { FolderPlace } from "./arrange.ts";
import { CONDITIONS_FILE } from "./conditions_file.ts";

/** A file that is an image by its name, and where it stands. */
export interface ListedImage extends FolderPlace {
  /** Its path inside the set, with `/` on every platform. */
  readonly id: string;
  readonly path: string;
}

/** What the folder of a set holds. */
export interface FolderListing {
  readonly images: readonly ListedImage[];
  /** Files that are not used, as paths inside the set. */
  readonly ignored: readonly string[];
  /** Folders without images. */
  readonly empty: readonly string[];
  /** What keeps the folder from being used, each as part of a sentence. */
  readonly problems: readonly string[];
  /** Whether `conditions.json` stands in it. */
  readonly described: boolean;
}

const ENCODED_TWICE = "with accents encoded in two ways";

/** How far below a category images that are out of place are looked for. */
const DEEPEST = 6;

interface Entries {
  readonly images: string[];
  readonly folders: string[];
  readonly others: string[];
}

/**
 * Lists `DIR/condition/image` and `DIR/condition/category/image`. No file is opened. The order is that of the names, the same on
 * every platform. Links are followed, but for links to a folder that holds them.
 *
 * @throws {RequestError} where the folder itself cannot be read.
 */
export async function listFolder(dir: string): Promise<FolderListing> {
  return await new Lister(dir).list();
}

class Lister {
  readonly #dir: string;
  readonly #images: ListedImage[] = [];
  readonly #ignored: string[] = [];
  readonly #empty: string[] = [];
  readonly #problems: string[] = [];
  readonly #deep: string[] = [];

  constructor(dir: string) {
    this.#dir = dir;
  }

  async list(): Promise<FolderListing> {
    const root = await this.#read([]).catch((error) => {
      throw unreadable(this.#dir, error);
    });
    if (root.images.length > 0) {
      this.#problems.push(
        `${count(root.images)} in the folder itself; expected each image in the folder of its condition`,
      );
    }
    this.#ignored.push(...root.others.filter((name) => name !== CONDITIONS_FILE));
    const equal = root.folders.filter((name, at) =>
      root.folders.findIndex((other) => other.normalize() === name.normalize()) !== at
    );
    for (const name of equal) this.#problems.push(`two folders are called "${name.normalize()}", ${ENCODED_TWICE}`);
    for (const condition of root.folders) await this.#listCondition(condition);
    if (this.#deep.length > 0) {
      this.#problems.push(
        `images stand too deep, in ${someOf(this.#deep)}; expected condition/image or condition/category/image`,
      );
    }
    this.#refuseEqualNames();
    return {
      images: this.#images,
      ignored: this.#ignored,
      empty: this.#empty,
      problems: this.#problems,
      described: root.others.includes(CONDITIONS_FILE),
    };
  }

  async #listCondition(condition: string): Promise<void> {
    const inside = await this.#readInside([condition]);
    const before = this.#images.length;
    this.#add(inside.images, condition, null);
    const categories: string[] = [];
    for (const category of inside.folders) {
      const { images, folders, others } = await this.#readInside([condition, category]);
      this.#ignored.push(...others.map((name) => `${condition}/${category}/${name}`));
      this.#add(images, condition, category);
      if (images.length > 0) categories.push(category);
      let deeper = false;
      for (const folder of folders) deeper = await this.#findDeep([condition, category, folder]) || deeper;
      if (images.length === 0 && !deeper) this.#empty.push(`${condition}/${category}`);
    }
    this.#ignored.push(...inside.others.map((name) => `${condition}/${name}`));
    if (inside.images.length > 0 && categories.length > 0) {
      this.#problems.push(
        `${count(inside.images)} in "${condition}" itself, which also has folders of images (${someOf(categories)}); ` +
          `expected either`,
      );
    }
    if (this.#images.length === before && inside.folders.length === 0) this.#empty.push(condition);
  }

  #add(names: readonly string[], folder: string, subfolder: string | null): void {
    for (const name of names) {
      const parts = subfolder === null ? [folder, name] : [folder, subfolder, name];
      this.#images.push({
        id: parts.join("/").normalize(),
        folder: folder.normalize(),
        subfolder: subfolder?.normalize() ?? null,
        path: join(this.#dir, ...parts),
      });
    }
  }

  /** Whether a folder below the categories holds images, which is told. */
  async #findDeep(parts: readonly string[]): Promise<boolean> {
    const { images, folders } = await this.#readInside(parts);
    if (images.length > 0) {
      this.#deep.push(parts.join("/"));
      return true;
    }
    if (parts.length >= DEEPEST) return false;
    for (const folder of folders) if (await this.#findDeep([...parts, folder])) return true;
    return false;
  }

  async #readInside(parts: readonly string[]): Promise<Entries> {
    try {
      return await this.#read(parts);
    } catch (error) {
      this.#problems.push(`the folder "${parts.join("/")}" cannot be read (${(error as Error).message})`);
      return { images: [], folders: [], others: [] };
    }
  }

  async #read(parts: readonly string[]): Promise<Entries> {
    const path = join(this.#dir, ...parts);
    const entries = await readdir(path, { withFileTypes: true });
    entries.sort((a, b) => compareText(a.name.normalize(), b.name.normalize()));
    const found: Entries = { images: [], folders: [], others: [] };
    for (const entry of entries) {
      const { name } = entry;
      const own = [...parts, name].join("/");
      let folder = entry.isDirectory();
      if (entry.isSymbolicLink()) {
        try {
          folder = (await stat(join(path, name))).isDirectory();
          if (folder && await this.#leadsBack(path, name)) {
            this.#ignored.push(`${own} (a link to a folder that holds it)`);
            continue;
          }
        } catch {
          this.#problems.push(`"${own}" is a link that leads nowhere`);
          continue;
        }
      }
      const hidden = name.startsWith(".") || name === "__MACOSX";
      if (folder) {
        if (hidden) this.#ignored.push(`${own}/`);
        else found.folders.push(name);
      } else if (!hidden && isImageName(name)) found.images.push(name);
      else found.others.push(name);
    }
    return found;
  }

  async #leadsBack(path: string, name: string): Promise<boolean> {
    const [here, there] = await Promise.all([realpath(path), realpath(join(path, name))]);
    return `${here}/`.replaceAll("\\", "/").startsWith(`${there}/`.replaceAll("\\", "/"));
  }

  /** Names that differ only in how their accents are encoded are one name elsewhere. */
  #refuseEqualNames(): void {
    const seen = new Set<string>();
    for (const { id } of this.#images) {
      if (seen.has(id)) this.#problems.push(`two files are called "${id}", ${ENCODED_TWICE}`);
      seen.add(id);
    }
  }
}

function count(names: readonly string[]): string {
  return names.length === 1 ? `an image stands (${names[0]})` : `${names.length} images stand (${someOf(names)})`;
}

function unreadable(path: string, error: unknown): RequestError {
  const { code, message } = error as NodeJS.ErrnoException;
  const found = code === "ENOENT" ? "there is no such folder" : code === "ENOTDIR" ? "it is a file" : message;
  return new RequestError(
    `Cannot read stimuli from "${path}": ${found}; expected a folder that holds a folder of images per condition`,
    { cause: error },
  );
}
