import { RequestError } from "../errors.ts";
import { isImageName } from "./_formats.ts";
import { someOf } from "./_some_of.ts";
import { compareText } from "./_text_order.ts";
import type { FolderPlace } from "./arrange.ts";
import { CONDITIONS_FILE } from "./conditions_file.ts";
import type { ImageDirectory } from "./image_directory.ts";

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
export async function listFolder(directory: ImageDirectory): Promise<FolderListing> {
  return await new Lister(directory).list();
}

class Lister {
  readonly #directory: ImageDirectory;
  readonly #images: ListedImage[] = [];
  readonly #ignored: string[] = [];
  readonly #empty: string[] = [];
  readonly #problems: string[] = [];
  readonly #deep: string[] = [];

  constructor(directory: ImageDirectory) {
    this.#directory = directory;
  }

  async list(): Promise<FolderListing> {
    const root = await this.#read([]).catch((error) => {
      throw unreadable(this.#directory.place, error);
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
        path: this.#directory.pathOf(parts),
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
    const entries = [...await this.#directory.list(parts)];
    entries.sort((a, b) => compareText(a.name.normalize(), b.name.normalize()));
    const found: Entries = { images: [], folders: [], others: [] };
    for (const { name, kind } of entries) {
      const own = [...parts, name].join("/");
      if (kind === "broken link") {
        this.#problems.push(`"${own}" is a link that leads nowhere`);
        continue;
      }
      if (kind === "link back") {
        this.#ignored.push(`${own} (a link to a folder that holds it)`);
        continue;
      }
      const hidden = name.startsWith(".") || name === "__MACOSX";
      if (kind === "folder") {
        if (hidden) this.#ignored.push(`${own}/`);
        else found.folders.push(name);
      } else if (!hidden && isImageName(name)) found.images.push(name);
      else found.others.push(name);
    }
    return found;
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
  const { code, message } = error as { code?: string; message: string };
  const found = code === "ENOENT" ? "there is no such folder" : code === "ENOTDIR" ? "it is a file" : message;
  return new RequestError(
    `Cannot read stimuli from "${path}": ${found}; expected a folder that holds a folder of images per condition`,
    { cause: error },
  );
}
