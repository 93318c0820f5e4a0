import encode from "@jsquash/jpeg/encode.js";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadProcedural, type Pixels, proceduralSample } from "../src/stimuli/mod.ts";

/** Side of a picture, as fLoc's are. */
export const SIDE = 1024;
const CONDITIONS = ["faces", "bodies", "places", "words", "objects"];

/** Shifted and with seeded noise, so that no two files are alike and none is easier to decode than a photograph. */
function distinct({ width, height, data }: Pixels, seed: number): Pixels {
  const out = new Uint8Array(data.length);
  let state = seed + 1;
  for (let i = 0; i < data.length; i += 3) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const from = (i + 3 * 7919 * seed) % data.length;
    const noise = (state >>> 28) - 8;
    for (let k = 0; k < 3; k++) out[i + k] = Math.max(0, Math.min(255, data[from + k] + noise));
  }
  return { width, height, data: out };
}

/** As a camera or Pillow writes a grey picture: quality 75, and no search for the smallest file. */
async function encodeGrey({ width, height, data }: Pixels): Promise<Uint8Array> {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) rgba.fill(data[3 * i + 1], 4 * i, 4 * i + 4);
  const image = { data: rgba, width, height, colorSpace: "srgb" } as unknown as ImageData;
  const options = { quality: 75, color_space: 1, progressive: false, trellis_multipass: false };
  return new Uint8Array(await encode(image, options));
}

/** The drawing that all pictures are made from. */
export async function drawing(): Promise<Pixels> {
  await loadProcedural();
  return proceduralSample({ seed: 1, split: "validation", index: 3, size: SIDE }).pixels;
}

/** The grey JPEG of that drawing with a number; the same number gives the same bytes. */
export async function greyJpeg(drawn: Pixels, number: number): Promise<Uint8Array> {
  return await encodeGrey(distinct(drawn, number));
}

/**
 * A folder of distinct grey JPEGs of 1024 × 1024, a folder a condition. They are made once and kept under `.cache/bench`.
 *
 * @returns Its path.
 */
export async function pictureFolder(count: number): Promise<string> {
  const root = new URL("../.cache/bench/", import.meta.url).pathname;
  const folder = join(root, `pictures-${count}`);
  if (await readdir(folder).then(() => true, () => false)) return folder;
  console.error(`drawing ${count} pictures`);
  const unfinished = `${folder}.part`;
  await rm(unfinished, { recursive: true, force: true });
  for (const condition of CONDITIONS) await mkdir(join(unfinished, condition), { recursive: true });
  const drawn = await drawing();
  for (let number = 0; number < count; number++) {
    const name = `${String(number).padStart(5, "0")}.jpg`;
    await writeFile(join(unfinished, CONDITIONS[number % CONDITIONS.length], name), await greyJpeg(drawn, number));
  }
  await rename(unfinished, folder);
  return folder;
}
