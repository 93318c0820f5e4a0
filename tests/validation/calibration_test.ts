import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
  AT_MOST_5_PERCENT,
  BIAS_AT_MOST_005,
  type Calibration,
  CALIBRATION_ROWS,
  coverageFinding,
  COVERS,
  describeCalibration,
  findRows,
  meanFinding,
  rateFinding,
  type RowResult,
  verdictOfRow,
} from "../../src/validation/mod.ts";
import { quick } from "./quick_rows.ts";

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
