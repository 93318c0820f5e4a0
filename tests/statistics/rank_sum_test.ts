import assert from "node:assert/strict";
import { rankSum } from "../../src/statistics/mod.ts";
import { close, condition, golden, units, values } from "./golden.ts";

function group(c: number, unit: number): Float64Array {
  return Float64Array.from([...condition.keys()].filter((i) => condition[i] === c).map((i) => values[i * units + unit]))
    .sort();
}

Deno.test("rankSum() agrees with SciPy to 1e-10, ties and all", () => {
  for (const { unit, a, b, u, p } of golden.rankSums) {
    const result = rankSum(group(a, unit), group(b, unit));
    assert.equal(result.u, u);
    close(result.p, p, { tolerance: 1e-10, scale: 0, what: `p of unit ${unit}` });
    const reversed = rankSum(group(b, unit), group(a, unit));
    assert.equal(reversed.p, result.p);
    assert.equal(reversed.z + result.z, 0);
  }
});

Deno.test("rankSum() of an empty group or of equal responses has p = 1", () => {
  assert.deepEqual(rankSum(new Float32Array(0), Float32Array.of(1)), { u: 0, z: 0, p: 1 });
  assert.deepEqual(rankSum(Float32Array.of(2, 2), Float32Array.of(2, 2, 2)), { u: 3, z: 0, p: 1 });
});
