import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resultsJsonSchema } from "../../src/results/mod.ts";

const FROZEN = new URL("../../fixtures/results/results-0.2.0.schema.json", import.meta.url);

type Schema = Record<string, unknown>;

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where files written by one version are no longer what the other describes; new fields that may be absent do not count. */
function contradictions(frozen: unknown, current: unknown, path = ""): string[] {
  if (Array.isArray(frozen) && Array.isArray(current)) {
    if (path.endsWith("/enum")) {
      return frozen.filter((value) => !current.includes(value)).map((v) => `${path}: no ${v}`);
    }
    if (path.endsWith("/required")) {
      const changed = [
        ...frozen.filter((name) => !current.includes(name)),
        ...current.filter((name) => !frozen.includes(name)),
      ];
      return changed.map((name) => `${path}: ${name}`);
    }
    if (frozen.length !== current.length) return [`${path}: ${current.length} in place of ${frozen.length}`];
    return frozen.flatMap((value, i) => contradictions(value, current[i], `${path}/${i}`));
  }
  if (isSchema(frozen) && isSchema(current)) {
    const names = path.endsWith("/properties")
      ? Object.keys(frozen)
      : [...new Set([...Object.keys(frozen), ...Object.keys(current)])]
        .filter((name) => name !== "title" && name !== "description");
    return names.flatMap((name) => contradictions(frozen[name], current[name], `${path}/${name}`));
  }
  return Object.is(frozen, current)
    ? []
    : [`${path}: ${JSON.stringify(current)} in place of ${JSON.stringify(frozen)}`];
}

async function frozen(): Promise<Schema> {
  return JSON.parse(await readFile(FROZEN, "utf8"));
}

Deno.test("version 2 of results.json is what 0.2.0 wrote, and fields that may be absent", async () => {
  assert.deepEqual(contradictions(await frozen(), resultsJsonSchema()), []);
});

Deno.test("a field that is gone, is new and needed, or means something else contradicts the frozen schema", async () => {
  const change = async (edit: (schema: { properties: Schema; required: string[] }) => void): Promise<string[]> => {
    const schema = await frozen();
    edit(schema as { properties: Schema; required: string[] });
    return contradictions(await frozen(), schema);
  };
  assert.deepEqual(await change(({ properties }) => properties.later = { type: "string" }), []);
  assert.deepEqual(await change(({ required }) => required.push("later")), ["/required: later"]);
  assert.equal((await change(({ properties }) => delete properties.claims)).length, 1);
  assert.deepEqual(await change(({ properties }) => properties.id = { type: "number" }), [
    '/properties/id/type: "number" in place of "string"',
  ]);
});
