/** `deno task store`: lists and prunes the recordings and the prepared images that are kept. */
import { Command, InvalidArgumentError } from "commander";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { RecordingStore, type StoredRecording } from "../src/recording/mod.ts";
import { PreparedStore, type StoredImages } from "../src/stimuli/mod.ts";
import { cacheRoot, formatBytes } from "../src/store/mod.ts";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** Bytes from `5GB`, `500 MB`, `2GiB`, `0`. */
function size(value: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([kmgt]?)(i?)b?$/i.exec(value);
  if (match === null) throw new InvalidArgumentError("Expected a size such as 5GB or 500MB, or 0.");
  const [, number, prefix, binary] = match;
  return Math.floor(Number(number) * (binary ? 1024 : 1000) ** ["", "k", "m", "g", "t"].indexOf(prefix.toLowerCase()));
}

/** What the command line may say. */
export function program(): Command {
  const command = new Command("store").description(
    "List or prune the recordings and the prepared images that are kept for later runs.",
  );
  command.command("list", { isDefault: true }).description("Print what is kept, last used first.")
    .option("--json", "print it as JSON").action(list);
  command.command("prune")
    .description(
      "Remove what was used longest ago, of images as much as recordings leave no space for. What a running process needs stays.",
    )
    .option("--limit <size>", "how much may stay, such as 5GB; 0 for nothing (default: the limit of each store)", size)
    .action(prune);
  return command;
}

interface Stores {
  readonly recordings: RecordingStore;
  readonly images: PreparedStore;
}

function openStores(): Stores {
  const root = cacheRoot({ env: process.env, platform: process.platform, home: homedir() });
  return { recordings: new RecordingStore(join(root, "recordings")), images: new PreparedStore(join(root, "images")) };
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const stores = openStores();
  const recordings = await stores.recordings.list();
  const images = await stores.images.list();
  if (json === true) {
    console.log(JSON.stringify([...recordings, ...images], null, 2));
    return;
  }
  for (const recording of recordings) console.log(describe(recording));
  console.log(
    `${total(recordings, "recording")} of ${formatBytes(stores.recordings.limitBytes)} in ${stores.recordings.root}`,
  );
  if (images.length === 0) return;
  for (const file of images) console.log(describe(file));
  console.log(`${total(images, "set of images")} of ${formatBytes(stores.images.limitBytes)} in ${stores.images.root}`);
}

async function prune({ limit }: { limit?: number }): Promise<void> {
  const { recordings, images } = openStores();
  const removed = await recordings.prune(limit);
  const left = await recordings.list();
  const others = await images.prune(limit === undefined ? undefined : Math.max(0, limit - bytesOf(left)));
  for (const file of [...removed, ...others]) console.log(`removed ${describe(file)}`);
  console.log(`removed ${total(removed, "recording")}; ${total(left, "recording")} left in ${recordings.root}`);
  const kept = await images.list();
  if (kept.length + others.length === 0) return;
  console.log(`removed ${total(others, "set of images")}; ${total(kept, "set of images")} left in ${images.root}`);
}

function describe(file: StoredRecording | StoredImages): string {
  const { key, label, bytes, used, inUse } = file;
  const unfinished = "finished" in file && !file.finished;
  const state = [...(unfinished ? ["unfinished"] : []), ...(inUse ? ["in use"] : [])];
  const day = new Date(used).toISOString().slice(0, 16).replace("T", " ");
  return [key.slice(0, 12), formatBytes(bytes).padStart(9), day, label ?? "unnamed", ...state].join("  ");
}

function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** `2 recordings, 3.1 MB`, `1 set of images, 20 kB`. */
function total(files: readonly { readonly bytes: number }[], one: string): string {
  const many = one.replace(/^\w+/, "$&s");
  return `${files.length} ${files.length === 1 ? one : many}, ${formatBytes(bytesOf(files))}`;
}

async function main(): Promise<number> {
  await parseCommandLine(program(), Deno.args);
  return 0;
}

if (import.meta.main) await runTask(main);
