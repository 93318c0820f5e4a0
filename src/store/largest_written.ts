/** Bytes of a JSON file that people write: a study, a recipe of images, the conditions of a folder. */
export const LARGEST_WRITTEN = 2 ** 20;
