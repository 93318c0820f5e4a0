/** `deno task bench`: runs each suite in a process of its own, since two runtimes of WebGPU do not share one. */
import { Command } from "commander";
import { readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { addRunFlags } from "../bench/_run_options.ts";
import { type BenchRow, ROWS_MARK } from "../bench/_rows.ts";
import { taskStart } from "../bench/_task_start.ts";
import { RequestError } from "../src/errors.ts";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

const FOLDER = new URL("../bench/", import.meta.url);
const ENDING = "_bench.ts";
/** Whole runs take minutes each: only where they are named. */
const NAMED = "run";

async function suites(): Promise<string[]> {
  return (await readdir(FOLDER)).filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length))
    .sort();
}

/** What the command line may say. */
export function program(known: readonly string[]): Command {
  const command = new Command("bench")
    .description("Time what a run consists of. Medians and ratios within one run; the members of a group take turns.")
    .argument("[suites...]", `of ${known.join(", ")} (default: all but ${NAMED})`)
    .option("--json <file>", "write every row as JSON");
  return addRunFlags(command);
}

/** Runs a suite, whose table goes to the terminal, and returns its rows. */
async function runSuite(suite: string, args: readonly string[], signal: AbortSignal): Promise<BenchRow[] | null> {
  console.log(`\n${suite}`);
  const { env, flags } = taskStart("reproduce");
  const start = flags.map((flag) => flag.startsWith("-P=") ? "-P=bench" : flag);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...start, fileURLToPath(new URL(suite + ENDING, FOLDER)), ...args],
    // The suite of whole runs sets it for this project's runs alone, not for what they are compared with.
    env: { ...(suite === NAMED ? {} : env), FUSIFORM_BENCH_ROWS: "1" },
    stdout: "piped",
    stderr: "inherit",
    signal,
  }).spawn();
  let rows: BenchRow[] = [];
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith(ROWS_MARK)) rows = JSON.parse(line.slice(ROWS_MARK.length));
      else console.log(line);
    }
  }
  const { code } = await child.status;
  signal.throwIfAborted();
  return code === 0 ? rows : null;
}

async function main(signal: AbortSignal): Promise<number> {
  const known = await suites();
  const command = program(known);
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { json, against, python, device, images, count, networks, runs } = command.opts();
  const lost = command.args.find((name) => !known.includes(name));
  if (lost !== undefined) {
    throw new RequestError(`Cannot time "${lost}": there is no such suite; expected ${known.join(", ")}`);
  }
  const chosen = command.args.length > 0 ? command.args : known.filter((name) => name !== NAMED);
  const flags = [
    ...(against ? ["--against"] : []),
    ...(images === undefined ? [] : ["--images", images]),
    ...["--python", python, "--device", device, "--count", count, "--networks", networks.join(","), "--runs", runs],
  ].map(String);
  const found: BenchRow[] = [];
  let status = 0;
  for (const suite of chosen) {
    const rows = await runSuite(suite, suite === NAMED ? flags : [], signal);
    if (rows === null) {
      console.error(`error: the suite ${suite} failed`);
      status = 1;
    } else found.push(...rows);
  }
  if (json !== undefined) await writeFile(json, JSON.stringify(found, null, 1) + "\n");
  return status;
}

if (import.meta.main) await runTask(main);
