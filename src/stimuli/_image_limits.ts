/** How large an image is, as its header says. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels that an image may have: 67 million, those of a photo of 8192 × 8192. Decoding takes six bytes a pixel. */
export const MOST_PIXELS = 2 ** 26;

/** Bytes that the file of an image may have. */
export const LARGEST_IMAGE_FILE: number = 2 ** 28 + 2 ** 20;

/** Why an image of this size is not decoded, as the second half of a sentence; null where it is. */
export function tooManyPixels({ width, height }: ImageSize): string | null {
  if (width * height <= MOST_PIXELS) return null;
  return `it has ${width}×${height} pixels; expected at most ${MOST_PIXELS}, for instance 8192×8192`;
}
