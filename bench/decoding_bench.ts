import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  decodeImage,
  encodeJpeg,
  normalise,
  PreparedImages,
  PreparedStore,
  type Raster,
  resizeAndCrop,
  type StimulusSet,
} from "../src/stimuli/mod.ts";
import { decodeRaster } from "../src/stimuli/decode.ts";
import { drawing, greyJpeg, SIDE } from "./_images.ts";
import { bench, runBenches } from "./_timing.ts";

// What an image costs before a network sees it: decoding, resizing and normalising one; and a set's images, decoded by threads
// for the first network, or read from the store for a later one. The images are seeded drawings of 1024 × 1024 pixels.
const COUNT = 48;
const RECIPE = {
  resize: 256,
  crop: 224,
  interpolation: "bilinear",
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const;

const drawn = await drawing();
const colour = await encodeJpeg(drawn, 75);
const folder = await mkdtemp(join(tmpdir(), "bench-"));
addEventListener("unload", () => rmSync(folder, { recursive: true, force: true }));
const stimuli = [];
for (let seed = 0; seed < COUNT; seed++) {
  const bytes = await greyJpeg(drawn, seed);
  const path = join(folder, `${seed}.jpg`);
  await writeFile(path, bytes);
  const origin = { path, name: path, sha256: createHash("sha256").update(bytes).digest("hex") };
  stimuli.push({
    id: `${seed}`,
    condition: "a",
    category: "a",
    origin,
    pixels: () => decodeImage(bytes, path),
  });
}
const set: Pick<StimulusSet, "name" | "stimuli" | "hash"> = { name: "drawings", stimuli, hash: "1".repeat(64) };
const grey = new Uint8Array(await Deno.readFile(stimuli[0].origin.path));
const rasters: Record<string, Raster> = { grey: await decodeRaster(grey, ""), colour: await decodeRaster(colour, "") };

const size = `${SIDE} × ${SIDE}`;
bench({ name: `decode a grey JPEG of ${size}`, group: "decode", fn: async () => void await decodeRaster(grey, "") });
bench({
  name: `decode a JPEG in colour of ${size}`,
  group: "decode",
  fn: async () => void await decodeRaster(colour, ""),
});
for (const [name, raster] of Object.entries(rasters)) {
  bench({ name: `resize to 256 and crop 224, ${name}`, group: "resize", fn: () => void resizeAndCrop(raster, RECIPE) });
}
const planes = resizeAndCrop(rasters.grey, RECIPE);
bench({ name: "normalise 224 × 224", group: "resize", fn: () => void normalise(planes, RECIPE) });

/** Every image as a network's input, a batch at a time. */
async function loadAll(prepared: PreparedImages): Promise<void> {
  for (let from = 0; from < COUNT; from += 8) {
    const batch = Array.from({ length: Math.min(8, COUNT - from) }, (_, i) => prepared.load(from + i, RECIPE));
    await Promise.all(batch);
  }
}

const store = new PreparedStore(join(folder, "images"));
for (const threads of [1, 2]) {
  bench({
    name: `${COUNT} images, first network, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    group: "set",
    baseline: threads === 1,
    n: 6,
    warmup: 1,
    async fn(clock) {
      await rm(store.root, { recursive: true, force: true });
      const prepared = new PreparedImages(set, { store, threads });
      // The threads are there, and have seen an image.
      const first = { resize: 8, crop: 8, interpolation: "nearest" } as const;
      await Promise.all(Array.from({ length: 2 * threads }, (_, index) => prepared.planes(index, first)));
      clock.start();
      await loadAll(prepared);
      clock.end();
      await prepared.close();
    },
  });
}
bench({
  name: `${COUNT} images, a later network`,
  group: "set",
  n: 6,
  warmup: 1,
  async fn(clock) {
    const prepared = new PreparedImages(set, { store });
    clock.start();
    await loadAll(prepared);
    clock.end();
    await prepared.close();
  },
});

await runBenches("decoding");
