/** `deno task schemas`: writes the JSON Schemas of studies and results, which docs/ publishes. */
import { Command } from "commander";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { resultsJsonSchema, writeAtomically } from "../src/results/mod.ts";
import { conditionsJsonSchema } from "../src/stimuli/mod.ts";
import { studyJsonSchema } from "../src/study/mod.ts";
import { parseCommandLine, path } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** What is published, by the name of its file. */
export const SCHEMAS: Readonly<Record<string, () => object>> = {
  "study.schema.json": studyJsonSchema,
  "results.schema.json": resultsJsonSchema,
  "conditions.schema.json": conditionsJsonSchema,
};

/** Where they are published. */
export const SCHEMA_FOLDER: URL = new URL("../docs/", import.meta.url);

/** A schema as its file holds it. */
export function schemaText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** What the command line may say. */
export function program(): Command {
  return new Command("schemas").description("Write the JSON Schemas of studies, results and conditions.")
    .option("--out <dir>", "where they are written", path, fileURLToPath(SCHEMA_FOLDER));
}

async function main(): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { out } = command.opts<{ readonly out: string }>();
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    await writeAtomically(join(out, name), schemaText(schema()));
    console.log(join(out, name));
  }
  return 0;
}

if (import.meta.main) await runTask(main);
