import type { Planes, Preprocessing, Resizing } from "./preprocess.ts";

/** The images of a set as networks want them, by their place in the set. */
export interface NetworkImages {
  /**
   * One image, ready for a network.
   *
   * @returns `[3, crop, crop]`.
   * @throws {RequestError} where the image cannot be read or decoded, naming it.
   */
  load(index: number, recipe: Preprocessing): Promise<Float32Array>;
  /** One image, resized and cropped. */
  planes(index: number, recipe: Resizing): Promise<Planes>;
  /** A small picture of an image, as a JPEG data URI. */
  thumbnail(index: number): Promise<string>;
  /** Lets go of everything. Safe to call twice. */
  close(): Promise<void>;
}
