/** `deno task fetch`: downloads and verifies what the locks pin. */
import { Command } from "commander";
import { homedir } from "node:os";
import process from "node:process";
import pLimit from "p-limit";
import { RequestError } from "../src/errors.ts";
import type { EncoderEntry, FileSetEntry, ModelEntry } from "../src/lock/mod.ts";
import {
  cacheRoot,
  type FetchProgress,
  formatBytes,
  projectRoot,
  readModelsLock,
  readStimuliLock,
  resolveEncoder,
  resolveWeights,
  Store,
} from "../src/store/mod.ts";
import { flocSet } from "../src/stimuli/mod.ts";
import { check } from "./fetch/check.ts";
import { select, type Selection } from "./fetch/select.ts";
import { parseCommandLine, sentence } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { giveUp } from "./terminal/give_up.ts";
import { fetchDisplay } from "./terminal/fetch_display.ts";
import { path, whole } from "../src/terminal/mod.ts";

interface Flags {
  readonly check?: boolean;
  readonly allowUnpinned?: boolean;
  readonly mirror?: string;
  readonly jobs: number;
  readonly quiet?: boolean;
  readonly root: string;
}

/** What the command line may say. */
export function program(): Command {
  return new Command("fetch")
    .description("Download and verify what models.lock.json and stimuli.lock.json pin.")
    .argument(
      "[id...]",
      "networks, families, text encoders or sets of images; everything that is pinned where none is given",
    )
    .option("--check", "read through what is already here; fetch nothing")
    .option("--allow-unpinned", "accept files that no hash pins, and record theirs")
    .option("--mirror <url>", "a mirror that stands in for every host: <url>/<host>/<path> (or FUSIFORM_MIRROR)")
    .option("--jobs <n>", "networks downloaded at once", whole(1, 99), 2)
    .option("--root <dir>", "the directory of the locks", path, projectRoot())
    .option("--quiet", "print errors alone");
}

async function runCheck(selection: Selection, { store, flags, named }: {
  store: Store;
  flags: Flags;
  named: boolean;
}): Promise<number> {
  let wrong = 0;
  for await (const { id, state, detail } of check(selection, { store, root: flags.root })) {
    if (state === "differs" || (named && state === "absent")) wrong++;
    if (flags.quiet !== true || state === "differs") console.log(`${state.padEnd(7)} ${id}: ${detail}`);
  }
  return wrong > 0 ? 1 : 0;
}

async function runFetch(selection: Selection, { store, flags, signal }: {
  store: Store;
  flags: Flags;
  signal: AbortSignal;
}): Promise<number> {
  const display = fetchDisplay({ quiet: flags.quiet === true, terminal: Deno.stderr.isTerminal() });
  const failures: unknown[] = [];
  const options = {
    store,
    signal,
    mirror: flags.mirror ?? process.env.FUSIFORM_MIRROR,
    allowUnpinned: flags.allowUnpinned,
  };
  const one = async (id: string, work: () => Promise<string>): Promise<void> => {
    try {
      const line = await work();
      display.finish(id);
      if (flags.quiet !== true) console.log(line);
    } catch (error) {
      display.finish(id);
      failures.push(error);
      if (!signal.aborted) console.error(`error: ${sentence(error)}`);
    }
  };
  const onBytes = ({ id, receivedBytes, totalBytes }: FetchProgress): void =>
    display.onProgress(id, { done: receivedBytes, total: totalBytes, unit: "bytes" });
  const fetchModel = async (entry: ModelEntry): Promise<string> => {
    const { bytes, sha256, status } = await resolveWeights(entry, {
      ...options,
      root: flags.root,
      onProgress: onBytes,
    });
    return `${entry.id}: ${formatBytes(bytes)}, sha256 ${sha256} (${status})`;
  };
  const fetchEncoder = async (entry: EncoderEntry): Promise<string> => {
    try {
      const { weights, vocabulary } = await resolveEncoder(entry, { ...options, onProgress: onBytes });
      const size = formatBytes(weights.bytes + vocabulary.bytes);
      return `${entry.id}: ${size}, sha256 ${weights.sha256} and ${vocabulary.sha256} (${entry.status})`;
    } finally {
      for (const name of Object.keys(entry.files)) display.finish(`${entry.id}/${name}`);
    }
  };
  const fetchSet = async (entry: FileSetEntry): Promise<string> => {
    const onProgress = ({ done, total }: { done: number; total: number }): void =>
      display.onProgress(entry.id, { done, total, unit: "files" });
    const { hash, stimuli } = await flocSet({ ...options, entry, onProgress });
    return `${entry.id}: ${stimuli.length} images, sha256 ${hash}`;
  };
  const queue = pLimit(flags.jobs);
  const model = (entry: ModelEntry) => queue(() => one(entry.id, () => fetchModel(entry)));
  const encoder = (entry: EncoderEntry) => queue(() => one(entry.id, () => fetchEncoder(entry)));
  await Promise.all([...selection.models.map(model), ...selection.encoders.map(encoder)]);
  for (const entry of selection.sets) await one(entry.id, () => fetchSet(entry));
  display.close();
  signal.throwIfAborted();
  if (selection.unpinned.length > 0 && flags.quiet !== true) {
    console.log(
      `left out, because nothing pins them: ${selection.unpinned.join(", ")} (--allow-unpinned fetches them)`,
    );
  }
  if (failures.length === 0) return 0;
  return failures.every((error) => error instanceof RequestError) ? 2 : 1;
}

async function main(signal: AbortSignal): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const flags = command.opts<Flags>();
  const names = command.processedArgs[0] as string[];
  const { models, encoders } = await readModelsLock(flags.root);
  const { sets } = await readStimuliLock(flags.root);
  const selection = select(names, { models, encoders, sets }, flags.allowUnpinned === true);
  const store = new Store(cacheRoot({ env: process.env, platform: process.platform, home: homedir() }));
  if (flags.check === true) await giveUp(["net", "sys", "run"]);
  if (flags.check === true) return await runCheck(selection, { store, flags, named: names.length > 0 });
  return await runFetch(selection, { store, flags, signal });
}

if (import.meta.main) await runTask(main, "interrupted; run the command again to continue where it stopped");
