import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCriterion } from "../../src/criteria/mod.ts";
import { readLesion } from "../../src/lesions/lesion_file.ts";
import { parseModelsLock, parseStimuliLock } from "../../src/lock/mod.ts";
import { buildNetwork, buildOnnxNetwork, defaultLayers, listLayers } from "../../src/networks/mod.ts";
import { embedExternalData } from "../../src/onnx/mod.ts";
import { openRecording } from "../../src/recording/mod.ts";
import { parseImageRecipe } from "../../src/reproduce/mod.ts";
import { readManifest } from "../../src/reproduce/shard_manifest.ts";
import { parseResults, serializeResults } from "../../src/results/mod.ts";
import type { Random } from "../../src/statistics/mod.ts";
import { decodeImage, encodeJpeg, encodePng, parseConditionsFile } from "../../src/stimuli/mod.ts";
import { Store } from "../../src/store/mod.ts";
import { formatStudy, MINI, parseStudy } from "../../src/study/mod.ts";
import { memorySource, openSource } from "../../src/weights/mod.ts";
import { mutateBytes } from "./mutate.ts";
import { mutateJson } from "./mutate_json.ts";
import { recordingFile, sealPrologue, withJson } from "./recording_file.ts";
import { shardManifest } from "./shard_file.ts";
import { shrinkResults } from "./shrink_results.ts";

/** What reads files that others made, and the files that its inputs are made of. */
export interface FuzzedParser {
  readonly name: string;
  /** Whole files that it reads. */
  seeds(): Promise<readonly Uint8Array[]>;
  /** Makes an input. @default bytes are changed */
  mutate?(seeds: readonly Uint8Array[], random: Random): Uint8Array;
  /** Whether it shows the place in a line of its own. @default false */
  readonly severalLines?: boolean;
  /**
   * Reads an input, or refuses it.
   *
   * @param folder Where it may put files.
   */
  parse(bytes: Uint8Array, folder: string): Promise<unknown>;
}

const fixture = (path: string): URL => new URL(`../../fixtures/${path}`, import.meta.url);

function files(...paths: readonly string[]): () => Promise<Uint8Array[]> {
  return () => Promise.all(paths.map((path) => readFile(fixture(path))));
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** One input in five is changed as bytes, the others as documents. */
function changedJson(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  if (random.uniform() < 0.2) return mutateBytes(seeds, random);
  return text(mutateJson(decoded(seeds[random.integer(seeds.length)]), random));
}

async function readAll(bytes: Uint8Array): Promise<void> {
  const checkpoint = await openSource(memorySource(bytes, "fuzz"));
  for (const name of checkpoint.tensors.keys()) await checkpoint.read(name);
  await buildNetwork({ checkpoint });
}

/** Pictures of the fixtures whose names end so. */
async function pictures(end: string): Promise<Uint8Array[]> {
  const { images } = JSON.parse(await readFile(fixture("decoding/reference.json"), "utf8")) as {
    readonly images: readonly { readonly name: string; readonly bytes: string }[];
  };
  return images.filter(({ name }) => name.endsWith(end)).map(({ bytes }) => Buffer.from(bytes, "base64"));
}

function image(end: string, more: () => Promise<Uint8Array[]> = () => Promise.resolve([])): Omit<FuzzedParser, "name"> {
  return {
    seeds: async () => [...await pictures(end), ...await more()],
    parse: (bytes) => decodeImage(bytes, "fuzz"),
  };
}

const PICTURE = { width: 9, height: 7, data: Uint8Array.from({ length: 189 }, (_, i) => (i * 37) & 255) };

/** The checksums of a PNG's chunks made to fit, so that what is in them is read. */
function sealPng(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) break;
    view.setUint32(end, crc32(bytes.subarray(at + 4, end)));
    at = end + 4;
  }
  return bytes;
}

/** A zip without checksums, so that what is in it is read: those of the directory at the end. */
function unchecked(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice(), view = new DataView(out.buffer);
  for (let at = 0; at + 46 <= out.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 16, 0, true);
  }
  return out;
}

function json(seeds: () => Promise<readonly string[]>, parse: (text: string) => unknown): Omit<FuzzedParser, "name"> {
  return {
    seeds: async () => (await seeds()).map(text),
    mutate: changedJson,
    parse: (bytes) => Promise.resolve(parse(decoded(bytes))),
  };
}

/** The first entries of a lock. */
async function lock(path: string, key: string, count: number): Promise<string[]> {
  const whole = JSON.parse(await readFile(new URL(`../../${path}`, import.meta.url), "utf8"));
  const kept = whole[key].slice(0, count).map((entry: Record<string, unknown>) => ({ ...entry, files: entry.files }));
  return [JSON.stringify({ ...whole, [key]: kept })];
}

const CONDITIONS = ["faces", "places"];

const HASH = "0".repeat(64);

