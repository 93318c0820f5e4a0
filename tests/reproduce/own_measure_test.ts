import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Criterion } from "../../src/criteria/mod.ts";
import type { UnitMeasure } from "../../src/measures/mod.ts";
import { reproduce } from "../../src/reproduce/mod.ts";
import { readResults } from "../../src/results/mod.ts";

/** How far the preferred condition lies above the mean of all others: one object, and nothing else in the project knows it. */
const LEAD: UnitMeasure = {
  name: "strength.leadOverMean",
  kind: "unit",
  group: "strength",
  range: [null, null],
  direction: 1,
  label: "lead over the mean of the others",
  short: "mean lead",
  unit: "",
  format: "number",
  definition: "Mean held-out response to the category less the mean over the other conditions.",
  doi: null,
  values({ moments, target, others, units }) {
    return Float64Array.from(units, (unit) => {
      const rest = others.reduce((sum, k) => sum + moments[k].mean[unit], 0) / others.length;
      return moments[target].mean[unit] - rest;
    });
  },
};

/** A tenth of the units: those that lie furthest above the first other condition. */
const TENTH: Criterion = {
  name: "own-tenth",
  definition: "the tenth of the units with the largest difference from the first other condition",
  status: "user",
  source: "a test",
  doi: null,
  population: "units",
  needsResponses: false,
  fixesProportion: true,
  select({ moments, target }) {
    const other = moments.findIndex(({ n }, k) => k !== target && n > 0);
    const lead = Float64Array.from(moments[target].mean, (mean, unit) => mean - moments[other].mean[unit]);
    const order = Uint32Array.from(lead.keys()).sort((a, b) => lead[b] - lead[a] || a - b);
    const mask = new Uint8Array(lead.length);
    for (const unit of order.subarray(0, Math.ceil(lead.length / 10))) mask[unit] = 1;
    return mask;
  },
};

Deno.test("a measure and a criterion of one object each are in the results, the table, the comparisons and the page", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-"));
  try {
    const { directory } = await reproduce({
      study: "mini",
      networks: ["mini-vision-s0", "mini-lang-s0"],
      limit: 4,
      layers: "stages",
      device: "cpu",
      measures: [LEAD],
      criteria: [TENTH],
      analysis: { criteria: [], permutations: 0, placements: 2, splits: 2, otherSplits: 1 },
      keep: false,
      out: join(folder, "out"),
      cache: join(folder, "cache"),
    });
    const results = await readResults(join(directory, "results.json"));
    const { name, label, definition } = LEAD;
    const described = results.measures.find((measure) => measure.name === name)!;
    assert.deepEqual([described.label, described.definition, described.group], [label, definition, "strength"]);
    assert.deepEqual(results.criteria.map((criterion) => criterion.name), ["conjunction-max", "own-tenth"]);

    assert.equal(results.networks.length, 2);
    for (const { id, layers } of results.networks) {
      for (const { name: layer, units, categories, criteria } of layers) {
        for (const [category, found] of Object.entries(categories)) {
          const place = `${id}, ${layer}, ${category}`;
          const { value, reason } = found.measures[name];
          assert.ok(value !== null || reason !== undefined, place);
          const own = criteria["own-tenth"][category];
          assert.equal(own.selected, Math.ceil(units / 10), place);
          assert.ok(own.measures[name].value !== null, place);
        }
      }
    }

    const rows = (await readFile(join(directory, "measures.csv"), "utf8")).trim().split("\n").map((line) =>
      line.split(",")
    );
    const at = (column: string): number => rows[0].indexOf(column);
    for (const criterion of ["conjunction-max", "own-tenth"]) {
      const own = rows.filter((row) => row[at("measure")] === name && row[at("criterion")] === criterion);
      assert.ok(own.length > 0, criterion);
      assert.ok(own.some((row) => Number.isFinite(Number.parseFloat(row[at("value")]))), criterion);
    }

    const compared = results.comparisons.filter(({ measure }) => measure === name);
    assert.deepEqual([...new Set(compared.map(({ criterion }) => criterion))], ["conjunction-max", "own-tenth"]);
    const [own] = compared.filter(({ criterion }) => criterion === "own-tenth");
    assert.deepEqual([own.a, own.b, typeof own.difference], ["mini-vision", "mini-lang", "number"]);
    assert.ok(own.interval !== null && own.interval[0] <= own.difference! && own.difference! <= own.interval[1]);
    const fixed = results.comparisons.find((row) => row.criterion === "own-tenth" && row.measure === "proportion")!;
    assert.deepEqual([fixed.interval, fixed.reason], [null, "the criterion fixes the proportion"]);

    const page = await readFile(join(directory, "index.html"), "utf8");
    for (const text of [label, definition, "own-tenth", TENTH.definition]) assert.ok(page.includes(text), text);
  } finally {
    await rm(folder, { recursive: true });
  }
});
