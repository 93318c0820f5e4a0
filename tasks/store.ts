/** `deno task store`: lists and prunes recordings that are kept. */
import { Command, InvalidArgumentError } from "commander";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { RecordingStore, type StoredRecording } from "../src/recording/mod.ts";
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
  const command = new Command("store").description("List or prune the recordings that are kept for later runs.");
  command.command("list", { isDefault: true }).description("Print what is kept, last used first.")
    .option("--json", "print it as JSON").action(list);
  command.command("prune")
    .description("Remove what was used longest ago. What a running process needs stays.")
    .option("--limit <size>", "how much may stay, such as 5GB; 0 for nothing (default: the limit of the store)", size)
    .action(prune);
  return command;
}

function openStore(): RecordingStore {
  const root = cacheRoot({ env: process.env, platform: process.platform, home: homedir() });
  return new RecordingStore(join(root, "recordings"));
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const store = openStore();
  const recordings = await store.list();
  if (json === true) {
    console.log(JSON.stringify(recordings, null, 2));
    return;
  }
  for (const recording of recordings) console.log(describe(recording));
  console.log(`${total(recordings)} of ${formatBytes(store.limitBytes)} in ${store.root}`);
}

async function prune({ limit }: { limit?: number }): Promise<void> {
  const store = openStore();
  const removed = await store.prune(limit);
  for (const recording of removed) console.log(`removed ${describe(recording)}`);
  console.log(`removed ${total(removed)}; ${total(await store.list())} left in ${store.root}`);
}

function describe({ key, label, bytes, used, finished, inUse }: StoredRecording): string {
  const state = [...(finished ? [] : ["unfinished"]), ...(inUse ? ["in use"] : [])];
  const day = new Date(used).toISOString().slice(0, 16).replace("T", " ");
  return [key.slice(0, 12), formatBytes(bytes).padStart(9), day, label ?? "unnamed", ...state].join("  ");
}

function total(recordings: readonly StoredRecording[]): string {
  const bytes = recordings.reduce((sum, recording) => sum + recording.bytes, 0);
  return `${recordings.length === 1 ? "1 recording" : `${recordings.length} recordings`}, ${formatBytes(bytes)}`;
}

async function main(): Promise<number> {
  await parseCommandLine(program(), Deno.args);
  return 0;
}

if (import.meta.main) await runTask(main);