/** Every parser of what others make. */
export const PARSERS: readonly FuzzedParser[] = [
  {
    name: "safetensors",
    seeds: files("checkpoints/bottleneck.safetensors", "architectures/alexnet.safetensors"),
    parse: readAll,
  },
  {
    name: "pytorch",
    seeds: async () =>
      (await files(
        ...["bottleneck.pth", "views.pth", "names-os-system.pth", "slip.pt"].map((name) => `checkpoints/${name}`),
      )())
        .map(unchecked),
    parse: readAll,
  },
  {
    name: "pytorch-legacy",
    seeds: files(
      ...["nested", "old", "protocol4", "views", "whole-module", "names-os-system"].map((name) =>
        `checkpoints/legacy-${name}.pth`
      ),
    ),
    parse: readAll,
  },
  {
    name: "onnx",
    seeds: files(...["branch", "gate", "bottleneck"].map((name) => `checkpoints/${name}.onnx`)),
    parse: async (bytes) => {
      const model = await embedExternalData(
        bytes,
        ({ length }) => Promise.resolve(new Uint8Array(Math.min(length, 4096))),
      );
      listLayers(model);
      return buildOnnxNetwork(model, { layers: defaultLayers(model) });
    },
  },
  { name: "jpeg", ...image(".jpg", async () => [await encodeJpeg(PICTURE, 90)]) },
  {
    name: "png",
    ...image(".png", () => Promise.resolve([encodePng(PICTURE)])),
    mutate: (seeds, random) => sealPng(mutateBytes(seeds, random)),
  },
  { name: "webp", ...image(".webp") },
  { name: "gif", ...image(".gif") },
  { name: "bmp", ...image(".bmp") },
  { name: "tiff", ...image(".tif") },
  {
    name: "recording",
    seeds: () => Promise.resolve([recordingFile()]),
    mutate: (seeds, random) => {
      const own = recordingFile();
      if (random.uniform() < 0.5) return withJson(own, (stated) => mutateJson(stated, random));
      return sealPrologue(mutateBytes(seeds, random));
    },
    parse: async (bytes, folder) => {
      const path = join(folder, "fuzz.recording");
      await writeFile(path, bytes);
      const recording = await openRecording(path);
      try {
        for (const index of recording.header.layers.keys()) await recording.readLayer(index);
      } finally {
        await recording.close();
      }
    },
  },
  {
    name: "lesion",
    ...json(() => {
      const direction = { images: [4, 4], intact: [3, 4], selected: [[1, 2], null], random: [[[3, 3]], []] };
      return Promise.resolve([
        JSON.stringify({ format: 1, key: "k", label: null, directions: [direction, direction] }),
      ]);
    }, () => undefined),
    parse: async (bytes, folder) => {
      const path = join(folder, "fuzz.lesion");
      await writeFile(path, bytes);
      return await readLesion(path, "k");
    },
  },
  {
    name: "shard",
    ...json(() => Promise.resolve([shardManifest()]), () => undefined),
    parse: async (bytes, folder) => {
      const path = join(folder, "fuzz.shard.json");
      await writeFile(path, bytes);
      return await readManifest(path);
    },
  },
  {
    name: "results",
    ...json(async () => {
      const first = new URL("../../reports/mini/0.1.0-95f44d5d/results.json", import.meta.url);
      const published = shrinkResults(await readFile(first, "utf8"));
      return [published, serializeResults(parseResults(published))];
    }, (text) => parseResults(text)),
  },
  {
    name: "study",
    ...json(() => {
      const own = {
        networks: [{ id: "a", weights: "a.pth", preprocessing: "clip" }],
        stimuli: { path: "x", targets: ["faces"] },
      };
      return Promise.resolve([formatStudy(MINI), JSON.stringify(own)]);
    }, (text) => parseStudy(text, { file: "fuzz.json", folder: "/", name: "fuzz" })),
  },
  {
    name: "conditions",
    ...json(
      () =>
        Promise.resolve([
          JSON.stringify({ title: "T", targets: ["a"], controls: ["b"], conditions: { a: ["x", "y"] } }),
        ]),
      (text) => parseConditionsFile(text, "fuzz.json"),
    ),
  },
  {
    name: "recipe",
    ...json(
      () =>
        Promise.resolve([
          JSON.stringify({ resize: 8, crop: 8, interpolation: "bilinear", mean: [0, 0, 0], std: [1, 1, 1] }),
        ]),
      (text) => parseImageRecipe(text, "fuzz.json"),
    ),
  },
  { name: "models-lock", ...json(() => lock("models.lock.json", "models", 4), parseModelsLock) },
  { name: "stimuli-lock", ...json(() => lock("stimuli.lock.json", "sets", 1), parseStimuliLock) },
  {
    name: "record",
    ...json(
      () => Promise.resolve([JSON.stringify({ url: "http://x/", bytes: 4, sha256: HASH })]),
      () => undefined,
    ),
    parse: async (bytes, folder) => {
      const store = new Store(folder);
      await store.record("http://x/", { bytes: 4, sha256: HASH }).catch(() => undefined);
      const [name] = await Array.fromAsync(Deno.readDir(join(folder, "recorded")));
      await writeFile(join(folder, "recorded", name.name), bytes);
      return await store.recorded("http://x/");
    },
  },
  {
    name: "criterion",
    severalLines: true,
    seeds: () =>
      Promise.resolve(["min(d) > 0.5 and mean.target > 0", "max(q_by) < 0.05 ? true : t.faces > 2^3"].map(text)),
    parse: (bytes) => Promise.resolve(parseCriterion(decoded(bytes), CONDITIONS)),
  },
];
