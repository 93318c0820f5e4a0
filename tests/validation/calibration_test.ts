import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { type AnalysedNetwork, analyseNetwork } from "../../src/inference/mod.ts";
import {
  AT_MOST_5_PERCENT,
  BIAS_AT_MOST_005,
  type Calibration,
  CALIBRATION_ROWS,
  coverageFinding,
  COVERS,
  describeCalibration,
  type Finding,
  findRows,
  meanFinding,
  type Outcome,
  primaryTools,
  rateFinding,
  type RowResult,
  simulate,
  summarizeRow,
  verdictOfRow,
} from "../../src/validation/mod.ts";
import { CONDITIONS, made } from "../inference/made.ts";

const PROPERTIES = ["quantity", "specificity", "localization", "strength", "consistency"];

/** A row with small layers and few simulations. */
async function quick(id: string, simulations: number, seed = 1): Promise<RowResult> {
  const row = CALIBRATION_ROWS.find((each) => each.id === id)!;
  const outcomes: Outcome[] = [];
  for (let index = 0; index < simulations; index++) {
    outcomes.push(await simulate(row, { seed, index, quick: true }));
  }
  return summarizeRow(row, outcomes);
}

function finding({ id, findings }: RowResult, quantity: string): Finding {
  const found = findings.find((each) => each.quantity === quantity);
  assert.ok(found, `${id} says nothing of ${quantity}`);
  return found;
}

/** Every finding that is judged passes, and those named are. */
function assertHolds(row: RowResult, judged: readonly string[]): void {
  for (const { quantity, value, verdict } of row.findings) {
    assert.notEqual(verdict, "fail", `${row.id}, ${quantity}: ${value}`);
  }
  for (const quantity of judged) assert.equal(finding(row, quantity).verdict, "pass", `${row.id}, ${quantity}`);
}

for (const noise of ["normal", "skewed", "heavy-tailed", "shared", "unequal"]) {
  Deno.test(`under pure noise that is ${noise} every corrected criterion keeps its error rate`, async () => {
    const layers = 150;
    const row = await quick(`error-rate-${noise}`, layers);
    // Three standard errors: where groups are small and unequal, Welch's test is a little liberal that far in the tail.
    const most = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / layers);
    for (const name of ["conjunction", "conjunction-max", "prince"]) {
      for (const conditions of [2, 5]) {
        const { value } = finding(row, `${name}, ${conditions} conditions`);
        assert.ok(value! <= most, `${name}, ${conditions} conditions: ${value}`);
      }
    }
    // A criterion without a correction selects something nearly everywhere, so that a broken correction would show.
    assert.ok(finding(row, "lu-wang, 2 conditions").value! > 0.5);
  });
}

Deno.test("where most units pass some contrasts, conjunction-max keeps the false discovery rate and conjunction does not", async () => {
  const row = await quick("false-share", 40);
  assertHolds(row, ["conjunction-max, false share"]);
  assert.ok(finding(row, "conjunction, false share").value! > 0.2);
  assert.ok(finding(row, "conjunction-max, share found").value! > 0.95);
});

Deno.test("held-out d′ recovers planted effects against two and six others without bias, circular d′ does not", async () => {
  for (const others of [2, 6]) {
    const row = await quick(`held-out-${others}`, 30);
    assertHolds(row, ["held out, d′ 1", "held out, d′ 1.5"]);
    assert.ok(finding(row, "circular, d′ 1").value! > 0.1, `${others}`);
  }
});

Deno.test("intervals of one layer cover what they estimate, also where blocks are deleted on a part of its channels", async () => {
  for (const id of ["coverage-skewed-10", "coverage-large-layer"]) {
    const row = await quick(id, 24);
    assertHolds(row, ["proportion", "specificity.dprime"]);
    for (const { quantity, note } of row.findings) {
      const [, width] = /half-width ([\d.]+) SD/.exec(note ?? "") ?? [];
      if (width !== undefined) assert.ok(Number(width) < 4, `${id}, ${quantity}: wide for safety, ${width} SD`);
    }
  }
});

Deno.test("the interval of consistency covers", async () => {
  assertHolds(await quick("coverage-consistency", 20), ["over sampled units", "over selected units"]);
});

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

Deno.test("a simulation depends on its row, seed and index alone", async () => {
  const [row] = findRows(["families-equal-pipeline"]);
  const [drawn] = findRows(["few-paired"]);
  const first = await simulate(row, { seed: 1, index: 1, quick: true });
  await simulate(row, { seed: 1, index: 0, quick: true });
  assert.deepEqual(await simulate(row, { seed: 1, index: 1, quick: true }), first);
  const outcomes = await Promise.all([[1, 0], [1, 1], [2, 0]].map(([seed, index]) => simulate(drawn, { seed, index })));
  assert.equal(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size, 3);
});

