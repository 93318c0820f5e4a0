import assert from "node:assert/strict";
import { slopeReader } from "../../src/analysis/_family.ts";
import type { Replicates } from "../../src/analysis/_replicates.ts";
import { CellTable } from "../../src/analysis/cell_table.ts";
import type { NetworkAnalysis } from "../../src/analysis/mod.ts";
import { depthSlope } from "../../src/measures/mod.ts";
import { Random } from "../../src/resampling/mod.ts";
import { close, golden } from "../localizer/golden.ts";

type Values = Readonly<Record<string, readonly (number | null)[]>>;

/** A network of which only the proportions are known, with replicates that lie `shift` beside them. */
function networkOf(depths: readonly number[], values: Values, shift?: Values): NetworkAnalysis {
  const taps = depths.map((_, t) => {
    const table = new CellTable();
    for (const [category, own] of Object.entries(values)) {
      const deviation = shift?.[category][t];
      const draws: Replicates | null = deviation === undefined || deviation === null
        ? null
        : { all: Float64Array.of(deviation, -deviation), own: 0, ownOfAll: 0, degrees: Infinity };
      table.set("conjunction", category, "proportion", { value: own[t], draws });
    }
    return table;
  });
  return { taps: [], replicates: { depths, taps, consistency: new Map(), permuted: [] } } as unknown as NetworkAnalysis;
}

const { depths, values, slope } = golden.trend;
const read = slopeReader("conjunction", ["faces", "bodies"]);

Deno.test("the slope that decides whether proportions rise is SciPy's to 1e-12", () => {
  const own = slopeReader("conjunction", ["faces"])(networkOf(depths, { faces: values }));
  close(own.value, slope, { tolerance: 1e-12 });
});

Deno.test("the slope over categories is depthSlope() of their mean at every tap, in its replicates too", () => {
  const random = new Random(3, "slopes");
  for (let round = 0; round < 20; round++) {
    const at = depths.map(() => random.uniform());
    const draw = (): number[] => at.map(() => random.uniform());
    const faces = draw();
    const bodies = draw();
    const shift = { faces: draw(), bodies: draw() };
    const found = read(networkOf(at, { faces, bodies }, shift));
    const expected = depthSlope({ depths: at, values: faces.map((value, t) => (value + bodies[t]) / 2) }).slope.value!;
    close(found.value, expected, { tolerance: 1e-9 });
    const moved = depthSlope({ depths: at, values: shift.faces.map((value, t) => (value + shift.bodies[t]) / 2) });
    close(found.draws!.all[0], moved.slope.value!, { tolerance: 1e-9 });
  }
});

Deno.test("a slope over one depth, or with a tap that was not measured, is none and says why", () => {
  assert.match(read(networkOf([0.5, 0.5], { faces: [1, 2], bodies: [1, 2] })).reason!, /fewer than two depths/);
  const missing = read(networkOf([0, 1], { faces: [1, null], bodies: [1, 2] }));
  assert.equal(missing.value, null);
  assert.match(missing.reason!, /not measured at every tap/);
});
