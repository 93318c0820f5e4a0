import { createHash } from "node:crypto";
import { encodePng, setHash } from "../../src/stimuli/mod.ts";
import { PAPER } from "../../src/study/mod.ts";
import { madeClip, madeResNet50, madeVit } from "./_made_weights.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = [
  ...["adult", "child", "body", "limb", "house", "corridor", "word", "number", "car", "instrument"],
  "scrambled",
];

/** The project's own entries for the paper suite, pinned to small files made here, and what a mirror of them holds. */
export interface MadeSuite {
  readonly models: string;
  readonly stimuli: string;
  /** `<host>/<path>` to content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

type Entry = Record<string, unknown> & { id: string; source: { url?: string } };

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function place(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${host}${pathname}${search}`;
}

/** Stripes of a width of the folder's own, with noise, so that some units prefer each. */
export function madeImage(folder: number, index: number): Uint8Array {
  let state = 1 + index + 1000 * folder;
  const data = Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const column = Math.floor(i / 3) % 64;
    return (Math.floor(column / (2 + 3 * (folder >> 1))) % 2) * 150 + (state >>> 24) / 3;
  });
  return encodePng({ width: 64, height: 64, data });
}

/** Which architecture and file stand in for an entry's. */
async function standIn(entry: Entry, seed: number): Promise<{ bytes: Uint8Array; side: number; more: object }> {
  if (entry.architecture === "clip-rn50") return { bytes: madeClip(seed), side: 64, more: {} };
  if (entry.architecture === "resnet50") return { bytes: madeResNet50(seed), side: 64, more: {} };
  return { bytes: await madeVit(seed), side: 12, more: { architecture: "onnx", format: "onnx" } };
}

/**
 * Makes the suite's locks and files.
 *
 * @param perFolder Images in each of fLoc's folders; fLoc has 144.
 */
export async function makeSuite(perFolder: number): Promise<MadeSuite> {
  const files = new Map<string, Uint8Array>();
  const lock = JSON.parse(await Deno.readTextFile(new URL("models.lock.json", ROOT))) as { models: Entry[] };
  const models: object[] = [];
  for (const [seed, network] of PAPER.networks.entries()) {
    const id = "lock" in network ? network.lock : network.id;
    const entry = lock.models.find((model) => model.id === id)!;
    if (entry.source.url === undefined) {
      // The small trunk in place of ResNet-50, generated all the same.
      const mini = lock.models.find((model) => model.id === "mini-untrained-s0")!;
      models.push({ ...mini, id: entry.id, family: entry.family, title: entry.title });
      continue;
    }
    const { bytes, side, more } = await standIn(entry, seed);
    files.set(place(entry.source.url), bytes);
    const { sha256Prefix: _, ...rest } = entry;
    const preprocessing = { ...(entry.preprocessing as object), resize: side, crop: side };
    const pin = entry.status === "none" ? {} : { status: "official", bytes: bytes.length, sha256: sha256(bytes) };
    models.push({ ...rest, ...more, ...pin, preprocessing });
  }
  const sets = JSON.parse(await Deno.readTextFile(new URL("stimuli.lock.json", ROOT))) as { sets: Entry[] };
  const floc = sets.sets.find((set) => set.id === "floc")!;
  const pinned: { id: string; sha256: string }[] = [];
  let total = 0;
  for (const [folder, name] of FOLDERS.entries()) {
    for (let index = 0; index < perFolder; index++) {
      const bytes = madeImage(folder, index);
      const id = `${name}/${name}-${index + 1}.png`;
      files.set(place(new URL(id, floc.url as string).href), bytes);
      pinned.push({ id, sha256: sha256(bytes) });
      total += bytes.length;
    }
  }
  const made = {
    ...floc,
    images: pinned.length,
    bytes: total,
    sha256: setHash(pinned),
    files: pinned.map(({ id, sha256 }) => `${id} ${sha256}`),
  };
  return {
    models: JSON.stringify({ version: 1, models }),
    stimuli: JSON.stringify({ version: 1, sets: [made] }),
    files,
  };
}
