import { Command, InvalidArgumentError, Option } from "commander";
import { stat } from "node:fs/promises";
import process from "node:process";
import { CRITERIA } from "../criteria/mod.ts";
import { RequestError } from "../errors.ts";
import { ARCHITECTURES } from "../networks/mod.ts";
import { recordShard, reproduce, type ReproduceOptions, type Shard } from "../reproduce/mod.ts";
import { changeStudy, formatStudy, isFileNetwork, STUDIES, type Study, type StudyPair } from "../study/mod.ts";
import { parseCommandLine, RepeatableOption } from "./command_line.ts";
import { path, positive, whole } from "./numbers.ts";
import { addOutputFlags, type OutputFlags } from "./output_flags.ts";
import { printLayers } from "./print_layers.ts";
import { progressDisplay } from "./progress_display.ts";
import { tellRun, tellShard } from "./tell_run.ts";
import { layersOf, list, networksOf, pair, recipeOf, stimuliWith, studyOf } from "./study_flags.ts";

function override(value: string, all: Map<string, string>): Map<string, string> {
  const at = value.indexOf("=");
  if (at < 1 || at === value.length - 1) throw new InvalidArgumentError("Expected ID=FILE.");
  const id = value.slice(0, at);
  if (all.has(id)) throw new InvalidArgumentError(`It names two files for "${id}".`);
  return new Map(all).set(id, value.slice(at + 1));
}

/** `faces=adult+child`, added to the pools before it. */
function pool(value: string, all: Readonly<Record<string, string[]>> = {}): Record<string, string[]> {
  const at = value.indexOf("=");
  const name = value.slice(0, Math.max(at, 0)).trim();
  const members = value.slice(at + 1).split("+").map((member) => member.trim());
  if (at < 0 || name === "" || members.includes("")) throw new InvalidArgumentError("Expected NAME=FOLDER+FOLDER.");
  if (Object.hasOwn(all, name)) throw new InvalidArgumentError(`It makes "${name}" twice.`);
  return { ...all, [name]: members };
}

/** `3/8`, from 1/8 to 8/8. */
function shard(value: string): Shard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(value)?.map(Number) ?? [];
  if (!(index >= 1 && index <= of)) throw new InvalidArgumentError("Expected I/N with I from 1 to N, such as 3/8.");
  return { index, of };
}

