import assert from "node:assert/strict";
import fc from "fast-check";
import { compareSelected, parseSelected, type SelectedUnits, serializeSelected } from "../../src/results/mod.ts";

const units = fc.uniqueArray(fc.integer({ min: 0, max: 4_000_000_000 }), { maxLength: 40 })
  .map((list) => Uint32Array.from(list).sort());

function selected(halves: readonly (readonly Uint32Array[])[], network = "net"): SelectedUnits {
  return new Map([[network, new Map([["layer", halves]])]]);
}

Deno.test("parseSelected() gives back what serializeSelected() wrote, whatever the units", () => {
  fc.assert(
    fc.property(fc.array(fc.array(units, { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 2 }), (halves) => {
      const read = parseSelected(serializeSelected({ id: "run" }, selected(halves)));
      assert.deepEqual(read.get("net")!.get("layer"), halves);
    }),
  );
});

Deno.test("serializeSelected() leaves out a network that selects more than a million units", () => {
  const many = Uint32Array.from({ length: 500_001 }, (_, unit) => unit), none = new Uint32Array();
  const text = serializeSelected({ id: "run" }, selected([[many, none], [many, none]]));
  assert.equal(parseSelected(text).size, 0);
  assert.equal(parseSelected(serializeSelected({ id: "run" }, selected([[many, none], [none, none]]))).size, 1);
});

Deno.test("parseSelected() refuses in one sentence what is no such list", () => {
  const of = (list: string): string =>
    JSON.stringify({ format: 1, run: "r", networks: { net: { layer: [[list], [""]] } } });
  for (const text of ["no json", "{}", of("gA=="), of("/////////w=="), of("%")]) {
    assert.throws(() => parseSelected(text), /^Error: Cannot read the selected units in "selected\.json": [^\n]+$/);
  }
});

Deno.test("compareSelected() counts shared units over both halves, and knows where there is nothing to share", () => {
  const list = (...each: number[]): Uint32Array => Uint32Array.from(each), none = list();
  const a = selected([[list(1, 2, 3), none], [list(7), none]]), b = selected([[list(2, 3, 4), none], [none, none]]);
  assert.deepEqual(compareSelected(a, b, ["faces", "words"]), [
    { network: "net", layer: "layer", target: "faces", a: 4, b: 3, dice: 4 / 7 },
    { network: "net", layer: "layer", target: "words", a: 0, b: 0, dice: null },
  ]);
  assert.deepEqual(compareSelected(a, selected([[none], [none]], "other"), ["faces"]), []);
});
