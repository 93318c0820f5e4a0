import assert from "node:assert/strict";
import { findRows, simulate } from "../../src/validation/mod.ts";
import { assertHolds, finding, quick } from "./quick_rows.ts";

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

Deno.test("a simulation depends on its row, seed and index alone", async () => {
  const [row] = findRows(["families-equal-pipeline"]);
  const [drawn] = findRows(["few-paired"]);
  const first = await simulate(row, { seed: 1, index: 1, quick: true });
  await simulate(row, { seed: 1, index: 0, quick: true });
  assert.deepEqual(await simulate(row, { seed: 1, index: 1, quick: true }), first);
  const outcomes = await Promise.all([[1, 0], [1, 1], [2, 0]].map(([seed, index]) => simulate(drawn, { seed, index })));
  assert.equal(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size, 3);
});