/** What the command line may say. */
export function reproduceProgram(): Command {
  const command = new Command("reproduce")
    .description("Find the category-selective units of every network of a study and write a report.")
    .argument("[study]", `which study: ${STUDIES.map(({ name }) => name).join(", ")} or a study file (.json)`, "mini")
    .addOption(
      new Option("--device <name>", "where networks run: auto, webgpu, cpu or wasm").default("auto"),
    )
    .addOption(
      new RepeatableOption(
        "--network <[family=]file|id>",
        "a file of your own (.onnx, .safetensors, .pth, .pt), or an id or family of the lock, in place of the study's " +
          "networks; networks of one family are trainings of one kind; repeatable",
      ).argParser((value: string, before: string[]) => [...before, value]).default([], "the study's"),
    )
    .addOption(
      new RepeatableOption("--compare <a:b>", "compare family B with family A, the difference B − A; repeatable")
        .argParser(pair).default([], "every pair, in the order given"),
    )
    .option(
      "--stimuli <set|dir>",
      "procedural, floc, or a folder with a folder of images per condition, and folders per category inside it",
    )
    .option("--targets <names>", "the conditions to select units for, separated by commas", list)
    .option("--controls <names>", "the conditions that only stand against them; others are left out", list)
    .addOption(
      new RepeatableOption("--pool <name=folder+folder>", "folders that make one condition; repeatable").argParser(
        pool,
      ),
    )
    .option("--limit <n>", "at most n images of each category", whole(1))
    .option(
      "--scrambled",
      "use scrambled places and words as conditions like any other (else only criteria that ask for them do)",
    )
    .option("--layers <which>", "stages, blocks or names separated by commas")
    .option(
      "--lesions <layers>",
      "set the selective units of these layers to their mean and read conditions out at the last layer, beside 20 random " +
        "sets of units; names separated by commas, in the networks that have them",
      list,
    )
    .option(
      "--criterion <name|expression>",
      `what makes a unit selective: ${CRITERIA.map(({ name }) => name).join(", ")}, or an expression over t, p, q ` +
        "(also q_by, q_bonferroni, each also with _pooled), d, mean, var and n of a condition, of rest or of target",
    )
    .option("--seed <n>", "seed of every sample and resample (default: the study's, else 0)", whole(0))
    .option(
      "--out <dir>",
      "where <study>/<id>/ is written, or own-networks/<id>/ for networks that are not the study's (default: reports); " +
        "with --shard where shard-<i>-of-<n>/ is written (default: shards)",
      path,
    )
    .addOption(
      new Option(
        "--shard <i/n>",
        "record part i of n of the run and stop; deno task merge joins the parts, made on any machines",
      ).argParser(shard).conflicts("units"),
    )
    .option("--fast", "one criterion; no nulls, no intervals")
    .option("--no-keep", "do not keep what is recorded, or prepared images, for other runs")
    .option("--store-limit <gib>", "most GiB of recordings to keep", positive, 10)
    .addOption(
      new Option(
        "--list-layers [all]",
        "list the values of an .onnx file that can be layers, and stop; all: also those that only rearrange another",
      ).choices(["all"]),
    )
    .option(
      "--preprocessing <recipe>",
      "how images become the input of your own files: imagenet, clip, inception (from −1 to 1), a JSON file or JSON",
    )
    .option(
      "--architecture <name>",
      "which network the weights of your own files make, where their tensors do not tell: timm-vit-s16, …",
    )
    .option("--print-study", "print the study that this command line amounts to, and stop")
    .addOption(
      new RepeatableOption("--weights <id=file>", "a local file in place of a download; repeatable")
        .argParser(override).default(new Map(), "none"),
    )
    .option("--allow-unpinned", "accept files that no hash pins, and record theirs")
    .option("--mirror <url>", "a mirror that stands in for every host: <url>/<host>/<path> (or FUSIFORM_MIRROR)");
  return addOutputFlags(command);
}

interface Flags extends OutputFlags {
  device: string;
  network: string[];
  compare: StudyPair[];
  printStudy?: boolean;
  stimuli?: string;
  targets?: string[];
  controls?: string[];
  pool?: Record<string, string[]>;
  limit?: number;
  layers?: string;
  lesions?: string[];
  criterion?: string;
  seed?: number;
  out?: string;
  shard?: Shard;
  fast?: boolean;
  keep: boolean;
  storeLimit: number;
  scrambled?: boolean;
  listLayers?: true | "all";
  preprocessing?: string;
  architecture?: string;
  weights: Map<string, string>;
  allowUnpinned?: boolean;
  mirror?: string;
}

/** What earlier versions called flags, and what to say instead. */
const FORMER_FLAGS: Readonly<Record<string, string>> = {
  "--taps": "use --layers",
  "--models": "use --network",
  "--list-taps": "use --list-layers",
  "--moments": "recordings are kept in the store, unless --no-keep is given",
  "--replicates": "intervals need no number, and --fast leaves them out",
};

/** What a study file says of each network or comparison, so that no flag can. */
const STUDY_FIELDS: Readonly<Record<string, string>> = {
  "--supervision": '"supervision" of a network',
  "--training": '"training" of a network',
  "--training-data": '"trainingData" of a network',
  "--claims": '"claims" of a comparison',
};

function refuseUnknownFlags(args: readonly string[]): void {
  for (const argument of args) {
    const flag = argument.replace(/=.*$/s, "");
    if (Object.hasOwn(STUDY_FIELDS, flag)) {
      throw new RequestError(
        `Cannot use ${flag}: only a study file can say it, as ${
          STUDY_FIELDS[flag]
        }; --print-study writes one to begin with`,
      );
    }
    if (Object.hasOwn(FORMER_FLAGS, flag)) {
      throw new RequestError(`Cannot use ${flag}: there is no such flag any more; ${FORMER_FLAGS[flag]}`);
    }
  }
}

