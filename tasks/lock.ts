/** `deno task lock`: lists, adds and refreshes entries of models.lock.json. */
import { Command } from "commander";
import { join } from "node:path";
import { RequestError } from "../src/errors.ts";
import {
  type EncoderEntry,
  formatModelsLock,
  type ModelEntry,
  type ModelsLock,
  type StimuliLock,
} from "../src/lock/mod.ts";
import { formatBytes, projectRoot, readModelsLock, readStimuliLock } from "../src/store/mod.ts";
import { writeAtomically } from "../src/results/mod.ts";
import { addEntry, updateEntries } from "./lock/change.ts";
import { addEntryOptions, entryFields, type EntryFlags } from "./lock/entry_options.ts";
import { parseCommandLine, path } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** What the command line may say. */
export function program(): Command {
  const command = new Command("lock")
    .description("List, add or refresh what models.lock.json pins.")
    .option("--root <dir>", "the directory of the locks", path, projectRoot());
  command.command("list").description("Print every entry of both locks.").option("--json", "print them as JSON").action(
    list,
  );
  addEntryOptions(command.command("add").description("Pin another network.").argument("<id>", "its name")).action(add);
  addEntryOptions(
    command.command("update").description("Change entries, and hash again the files that come with the project.")
      .argument("[id...]", "which; every entry whose file comes with the project where none is given"),
  ).action(update);
  return command;
}

async function list(flags: { json?: boolean }, command: Command): Promise<void> {
  const { root } = command.optsWithGlobals<{ root: string }>();
  const { models, encoders = [] } = await readModelsLock(root);
  const { sets } = await readStimuliLock(root);
  if (flags.json === true) {
    console.log(JSON.stringify({ models, encoders, sets }, null, 2));
    return;
  }
  const rows = [...models.map(modelRow), ...encoders.map(encoderRow), ...sets.map(setRow)];
  const width = Math.max(...rows.map(([id]) => id.length));
  for (const [id, status, size, what] of rows) {
    console.log(`${id.padEnd(width)}  ${status.padEnd(12)}  ${size.padStart(9)}  ${what}`);
  }
}

type Row = [id: string, status: string, size: string, what: string];

function modelRow({ id, status, bytes, title, source }: ModelEntry): Row {
  return [id, "generator" in source ? "seeded" : status, bytes === undefined ? "" : formatBytes(bytes), title];
}

function encoderRow({ id, status, files, title }: EncoderEntry): Row {
  return [id, status, formatBytes(files.weights.bytes + files.vocabulary.bytes), `${title}, text encoder`];
}

function setRow(entry: StimuliLock["sets"][number]): Row {
  const size = entry.kind === "files" ? formatBytes(entry.bytes) : "";
  return [entry.id, entry.kind, size, `${entry.title}, ${entry.images} images`];
}

async function add(id: string, flags: EntryFlags, command: Command): Promise<void> {
  const { root } = command.optsWithGlobals<{ root: string }>();
  const fields = await entryFields(own(flags));
  await change(root, (lock) => addEntry(lock, { id, fields, root }));
}

async function update(ids: string[], flags: EntryFlags, command: Command): Promise<void> {
  const { root } = command.optsWithGlobals<{ root: string }>();
  const fields = await entryFields(own(flags));
  if (ids.length === 0 && Object.keys(fields).length > 0) {
    throw new RequestError("Cannot change fields of every entry; expected the ids of those to change");
  }
  await change(root, (lock) => updateEntries(lock, { ids, fields, root }));
}

/** Without the options of the command above. */
function own(flags: EntryFlags & { root?: string }): EntryFlags {
  const { root: _root, ...rest } = flags;
  return rest;
}

async function change(root: string, work: (lock: ModelsLock) => Promise<ModelsLock>): Promise<void> {
  const before = await readModelsLock(root);
  const after = await work(before);
  const text = formatModelsLock(after);
  if (text === formatModelsLock(before)) {
    console.log("nothing to change");
    return;
  }
  await writeAtomically(join(root, "models.lock.json"), text);
  const changed = after.models.filter((entry) =>
    JSON.stringify(entry) !== JSON.stringify(before.models.find(({ id }) => id === entry.id))
  );
  for (const { id, sha256, sha256Prefix, status } of changed) {
    console.log(`${id}: ${sha256 ?? (sha256Prefix === undefined ? "no hash" : `${sha256Prefix}…`)} (${status})`);
  }
}

async function main(): Promise<number> {
  if (Deno.args.length === 0) {
    program().outputHelp();
    return 0;
  }
  await parseCommandLine(program(), Deno.args);
  return 0;
}

if (import.meta.main) await runTask(main);
