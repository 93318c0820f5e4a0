import { RequestError } from "../errors.ts";
import { someOf } from "./_some_of.ts";

/** An image and the files that are copies of it, byte for byte. */
export interface Duplicates {
  /** Id of the image that counts. */
  readonly image: string;
  /** Ids of the files that do not. */
  readonly copies: readonly string[];
}

/** A file of a set. */
export interface HashedImage {
  readonly id: string;
  readonly condition: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Finds the copies among the files of a set. Statistics take images as independent, so that an image stored four times would
 * count as four that agree; the first file counts, and its copies do not, whatever category of the condition they stand in.
 *
 * The same image in two conditions is refused: it would be evidence for and against one contrast, and which of its two labels is
 * meant is not for the analysis to choose.
 */
export class DistinctImages {
  readonly #first: Map<string, HashedImage> = new Map();
  readonly #copies: Map<string, string[]> = new Map();
  readonly #conflicts: string[] = [];

  /** @returns Whether the image counts: whether no image before it has its bytes. */
  add(image: HashedImage): boolean {
    const first = this.#first.get(image.sha256);
    if (first === undefined) {
      this.#first.set(image.sha256, image);
      return true;
    }
    if (first.condition !== image.condition) {
      this.#conflicts.push(`"${first.id}" and "${image.id}"`);
    } else {
      this.#copies.set(first.id, [...this.#copies.get(first.id) ?? [], image.id]);
    }
    return false;
  }

  /**
   * The images that have copies, in the order in which they were added.
   *
   * @param where What to call the set in errors.
   * @throws {RequestError} where an image stands in two conditions; the message names the files.
   */
  duplicates(where: string): Duplicates[] {
    const conflicts = this.#conflicts;
    if (conflicts.length > 0) {
      const files = conflicts.length === 1 ? "are the same file" : "are pairs of the same file";
      throw new RequestError(
        `Cannot use the stimuli in ${where}: ${someOf(conflicts)} ${files} in two conditions; ` +
          `expected each image in one`,
      );
    }
    return [...this.#copies].map(([image, copies]) => ({ image, copies }));
  }
}
