import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { EncoderEntry } from "../../src/lock/mod.ts";
import {
  cacheRoot,
  formatBytes,
  projectRoot,
  type ResolvedEncoder,
  resolveEncoder,
  Store,
} from "../../src/store/mod.ts";
import { fetchDisplay } from "../terminal/fetch_display.ts";
import { progressDisplay } from "../../src/terminal/mod.ts";
import { drawnImages } from "./drawn_images.ts";
import type { TrainOptions } from "./options.ts";
import {
  captionEncoder,
  CAPTIONS_FILE,
  type EmbeddedCaptions,
  encoderName,
  type ImageRange,
  openEncoder,
  TEST_IMAGES,
  TRAINING_IMAGES,
  VALIDATION_IMAGES,
  writeCaptionEmbeddings,
} from "../../src/training/mod.ts";

/** The images whose captions are embedded, by the name of their split. */
const SPLITS: readonly (readonly [name: string, range: ImageRange])[] = [
  ["train", TRAINING_IMAGES],
  ["validation", VALIDATION_IMAGES],
  ["test", TEST_IMAGES],
];

/** Embeds the captions of all splits and writes them to {@linkcode CAPTIONS_FILE}, fetching the encoder where it is not in the store. */
export async function embedCaptions({ out }: Pick<TrainOptions, "out">, signal?: AbortSignal): Promise<number> {
  const entry = await captionEncoder();
  const encoder = await openEncoder(entry, await fetchEncoder(entry, signal));
  const display = progressDisplay({ quiet: false, terminal: Deno.stderr.isTerminal() });
  const splits: Record<string, EmbeddedCaptions> = {};
  try {
    for (const [name, range] of SPLITS) {
      const { captions } = await drawnImages(range, display);
      const onProgress = (done: number, total: number): void => {
        signal?.throwIfAborted();
        display.onProgress({ phase: "embed", label: name, done, total, unit: "captions" });
      };
      const embeddings = await encoder.embed(captions, { onProgress });
      splits[name] = { captions, embeddings };
    }
  } finally {
    display.close();
    await encoder.close();
  }
  const path = join(out ?? join(projectRoot(), "fixtures"), CAPTIONS_FILE);
  const bytes = await writeCaptionEmbeddings(path, splits, encoderName(entry));
  const counts = Object.entries(splits).map(([name, { captions }]) => `${captions.length} captions of ${name}`);
  console.log(`${CAPTIONS_FILE}: ${counts.join(", ")}, ${formatBytes(bytes.length)}`);
  return 0;
}

async function fetchEncoder(entry: EncoderEntry, signal?: AbortSignal): Promise<ResolvedEncoder> {
  const store = new Store(cacheRoot({ env: process.env, platform: process.platform, home: homedir() }));
  const display = fetchDisplay({ quiet: false, terminal: Deno.stderr.isTerminal() });
  try {
    return await resolveEncoder(entry, {
      store,
      signal,
      mirror: process.env.FUSIFORM_MIRROR,
      onProgress: ({ id, receivedBytes, totalBytes }) =>
        display.onProgress(id, { done: receivedBytes, total: totalBytes, unit: "bytes" }),
    });
  } finally {
    display.close();
  }
}
