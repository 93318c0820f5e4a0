/** `deno task schemas`: writes the JSON Schemas of studies and results, which docs/ publishes. */
import { writeFile } from "node:fs/promises";
import { resultsJsonSchema } from "../src/results/mod.ts";
import { conditionsJsonSchema } from "../src/stimuli/mod.ts";
import { studyJsonSchema } from "../src/study/mod.ts";
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

if (import.meta.main) {
  await runTask(async () => {
    for (const [name, schema] of Object.entries(SCHEMAS)) {
      await writeFile(new URL(name, SCHEMA_FOLDER), schemaText(schema()));
      console.log(`docs/${name}`);
    }
    return 0;
  }, "interrupted");
}
