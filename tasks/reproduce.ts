/** `deno task reproduce`: runs a suite and writes its report. */
import { Command, InvalidArgumentError, Option } from "commander";
import colors from "picocolors";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { CRITERIA } from "../src/localizer/mod.ts";
import { RequestError } from "../src/lock/mod.ts";
import { reproduce, type UserNetwork } from "../src/reproduce/mod.ts";
import { anyRan } from "../src/results/mod.ts";
import { SUITES } from "../src/suites/mod.ts";
import { parseCommandLine, RepeatableOption } from "./terminal/command_line.ts";
import { runTask } from "./terminal/exit.ts";
import { printTaps } from "./terminal/print_taps.ts";
import { progressDisplay } from "./terminal/progress_display.ts";
import { duplicatesNotice, notRunAccounts, summary } from "./terminal/summary.ts";

function list(value: string): string[] {
  const items = value.split(",").map((item) => item.trim()).filter((item) => item !== "");
  if (items.length === 0) throw new InvalidArgumentError("Expected names separated by commas.");
  return items;
}

function whole(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
    }
    return number;
  };
}

function override(value: string, all: Map<string, string>): Map<string, string> {
  const at = value.indexOf("=");
  if (at < 1 || at === value.length - 1) throw new InvalidArgumentError("Expected ID=FILE.");
  const id = value.slice(0, at);
  if (all.has(id)) throw new InvalidArgumentError(`It names two files for "${id}".`);
  return new Map(all).set(id, value.slice(at + 1));
}

/** What the command line may say. */
export function program(): Command {
  return new Command("reproduce")
    .description("Find the category-selective units of every network of a suite and write a report.")
    .argument("[suite]", `which suite: ${SUITES.map((suite) => suite.name).join(", ")}`, "mini")
    .addOption(
      new Option("--device <name>", "where networks run: auto, webgpu, cpu or wasm").default("auto"),
    )
    .option("--models <ids>", "networks or families to run in place of the suite's, separated by commas", list)
    .option("--stimuli <set|dir>", "procedural, floc, or a folder with a folder of images per category")
    .option("--limit <n>", "at most n images of each category", whole(1))
    .option("--scrambled", "add phase-scrambled places and words where the set has none (lu-wang does by itself)")
    .addOption(new Option("--taps <which>", "stages, blocks or, with --network, names separated by commas"))
    .option(
      "--criterion <name|expression>",
      `what makes a unit selective: ${CRITERIA.map(({ name }) => name).join(", ")}, or an expression over t, p, q ` +
        "(also q_by, q_bonferroni, each also with _pooled), d, mean, var and n of a condition, of rest or of target",
    )
    .option("--seed <n>", "seed of every sample and resample", whole(0), 0)
    .option(
      "--out <dir>",
      "where <suite>/<id>/ is written, or own-networks/<id>/ for networks that are not the suite's",
      "reports",
    )
    .addOption(
      new Option("--units <which>", "per-unit Parquet tables").choices(["none", "selected", "all"]).default("none"),
    )
    .option("--moments", "write the moments of every unit, for merging shards")
    .option("--replicates <n>", "bootstrap replicates", whole(100), 2000)
    .option("--network <file.onnx>", "a network of your own, beside --models or in place of the suite's")
    .option("--list-taps", "list the values of --network that can be tapped, and stop")
    .option("--preprocessing <file.json|json>", "how images become the input of --network")
    .addOption(
      new RepeatableOption("--weights <id=file>", "a local file in place of a download; repeatable")
        .argParser(override).default(new Map()),
    )
    .option("--allow-unpinned", "accept files that no hash pins, and record theirs")
    .option("--mirror <url>", "a mirror that stands in for every host: <url>/<host>/<path> (or FUSIFORM_MIRROR)")
    .option("--root <dir>", "the folder of models.lock.json and stimuli.lock.json, in place of the project's")
    .option("--offline", "use only what is already in the store")
    .option("--quiet", "print nothing but errors and why a network was not run")
    .option("--json", "print one line of JSON with the id, the paths, the claims and what was not run");
}

