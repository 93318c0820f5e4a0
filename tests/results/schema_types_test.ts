import assert from "node:assert/strict";
import type { z } from "zod";
import { type Results, resultsJsonSchema } from "../../src/results/mod.ts";
import { layout } from "../../src/results/schema.ts";
import type { Same } from "../same_type.ts";

Deno.test("Results documents exactly the fields that the schema checks", () => {
  const same: Same<z.infer<typeof layout>, Results> = true;
  assert.ok(same);
});

Deno.test("resultsJsonSchema() requires every field of Results and allows no other", () => {
  const { required, properties, additionalProperties } = resultsJsonSchema() as Record<
    string,
    Record<string, Record<string, unknown>>
  >;
  // Results that were written before there was one have no checksum.
  assert.deepEqual([...required as unknown as string[], "checksum"], Object.keys(properties));
  assert.equal(additionalProperties, false);
  assert.equal(properties.schemaVersion.const, 2);
  assert.match(JSON.stringify(resultsJsonSchema()), /"measures"/);
});
