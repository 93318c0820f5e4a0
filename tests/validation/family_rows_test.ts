import assert from "node:assert/strict";
import { type AnalysedNetwork, analyseNetwork } from "../../src/inference/mod.ts";
import { findRows, primaryTools, simulate, summarizeRow } from "../../src/validation/mod.ts";
import { CONDITIONS, made } from "../inference/made.ts";
import { assertHolds, finding, quick } from "./quick_rows.ts";

const PROPERTIES = ["quantity", "specificity", "localization", "strength", "consistency"];

Deno.test("families that do not differ are seldom decided, and seldom called equivalent at the bound", async () => {
  for (const id of ["families-equal", "few-unpaired", "few-paired"]) {
    assertHolds(await quick(id, 80, 3), [...PROPERTIES.map((name) => `${name} differs`), "any claim, corrected"]);
  }
  assertHolds(await quick("equivalence-bound", 60), ["quantity equivalent", "any claim equivalent, corrected"]);
});

Deno.test("families that differ are decided, and those that do not are often called equivalent", async () => {
  const power = await quick("power", 40);
  assert.ok(finding(power, "quantity differs").value! > 0.8);
  const none = await quick("equivalence-none", 40);
  for (const property of ["quantity", "localization"]) {
    assert.ok(finding(none, `${property} equivalent`).value! > 0.5, property);
  }
});

Deno.test("families and pairs of networks pass through the full pipeline", async () => {
  const pair = await quick("two-networks", 8);
  for (const { quantity, value } of pair.findings) assert.ok((value ?? 0) <= 0.5, `${quantity}: ${value}`);
  assert.ok(pair.findings.some(({ of }) => of === 8));
  const power = await quick("power-pipeline", 2);
  assert.equal(finding(power, "quantity differs").value, 1);
  const equal = await quick("few-paired-pipeline", 2);
  assert.deepEqual(finding(equal, "quantity differs").of, 2);
  const doubled = await quick("prevalence-doubled", 1);
  assert.equal(finding(doubled, "specificity differs").of, 1);
});

Deno.test("few selective units stand out against permuted labels", async () => {
  assertHolds(await quick("permutation-null", 8), ["p < 0.05"]);
});

Deno.test("six trainings are halved in all ten ways, and only where they are given", async () => {
  const [row] = findRows(["trainings-halved"]);
  await assert.rejects(simulate(row, { seed: 1, index: 0 }), /Cannot halve mini-vision: its trainings were not given/);
  const { settings, tools } = primaryTools({ targets: CONDITIONS.slice(0, 2), splits: 2, placements: 10 }, CONDITIONS);
  const six = await Promise.all([0, 1, 2, 3, 4, 5].map(async (seed): Promise<AnalysedNetwork> => ({
    family: "mini-vision",
    supervision: "vision",
    seed,
    analysis: await analyseNetwork(made({ seed, imageSeed: 1 }).recording, settings, { tools }),
  })));
  const outcome = await simulate(row, { seed: 1, index: 0, trainings: () => Promise.resolve(six) });
  const { findings } = summarizeRow(row, [outcome]);
  assert.deepEqual(findings.map(({ of, verdict }) => [of, verdict]), findings.map(() => [10, "stated"]));
  for (const { quantity, value } of findings) assert.ok(value! < 0.5, `${quantity}: ${value}`);
});
