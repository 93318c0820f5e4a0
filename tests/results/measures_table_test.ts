import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  MEASURES_TABLE_COLUMNS,
  measuresTable,
  type Results,
  toCsv,
  writeMeasuresTable,
} from "../../src/results/mod.ts";
import { syntheticResults } from "./synthetic_results.ts";

const results = syntheticResults({ seeds: 1, layers: ["stem", "pool"], targets: ["faces", "words"] });

function rowsOf(table: Results): Record<string, string>[] {
  const [head, ...lines] = measuresTable(table).trim().split("\r\n").map((line) => line.split(","));
  assert.deepEqual(head, MEASURES_TABLE_COLUMNS);
  return lines.map((line) => Object.fromEntries(line.map((cell, at) => [head[at], cell])));
}

Deno.test("measuresTable() has a row a network, layer, category, criterion and measure, and one a network's own measure", () => {
  const rows = rowsOf(results);
  const networks = results.networks.filter(({ status }) => status === "run").length;
  const ofLayers = results.measures.filter(({ kind }) => kind !== "network").length;
  const layers = 2, categories = 2, criteria = results.criteria.length;
  const profiles = categories * results.conditions.length;
  assert.equal(
    rows.length,
    networks * (layers * (categories * criteria * ofLayers + profiles) + 2 * (1 + categories)),
  );
  const keys = rows.map((row) =>
    ["network", "layer", "category", "condition", "criterion", "measure"].map((name) => row[name]).join()
  );
  assert.equal(new Set(keys).size, rows.length);
  const found = rows.find((row) =>
    row.network === "made-lang-s0" && row.layer === "pool" && row.category === "words" &&
    row.criterion === "conjunction" &&
    row.measure === "localization.across.gini"
  )!;
  const { measures, selected } = results.networks[1].layers[1].categories.words;
  const { value, interval, random, z } = measures["localization.across.gini"];
  assert.deepEqual(
    [found.family, found.depth, found.value, found.low, found.high, found.n, found.random, found.z].map(String),
    ["made-lang", 1, value, ...interval!, selected, random, z].map(String),
  );
  const whole = rows.find((row) => row.measure === "consistency" && row.category === "all")!;
  assert.deepEqual([whole.layer, whole.depth, whole.n, whole.random], ["", "", "", ""]);
});

Deno.test("measuresTable() has a row a condition of each response profile, and every number's own count of units", () => {
  const rows = rowsOf(results).filter((row) =>
    row.network === "made-lang-s0" && row.layer === "pool" && row.category === "words" &&
    row.criterion === "conjunction"
  );
  const { profile, measuredUnits, selected } = results.networks[1].layers[1].categories.words;
  assert.deepEqual(
    rows.filter(({ measure }) => measure === "strength.profile").map(({ condition, value, low, n }) => [
      condition,
      value,
      low,
      n,
    ]),
    results.conditions.map((name) =>
      [name, profile[name].value, profile[name].interval![0], measuredUnits].map(String)
    ),
  );
  const countOf = (name: string): number => Number(rows.find(({ measure }) => measure === name)!.n);
  assert.notEqual(measuredUnits, selected);
  assert.equal(countOf("specificity.dprime"), measuredUnits);
  assert.equal(countOf("proportion"), selected);
});

Deno.test("measuresTable() has a measure that nothing but the results knows", () => {
  const more = structuredClone(results);
  more.measures.push({ ...more.measures[1], name: "made.up", label: "Made up", primary: false });
  more.networks[0].layers[0].categories.faces.measures["made.up"] = { value: 7, interval: null };
  assert.deepEqual(rowsOf(more).filter((row) => row.measure === "made.up").map(({ value, low }) => [value, low]), [
    ["7", ""],
  ]);
});

Deno.test("measuresTable() leaves a number empty where there is none", () => {
  const none = structuredClone(results);
  none.networks[0].layers[0].categories.faces.measures.proportion = { value: null, interval: null, reason: "made up" };
  const [first] = rowsOf(none);
  assert.deepEqual([first.measure, first.value, first.low], ["proportion", "", ""]);
});

Deno.test("writeMeasuresTable() writes the table, whole or not at all", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-table-"));
  try {
    await writeMeasuresTable(join(folder, "measures.csv"), results);
    assert.equal(await readFile(join(folder, "measures.csv"), "utf8"), measuresTable(results));
    await assert.rejects(writeMeasuresTable(folder, results));
  } finally {
    await rm(folder, { recursive: true });
  }
});

Deno.test("toCsv() quotes what RFC 4180 asks to quote and leaves numbers as they are", () => {
  const csv = toCsv(["name", "value", "list"], [
    { name: 'say "a,b"', value: -0.1, list: [1, 2.5] },
    { name: "two\nlines", value: null, list: [] },
  ]);
  assert.equal(csv, 'name,value,list\r\n"say ""a,b""",-0.1,1 2.5\r\n"two\nlines",,\r\n');
});

Deno.test("toCsv() keeps a spreadsheet from running a name as a formula", () => {
  assert.equal(toCsv(["name"], [{ name: "=HYPERLINK(1)" }, { name: "-x" }]), "name\r\n'=HYPERLINK(1)\r\n'-x\r\n");
});