Deno.test("findRows() finds rows by id and by what ids begin with, and refuses others", () => {
  assert.deepEqual(findRows(["held-out", "power"]).map(({ id }) => id), [
    "power",
    "power-pipeline",
    "held-out-2",
    "held-out-4",
    "held-out-6",
  ]);
  assert.throws(() => findRows(["held-o"]), /Unknown row: "held-o"\. Should be one of: coverage-normal-0\.3, /);
});

Deno.test("rows have ids of their own, and claim rates of 5 % from at least 400 simulations", () => {
  assert.equal(new Set(CALIBRATION_ROWS.map(({ id }) => id)).size, CALIBRATION_ROWS.length);
  for (const { id, simulations, finite } of CALIBRATION_ROWS) assert.ok(finite || simulations >= 60, id);
  for (const { id, claim } of CALIBRATION_ROWS.filter(({ claim }) => /at most 5 %/.test(claim))) {
    // A row through the full pipeline may be smaller where drawn estimates stand beside it.
    const drawn = CALIBRATION_ROWS.filter((each) => each.id === id.replace(/-pipeline$/, "") && each.claim === claim);
    assert.ok(drawn.some(({ simulations }) => simulations >= 400), id);
  }
});

Deno.test("coverageFinding() counts intervals that hold the mean of the estimates, and fails where they are too narrow", () => {
  const observed = [
    { value: 1, interval: [0, 3] as const },
    { value: 3, interval: [2.5, 4] as const },
    { value: 2, interval: null },
  ];
  const found = coverageFinding("d′", observed);
  assert.deepEqual([found.of, found.value], [2, 0.5]);
  assert.match(found.note!, /half-width 1\.13 SD; no interval in 1 of 3/);
  const narrow = Array.from({ length: 100 }, (_, i) => ({ value: i, interval: [i - 20, i + 20] as const }));
  assert.equal(coverageFinding("d′", narrow).verdict, "fail");
  assert.equal(
    coverageFinding("d′", narrow.map((each, i) => i < 60 ? { ...each, interval: null } : each)).verdict,
    "stated",
  );
  assert.equal(coverageFinding("d′", [{ value: 1, interval: null }]).value, null);
});

Deno.test("rules judge with two standard errors of as many simulations", () => {
  assert.deepEqual([0.05, 0.071, 0.073].map((rate) => AT_MOST_5_PERCENT.judge(rate, 400)), ["pass", "pass", "fail"]);
  assert.deepEqual([0.9, 0.91, 0.95, 0.99, 0.995].map((rate) => COVERS.judge(rate, 400)), [
    "fail",
    "pass",
    "pass",
    "pass",
    "fail",
  ]);
  assert.equal(meanFinding("bias", [0.1, 0.12], BIAS_AT_MOST_005).verdict, "fail");
  assert.equal(rateFinding("differs", [true, true, false, null], AT_MOST_5_PERCENT).verdict, "fail");
  assert.equal(rateFinding("differs", [null], AT_MOST_5_PERCENT).verdict, "stated");
});

Deno.test("describeCalibration() shows every row, and a failure as one", async () => {
  const row = await quick("error-rate-normal", 2);
  const failed: RowResult = {
    ...row,
    id: "made-up",
    findings: [rateFinding("differs", [true, true], AT_MOST_5_PERCENT)],
  };
  assert.deepEqual([verdictOfRow(row), verdictOfRow(failed)], ["pass", "fail"]);
  const text = describeCalibration({ seed: 1, rows: [row, failed] }, "deno task calibrate");
  assert.match(text, /\| made-up \| .* \| \*\*fail\*\* \|/);
  assert.match(text, /## made-up: fail\n/);
  assert.match(text, /\| differs \| 2 \| 100\.0 % ± 0\.0 % \| ≤ 5 % \+ 2 SE \| \*\*fail\*\* \|/);
  assert.doesNotMatch(text, /NaN|undefined/);
});

Deno.test("the committed table has every row with all its simulations, and what fails in it stands among a report's limits", async () => {
  const text = await readFile(new URL("../../fixtures/statistics/calibration.json", import.meta.url), "utf8");
  const calibration: Calibration = JSON.parse(text);
  assert.deepEqual(
    calibration.rows.map(({ id, simulations }) => [id, simulations]),
    CALIBRATION_ROWS.map(({ id, simulations }) => [id, simulations]),
  );
  const failed = calibration.rows.flatMap(({ id, findings }) =>
    findings.filter(({ verdict }) => verdict === "fail").map(({ quantity }) => `${id}: ${quantity}`)
  );
  assert.deepEqual(failed, [
    "coverage-shared-1: localization.within.entropy",
    "prevalence-doubled: consistency differs",
    "error-rate-unequal: conjunction-max, 2 conditions",
    "error-rate-unequal: conjunction, 2 conditions",
  ]);
  const table = await readFile(new URL("../../fixtures/statistics/calibration.md", import.meta.url), "utf8");
  assert.equal(table, describeCalibration(calibration, "deno task calibrate --seed 1"));
});