async function checkWeights(weights: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, path] of weights) {
    const file = await stat(path).catch(() => null);
    if (file?.isFile() !== true) {
      throw new RequestError(`Cannot use --weights ${id}=${path}: there is no such file`);
    }
  }
}

/** The study that is named, with what the flags change. */
async function requestedStudy(name: string, flags: Flags): Promise<Study> {
  const { network, compare, stimuli, limit, scrambled, criterion, seed, fast, lesions } = flags;
  if (flags.preprocessing !== undefined && network.length === 0) {
    throw new RequestError("Cannot use --preprocessing without --network FILE");
  }
  const layers = layersOf(flags.layers);
  const base = await studyOf(name);
  const { architecture } = flags;
  if (architecture !== undefined && !ARCHITECTURES.includes(architecture)) {
    throw new RequestError(`Unknown architecture: "${architecture}". Should be one of: ${ARCHITECTURES.join(", ")}`);
  }
  const recipe = await recipeOf(flags.preprocessing);
  const networks = networksOf(network, { ...recipe, ...(layers && { layers }), architecture });
  if (architecture !== undefined && !networks.some((one) => isFileNetwork(one) && one.architecture !== undefined)) {
    throw new RequestError("Cannot use --architecture without --network FILE of weights (.safetensors, .pth, .pt)");
  }
  return changeStudy(base, {
    networks: networks.length > 0 ? networks : undefined,
    compare: compare.length > 0 ? compare : undefined,
    stimuli: stimuliWith(base.stimuli, stimuli, {
      targets: flags.targets,
      controls: flags.controls,
      conditions: flags.pool,
    }),
    layers,
    criterion,
    limit,
    scrambled,
    fast,
    seed,
    lesions,
  });
}

/** How the command is run. */
export interface CommandContext {
  /** What the results record as the command, before its arguments: `deno task reproduce`. */
  readonly name: string;
  /** Ends the run without a report. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the command line `reproduce`.
 *
 * @param args What follows its name.
 * @returns The exit status: 0 where it is done, 1 where a network could not be run.
 * @throws {RequestError} where the request is wrong.
 * @throws {Error} where the run fails.
 */
export async function reproduceCommand(args: readonly string[], { name, signal }: CommandContext): Promise<number> {
  refuseUnknownFlags(args);
  const command = reproduceProgram();
  if (!await parseCommandLine(command, args)) return 0;
  const flags = command.opts<Flags>();
  if (flags.listLayers !== undefined) {
    const files = networksOf(flags.network, {}).flatMap((network) => isFileNetwork(network) ? [network.weights] : []);
    return await printLayers(files.find((path) => /\.onnx$/i.test(path)), {
      all: flags.listLayers === "all",
      json: flags.json === true,
    });
  }
  const study = await requestedStudy(command.processedArgs[0], flags);
  if (flags.printStudy === true) {
    console.log(formatStudy(study).trimEnd());
    return 0;
  }
  await checkWeights(flags.weights);
  const display = progressDisplay({
    quiet: flags.quiet === true || flags.json === true,
    terminal: process.stderr.isTTY && process.env.TERM !== "dumb",
  });
  const options: ReproduceOptions = {
    study,
    device: flags.device as "auto",
    out: flags.out,
    units: flags.units,
    keep: flags.keep,
    storeLimitBytes: flags.storeLimit * 2 ** 30,
    weights: flags.weights,
    allowUnpinned: flags.allowUnpinned,
    mirror: flags.mirror ?? process.env.FUSIFORM_MIRROR,
    root: flags.root,
    offline: flags.offline,
    command: [name, ...args].join(" "),
    onProgress: display.onProgress,
    onNotice: flags.quiet === true ? undefined : (sentence) => console.error(`notice: ${sentence}`),
    signal,
  };
  if (flags.shard !== undefined) {
    const recorded = await recordShard(options, flags.shard).finally(() => display.close());
    return tellShard(recorded, flags);
  }
  return tellRun(await reproduce(options).finally(() => display.close()), flags);
}
