import type { ImageFile } from "./_hash_images.ts";
import type { Stimulus } from "./stimulus.ts";

/** What stands in a folder. */
export interface DirectoryEntry {
  /** Its name in the folder. */
  readonly name: string;
  /** A link that leads nowhere is broken; one to a folder that holds it leads back. */
  readonly kind: "file" | "folder" | "broken link" | "link back";
}

/** A folder of images, on a disk or dropped on a page. */
export interface ImageDirectory {
  /** Its own name. */
  readonly name: string;
  /** What errors call it. */
  readonly place: string;
  /**
   * What stands in it, or in a folder below it.
   *
   * @param parts Names of the folders that lead there.
   * @throws {Error} where it cannot be read.
   */
  list(parts: readonly string[]): Promise<readonly DirectoryEntry[]>;
  /** The path of something in it, by which {@linkcode ImageDirectory.read} finds it. */
  pathOf(parts: readonly string[]): string;
  /**
   * Reads a file.
   *
   * @throws {RequestError} where it cannot be read, or is larger than an image may be.
   */
  read(path: string): Promise<Uint8Array>;
  /**
   * Reads a text that a person wrote.
   *
   * @throws {Error} where it cannot be read, or is too long.
   */
  readText(path: string): Promise<string>;
  /** An image that is decoded from its file whenever it is wanted. */
  stimulus(file: ImageFile & { readonly sha256: string }): Stimulus;
}
