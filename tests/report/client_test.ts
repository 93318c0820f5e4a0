import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeRows } from "../../src/report/_encode_rows.ts";
import { availableChoices } from "../../src/report/client/available_choices.ts";
import { decodeRows } from "../../src/report/client/decode_rows.ts";
import { readFragment, writeFragment } from "../../src/report/client/fragment.ts";
import { atlasSvg } from "../../src/report/client/atlas_svg.ts";
import { withEmptyPanels } from "../../src/report/client/empty_panels.ts";
import type { FigureFilters } from "../../src/report/figures/figure.ts";
import { CLIENT_SCRIPT } from "../../src/report/_client_script.ts";
import { type Selection, selectRows } from "../../src/report/client/select_rows.ts";
import { runCommand } from "../tasks/run_command.ts";

const value = fc.oneof(
  fc.constantFrom("faces", "words", "<b>", ""),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 3 }),
);

Deno.test("decodeRows() undoes encodeRows() through JSON", () => {
  fc.assert(fc.property(fc.array(fc.record({ a: value, b: value, at: value }), { maxLength: 40 }), (rows) => {
    const plain = JSON.parse(JSON.stringify(rows));
    assert.deepEqual(decodeRows(JSON.parse(JSON.stringify(encodeRows(plain)))), plain);
  }));
});

Deno.test("decodeRows() gives null for a field that a row does not have", () => {
  assert.deepEqual(decodeRows(encodeRows([{ a: 1 }, { b: 2 }])), [{ a: 1, b: null }, { a: null, b: 2 }]);
});

Deno.test("encodeRows() writes runs of a value once", () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ network: index < 500 ? "a" : "b" }));
  assert.deepEqual(encodeRows(rows).columns.network, { of: ["a", "b"], runs: [0, 500, 1, 500] });
});

Deno.test("readFragment() undoes writeFragment() for any names and values", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), (state) => {
      const defaults = { other: "x" };
      const read = readFragment(writeFragment({ ...state, other: "y" }, defaults));
      assert.deepEqual({ ...read }, { ...state, other: "y" });
    }),
  );
});

Deno.test("writeFragment() leaves out what is as at first", () => {
  assert.equal(writeFragment({ category: "all", layer: "3" }, { category: "all", layer: "3" }), "");
  assert.equal(writeFragment({ category: "faces", layer: "3" }, { category: "all", layer: "3" }), "#category=faces");
  assert.equal(writeFragment({ category: "all", at: "proportion" }, { category: "all" }), "#proportion");
});

Deno.test("readFragment() takes a plain name for a section and reads broken escapes as they stand", () => {
  assert.deepEqual(readFragment("#proportion"), { at: "proportion" });
  assert.deepEqual(readFragment(""), {});
  assert.deepEqual(readFragment("#category=%E0%A4%A"), { category: "\ufffd%A" });
});

const ROWS = [
  { category: "faces", criterion: "c", family: "a", network: "a0", layer: "stem", measure: "t", value: 1 },
  { category: "words", criterion: "c", family: "a", network: "a0", layer: "pool", measure: "t", value: 2 },
  { category: "all", criterion: "d", family: "b", network: "b0", layer: "relu", measure: "d", value: 3 },
];
const ALL: Selection = { category: "all", layer: 0, criterion: "c", families: ["a", "b"], choices: {} };
const NEAREST = { a0: ["stem", "pool"], b0: ["relu", "relu"] };

function kept(filters: Partial<FigureFilters>, selection: Partial<Selection>): unknown[] {
  return selectRows(ROWS, { criterion: "main", ...filters }, { ...ALL, ...selection }, NEAREST).map((row) => row.value);
}

Deno.test("selectRows() filters by what the figure follows, and by nothing else", () => {
  assert.deepEqual(kept({}, { category: "faces", families: [] }), [1, 2, 3]);
  assert.deepEqual(kept({ category: "any" }, {}), [1, 2]);
  assert.deepEqual(kept({ category: "any" }, { category: "words" }), [2]);
  assert.deepEqual(kept({ category: "exact" }, {}), [3]);
  assert.deepEqual(kept({ criterion: "chosen" }, {}), [1, 2]);
  assert.deepEqual(kept({ networks: true }, { families: ["b"] }), [3]);
  assert.deepEqual(kept({ layer: true }, {}), [1, 3]);
  assert.deepEqual(kept({ layer: true }, { layer: 1 }), [2, 3]);
  assert.deepEqual(kept({ layer: true }, { layer: 9 }), []);
  assert.deepEqual(kept({}, { choices: { measure: "d" } }), [3]);
});

