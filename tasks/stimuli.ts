/** `deno task stimuli`: draws the procedural set, checks it against stimuli.lock.json and writes a contact sheet. */
import { Command } from "commander";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { RequestError } from "../src/errors.ts";
import { formatStimuliLock, parseStimuliLock, type ProceduralSetEntry, type StimuliLock } from "../src/lock/mod.ts";
import { writeAtomically } from "../src/results/mod.ts";
import { groupBy } from "../src/statistics/mod.ts";
import {
  contactSheet,
  encodePng,
  PROCEDURAL_GENERATOR,
  PROCEDURAL_SEED,
  proceduralSet,
  type StimulusSet,
} from "../src/stimuli/mod.ts";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { whole } from "../src/terminal/mod.ts";

const LOCK = fileURLToPath(new URL("../stimuli.lock.json", import.meta.url));
const ID = "procedural";

interface Flags {
  readonly out: string;
  readonly scale: number;
  readonly columns: number;
  readonly check?: boolean;
  readonly updateLock?: boolean;
}

/** What the command line may say. */
export function program(): Command {
  return new Command("stimuli")
    .description("Draw the procedural stimuli, check them against stimuli.lock.json and write a contact sheet.")
    .option("--out <file.png>", "where the contact sheet is written", "runs/stimuli.png")
    .option("--scale <n>", "pixels of the sheet per pixel of an image", whole(1, 8), 1)
    .option("--columns <n>", "images of each category on the sheet", whole(1, 14), 14)
    .option("--check", "only compare the hash with the lock; write nothing")
    .option("--update-lock", "record the hash of the set in the lock");
}

async function readLock(): Promise<StimuliLock> {
  let text: string;
  try {
    text = await readFile(LOCK, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return { version: 1, sets: [] };
  }
  return parseStimuliLock(text);
}

function entryOf(set: StimulusSet): ProceduralSetEntry {
  const conditions: Record<string, number> = {};
  for (const { condition } of set.stimuli) conditions[condition] = (conditions[condition] ?? 0) + 1;
  return {
    id: ID,
    kind: "procedural",
    title: set.title,
    images: set.stimuli.length,
    sha256: set.hash,
    source: set.source,
    licence: set.licence,
    citation: set.citation,
    doi: null,
    bibtex: null,
    redistributable: set.redistributable,
    seed: PROCEDURAL_SEED,
    generator: PROCEDURAL_GENERATOR,
    conditions,
  };
}

/** Parsed first, which orders the fields. */
async function writeLock(lock: StimuliLock): Promise<void> {
  await writeAtomically(LOCK, formatStimuliLock(parseStimuliLock(formatStimuliLock(lock))));
}

async function sheetOf(set: StimulusSet, { scale, columns }: Flags): Promise<Uint8Array> {
  const groups = groupBy(set.stimuli, ({ condition, category }) => `${condition} · ${category}`);
  const rows = [];
  for (const [label, stimuli] of groups) {
    rows.push({ label, images: await Promise.all(stimuli.slice(0, columns).map((stimulus) => stimulus.pixels())) });
  }
  return encodePng(contactSheet(rows, { scale }));
}

async function main(): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const flags = command.opts<Flags>(), lock = await readLock();
  if (flags.updateLock) {
    const set = await proceduralSet(), entry = entryOf(set);
    const others = lock.sets.filter(({ id }) => id !== ID);
    await writeLock({ version: 1, sets: [entry, ...others] });
    console.log(`stimuli.lock.json: ${entry.images} images, sha256 ${entry.sha256}`);
    if (flags.check) return 0;
  }
  const pin = (flags.updateLock ? await readLock() : lock).sets.find(({ id }) => id === ID);
  if (pin?.kind !== "procedural") {
    throw new RequestError(`Cannot check the procedural set: stimuli.lock.json has no entry "${ID}"; expected one`);
  }
  const set = await proceduralSet({ pin });
  console.log(`${set.stimuli.length} images agree with stimuli.lock.json, sha256 ${set.hash}`);
  if (flags.check) return 0;
  await writeAtomically(flags.out, await sheetOf(set, flags));
  console.log(`contact sheet: ${flags.out}`);
  return 0;
}

if (import.meta.main) await runTask(main);
