import { type Command, Option } from "commander";
import { readFile } from "node:fs/promises";
import { RequestError } from "../../src/errors.ts";
import { type ModelEntry, PIN_STATUSES, SUPERVISIONS } from "../../src/lock/mod.ts";
import { recipeOfName } from "../../src/study/mod.ts";
import { RepeatableOption } from "../../src/terminal/mod.ts";
import { whole } from "../../src/terminal/mod.ts";

/** What the command line says of an entry. */
export interface EntryFlags {
  readonly url?: string;
  readonly path?: string;
  readonly family?: string;
  readonly title?: string;
  readonly supervision?: string;
  readonly role?: string;
  readonly seed?: number;
  readonly architecture?: string;
  readonly format?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly sha256Prefix?: string;
  readonly status?: string;
  readonly evidence?: string[];
  readonly licence?: string;
  readonly trainingData?: string;
  readonly language?: string;
  readonly preprocessing?: string;
  readonly doi?: string;
  readonly bibtex?: string;
}

function collect(value: string, all: string[] = []): string[] {
  return [...all, value];
}

/** Gives a command the options that describe an entry. */
export function addEntryOptions(command: Command): Command {
  return command
    .addOption(new Option("--url <url>", "where its owner publishes it").conflicts("path"))
    .option("--path <file>", "a file that comes with the project, from its root")
    .option("--family <name>", "networks that differ in their seed alone share it (by default the id)")
    .option("--title <text>", "its name in reports")
    .addOption(
      new Option("--supervision <kind>", "what it learned from").choices([...SUPERVISIONS]),
    )
    .option("--role <text>", "what it stands for in a comparison")
    .option("--seed <n>", "the seed it was trained with", whole(0))
    .option("--architecture <name>", "which graph its tensors make: resnet50, clip-rn50, vit-b16, onnx, …")
    .addOption(new Option("--format <name>", "of the file").choices(["safetensors", "pytorch", "torchscript", "onnx"]))
    .option("--bytes <n>", "its size", whole(0))
    .option("--sha256 <hex>", "its hash, as published")
    .option("--sha256-prefix <hex>", "the leading digits of its hash, where only these are published")
    .addOption(new Option("--status <name>", "how well the hash is founded").choices([...PIN_STATUSES]))
    .addOption(
      new RepeatableOption("--evidence <text>", "where the hash was found; repeatable").argParser(collect),
    )
    .option("--licence <text>", "its licence")
    .option("--training-data <text>", "what it was trained on (with --path, not stated by default)")
    .option("--language <text>", "how language entered its training (with --path, not stated by default)")
    .option("--preprocessing <recipe>", "imagenet, clip, inception or a JSON file")
    .option("--doi <doi>", "of the paper to cite")
    .option("--bibtex <file>", "a file with one BibTeX entry");
}

/**
 * The fields of an entry that the flags give, before the lock's format is checked.
 *
 * @throws {RequestError} where a file that a flag names cannot be read.
 */
export async function entryFields(flags: EntryFlags): Promise<Record<string, unknown>> {
  const { url, path, preprocessing, bibtex, ...rest } = flags;
  const fields: Record<string, unknown> = { ...rest };
  if (url !== undefined) fields.source = { url };
  if (path !== undefined) fields.source = { path };
  if (preprocessing !== undefined) {
    fields.preprocessing = recipeOfName(preprocessing) ?? await readRecipe(preprocessing);
  }
  if (bibtex !== undefined) fields.bibtex = (await text(bibtex, "--bibtex")).trim();
  return fields;
}

async function readRecipe(path: string): Promise<unknown> {
  const content = await text(path, "--preprocessing");
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new RequestError(
      `Cannot read --preprocessing ${path}: ${
        (error as Error).message
      }; expected imagenet, clip, inception or a JSON file`,
      { cause: error },
    );
  }
}

async function text(path: string, flag: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new RequestError(`Cannot read ${flag} ${path}: ${(error as Error).message}; expected a file`, {
      cause: error,
    });
  }
}

/** Fields in the order of the format, so that entries written by hand and by command look alike. */
const ORDER: readonly (keyof ModelEntry)[] = [
  "id",
  "family",
  "title",
  "supervision",
  "role",
  "seed",
  "architecture",
  "format",
  "source",
  "bytes",
  "sha256",
  "sha256Prefix",
  "status",
  "evidence",
  "licence",
  "trainingData",
  "language",
  "preprocessing",
  "doi",
  "bibtex",
  "weightsPrefix",
  "training",
  "accuracy",
];

/** Puts fields in the order of the format. */
export function inOrder(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = ORDER.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
  const other = Object.entries(fields).filter(([name]) => !ORDER.includes(name as keyof ModelEntry));
  return Object.fromEntries([...known, ...other]);
}
