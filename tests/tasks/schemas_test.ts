import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { SCHEMA_FOLDER, SCHEMAS, schemaText } from "../../tasks/schemas.ts";

for (const [name, schema] of Object.entries(SCHEMAS)) {
  Deno.test(`docs/${name} is what the code accepts; deno task schemas writes it again`, async () => {
    assert.equal(await readFile(new URL(name, SCHEMA_FOLDER), "utf8"), schemaText(schema()));
  });
}
