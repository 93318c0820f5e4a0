import { JPEG_ENCODER } from "./encode_jpeg.ts";
import { JPEG_DECODER } from "./_jpeg.ts";
import { FONT_FILES } from "./_procedural/fonts.ts";
import { WEBP_DECODER } from "./_webp.ts";

/** Every file of a package that drawing, decoding and encoding may ask for. */
export const ASSET_NAMES: readonly string[] = [...FONT_FILES, JPEG_DECODER, JPEG_ENCODER, WEBP_DECODER];