Deno.test("availableChoices() falls back to an option that has rows", () => {
  const options = ["t", "d"].map((name) => ({ value: name, label: name }));
  const choices = [{ column: "measure", label: "Measure", options, initial: "t" }];
  const of = (criterion: string, wanted: string) =>
    availableChoices(ROWS, { criterion: "chosen" }, choices, { measure: wanted }, { ...ALL, criterion }, NEAREST);
  assert.deepEqual(of("c", "t"), { values: { measure: "t" }, options: { measure: ["t"] } });
  assert.deepEqual(of("d", "t"), { values: { measure: "d" }, options: { measure: ["d"] } });
  assert.deepEqual(of("e", "d"), { values: { measure: "t" }, options: { measure: [] } });
});

Deno.test("withEmptyPanels() adds a row for each panel in which nothing can be drawn, and only for wanted ones", () => {
  const rows = [{ category: "faces", value: 1 }, { category: "words", value: null }];
  const panels = ["faces", "places", "words"];
  const added = (category: string, filters: Partial<FigureFilters> = { category: "any" }) =>
    withEmptyPanels(rows, panels, { criterion: "main", ...filters }, { category }).slice(rows.length);
  assert.deepEqual(added("all"), [{ category: "places", empty: true }, { category: "words", empty: true }]);
  assert.deepEqual(added("words"), [{ category: "words", empty: true }]);
  assert.deepEqual(added("faces"), []);
  assert.deepEqual(added("faces", {}), [{ category: "places", empty: true }, { category: "words", empty: true }]);
  assert.deepEqual(withEmptyPanels([], panels, { criterion: "main" }, { category: "all" }), []);
  assert.equal(withEmptyPanels(rows, undefined, { criterion: "main" }, { category: "all" }), rows);
});

const CHANNEL = {
  category: "faces",
  family: "a",
  network: "a0",
  layer: "stem",
  channel: 7,
  share: 0.25,
  most: ["m"],
  least: ["l"],
  mostPictures: [0],
  leastPictures: [3],
  rows: 2,
  columns: 3,
  counts: [1, 1, 0, 0, 0.5, 0],
  "response faces": 2.04,
  "response <objects>": -1,
};
const LOOK = { targets: ["faces", "words"], conditions: ["faces", "<objects>"], colors: { a: "#0072b2" } };

Deno.test("atlasSvg() draws pictures, map and profile of a channel, and says where a category has none", () => {
  const svg = atlasSvg([CHANNEL, { category: "words", empty: true }], LOOK, "wide", true);
  assert.match(svg, /Channel 7 · 25\u00a0% of units selective/);
  assert.deepEqual([...svg.matchAll(/href="#(picture-\d)"/g)].map(([, id]) => id), ["picture-0", "picture-3"]);
  // Two whole cells in the first row are one rectangle; the half one stands alone.
  assert.match(svg, /fill-opacity="1" d="M0,0h2v1h-2z"/);
  assert.match(svg, /fill-opacity="0.45" d="M1,1h1v1h-1z"/);
  assert.match(svg, />2.0</);
  assert.match(svg, />−1.0</);
  assert.match(svg, /none selected/);
  assert.ok(svg.includes("&lt;objects&gt;") && !svg.includes("<objects>"));
  assert.equal(svg.match(/data-says="/g)!.length, 5);
  assert.doesNotMatch(atlasSvg([CHANNEL], LOOK, "narrow", false), /data-says/);
});

Deno.test("atlasSvg() leaves out what a channel lacks", () => {
  const bare = { ...CHANNEL, mostPictures: [-1], leastPictures: [], rows: 0, columns: 0, counts: [] };
  const svg = atlasSvg([{ ...bare, "response faces": null, "response <objects>": null }], LOOK, "wide", true);
  assert.doesNotMatch(svg, /<use|Drive it|Where|Held-out|NaN/);
});

Deno.test("the committed script of the page is what its source bundles to, and asks for nothing else", async () => {
  // In a process of its own, which ends with the bundler's.
  const { code, out, error } = await runCommand("client.ts", ["--check"]);
  assert.equal(code, 0, out + error);
  assert.doesNotThrow(() => new Function(CLIENT_SCRIPT));
  assert.doesNotMatch(CLIENT_SCRIPT, /\bimport\b|\brequire\(|<\/script|\beval\(|new Function|Function\(/);
});
