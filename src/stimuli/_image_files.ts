import type { ImageFile } from "./_hash_images.ts";
import { openOrigin } from "./open_origin.ts";
import { toRgb } from "./raster.ts";
import type { Stimulus } from "./stimulus.ts";

/** A stimulus that is decoded from its file whenever it is wanted. */
export function fileStimulus(
  { id, condition, category, path, name = path, sha256 }: ImageFile & { readonly sha256: string },
): Stimulus {
  const origin = { path, name, sha256 };
  return { id, condition, category, origin, pixels: async () => toRgb(await openOrigin(origin)) };
}