interface Flags {
  device: string;
  models?: string[];
  stimuli?: string;
  limit?: number;
  taps?: string;
  criterion?: string;
  seed: number;
  out: string;
  units: "none" | "selected" | "all";
  moments?: boolean;
  replicates: number;
  scrambled?: boolean;
  network?: string;
  listTaps?: boolean;
  preprocessing?: string;
  weights: Map<string, string>;
  allowUnpinned?: boolean;
  mirror?: string;
  root?: string;
  offline?: boolean;
  quiet?: boolean;
  json?: boolean;
}

const LEVELS = ["stages", "blocks"];

function isLevel(taps: string): taps is "stages" | "blocks" {
  return LEVELS.includes(taps);
}

function userNetwork({ network, taps, preprocessing }: Flags): UserNetwork | undefined {
  if (network === undefined) {
    if (preprocessing !== undefined) throw new RequestError("Cannot use --preprocessing without --network");
    return undefined;
  }
  const named = taps === undefined || isLevel(taps) ? [] : list(taps);
  return { path: network, taps: named, preprocessing: preprocessing ?? null };
}

function tapLevel({ network, taps }: Flags): "stages" | "blocks" | undefined {
  if (taps === undefined || isLevel(taps)) return taps;
  if (network !== undefined) return undefined;
  throw new RequestError(`Unknown taps: "${taps}". Should be one of: ${LEVELS.join(", ")}`);
}

async function checkWeights(weights: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, path] of weights) {
    const file = await Deno.stat(path).catch(() => null);
    if (file?.isFile !== true) {
      throw new RequestError(`Cannot use --weights ${id}=${path}: there is no such file`);
    }
  }
}

async function main(signal: AbortSignal): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const flags = command.opts<Flags>();
  if (flags.listTaps === true) return await printTaps(flags.network, flags.json === true);
  await checkWeights(flags.weights);
  const display = progressDisplay({
    quiet: flags.quiet === true || flags.json === true,
    terminal: Deno.stderr.isTerminal() && process.env.TERM !== "dumb",
  });
  const done = await reproduce({
    suite: command.processedArgs[0],
    device: flags.device as "auto",
    models: flags.models,
    stimuli: flags.stimuli,
    limit: flags.limit,
    taps: tapLevel(flags),
    criterion: flags.criterion,
    seed: flags.seed,
    out: flags.out,
    units: flags.units,
    moments: flags.moments,
    replicates: flags.replicates,
    scrambled: flags.scrambled,
    network: userNetwork(flags),
    weights: flags.weights,
    allowUnpinned: flags.allowUnpinned,
    mirror: flags.mirror ?? process.env.FUSIFORM_MIRROR,
    root: flags.root,
    offline: flags.offline,
    command: ["deno task reproduce", ...Deno.args].join(" "),
    onProgress: display.onProgress,
    signal,
  }).finally(() => display.close());
  const { results, directory } = done;
  const page = anyRan(results) ? join(directory, "index.html") : null;
  const notRun = results.networks.filter((network) => network.status === "not run");
  if (flags.json === true) {
    console.log(JSON.stringify({
      id: results.id,
      directory,
      report: page,
      results: join(directory, "results.json"),
      claims: Object.fromEntries(results.claims.map((claim) => [claim.id, claim.verdict])),
      duplicates: results.stimuli.duplicates ?? [],
      notRun: notRun.map((network) => ({ id: network.id, reason: network.reason })),
    }));
  } else if (flags.quiet === true) {
    for (const line of notRunAccounts(results)) console.error(line);
  } else {
    console.log(summary(results));
    const notice = duplicatesNotice(results);
    if (notice !== null) console.log(notice);
    console.log(
      `${results.timing.images} images, ${results.networks.length - notRun.length} networks, ` +
        `${results.timing.wallSeconds.toFixed(0)} s on ${results.provenance.device} (${results.provenance.adapter})`,
    );
    if (page === null) {
      console.log(`nothing ran, so there is no report; results: ${colors.bold(join(directory, "results.json"))}`);
    } else {
      console.log(`report: ${colors.bold(page)}`);
      if (Deno.stdout.isTerminal()) console.log(colors.dim(pathToFileURL(page).href));
    }
  }
  return notRun.length > 0 ? 1 : 0;
}

if (import.meta.main) await runTask(main, "interrupted; nothing was written");
