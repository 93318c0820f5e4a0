import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Results } from "../src/results/mod.ts";
import { encodeJpeg, type Pixels, type StimulusSet } from "../src/stimuli/mod.ts";
import { drawing, SIDE } from "./_images.ts";

/** Side of a crop: some four times that of a picture in a report. */
const CROP = 256;

/** A square of a drawing, the same for the same number. */
function seededCrop({ data }: Pixels, number: number): Pixels {
  const top = (number * 7919) % (SIDE - CROP), left = (number * 104729) % (SIDE - CROP);
  const out = new Uint8Array(3 * CROP * CROP);
  for (let row = 0; row < CROP; row++) {
    const from = 3 * ((top + row) * SIDE + left);
    out.set(data.subarray(from, from + 3 * CROP), 3 * CROP * row);
  }
  return { width: CROP, height: CROP, data: out };
}

/** Distinct JPEGs in colour, seeded crops of a drawing, as a set of stimuli. They are made once and kept under `.cache/bench`. */
export async function photographs(count: number): Promise<Pick<StimulusSet, "name" | "stimuli" | "hash">> {
  const root = new URL("../.cache/bench/", import.meta.url).pathname;
  const folder = join(root, `photographs-${count}`);
  if (!await readdir(folder).then(() => true, () => false)) {
    const unfinished = `${folder}.part`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    const drawn = await drawing();
    for (let number = 0; number < count; number++) {
      await writeFile(join(unfinished, `${number}.jpg`), await encodeJpeg(seededCrop(drawn, number), 75));
    }
    await rename(unfinished, folder);
  }
  const stimuli = await Promise.all(Array.from({ length: count }, async (_, number) => {
    const path = join(folder, `${number}.jpg`);
    const sha256 = createHash("sha256").update(await Deno.readFile(path)).digest("hex");
    const pixels = () => Promise.reject(new Error(`Cannot read ${path}: it is read by its pool`));
    return { id: `${number}`, condition: "a", category: "a", origin: { path, name: path, sha256 }, pixels };
  }));
  return { name: "photographs", stimuli, hash: "2".repeat(64) };
}

/** The results of two networks of a run, whose channels are driven by these pictures, each of them somewhere. */
export function withPictures(results: Results, pictures: readonly string[]): Results {
  const two = structuredClone(results);
  two.networks = two.networks.filter(({ supervision }) => supervision !== "untrained").filter((network, index, all) =>
    all.findIndex(({ family }) => family === network.family) === index
  ).slice(0, 2);
  let next = 0;
  for (const { layers } of two.networks) {
    for (const { channels } of layers.flatMap((layer) => Object.values(layer.categories))) {
      for (const channel of channels) {
        channel.most = channel.most.map(() => String(next++ % pictures.length));
        channel.least = channel.least.map(() => String(next++ % pictures.length));
      }
    }
  }
  two.thumbnails = Object.fromEntries(pictures.map((picture, index) => [String(index), picture]));
  return two;
}
