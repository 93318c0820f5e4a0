import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { conditionsJsonSchema, parseConditionsFile } from "../../src/stimuli/mod.ts";

Deno.test("parseConditionsFile() reads pools, targets, controls and what a report says of the set", () => {
  const file = {
    conditions: { faces: ["adult", "child"] },
    targets: ["faces"],
    controls: ["objects", "scrambled"],
    title: "Faces of our laboratory",
    licence: "CC0",
    citation: "Nobody 2020",
  };
  assert.deepEqual(parseConditionsFile(JSON.stringify(file), "x"), file);
  assert.deepEqual(parseConditionsFile("{}", "x"), {});
});

Deno.test("parseConditionsFile() names every place that does not fit, in one sentence", () => {
  const wrong = { conditions: { faces: "adult", places: [] }, targets: [3], controls: [], colour: "red" };
  assert.throws(() => parseConditionsFile(JSON.stringify(wrong), '"a/conditions.json"'), (error: Error) => {
    assert.ok(error instanceof RequestError);
    assert.match(error.message, /^Cannot read "a\/conditions\.json": /);
    for (const place of ["conditions.faces", "conditions.places", "targets.0", "controls", "colour"]) {
      assert.ok(error.message.includes(place), `${place} in ${error.message}`);
    }
    assert.ok(!error.message.includes("\n"));
    return true;
  });
  assert.throws(() => parseConditionsFile("[", "x"), /^RequestError: Cannot read x: it is not JSON/);
  assert.throws(() => parseConditionsFile("[]", "x"), /Cannot read x: the file: expected object/);
});

Deno.test("conditionsJsonSchema() requires nothing and allows no other field", () => {
  const { properties, required, additionalProperties } = conditionsJsonSchema() as Record<string, object>;
  assert.deepEqual(Object.keys(properties).sort(), [
    "$schema",
    "citation",
    "conditions",
    "controls",
    "licence",
    "targets",
    "title",
  ]);
  assert.deepEqual([required, additionalProperties], [undefined, false]);
});
