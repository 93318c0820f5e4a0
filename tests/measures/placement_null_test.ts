import assert from "node:assert/strict";
import { LayerLayout, PlacementMeter, PlacementNull, type PlacementSpread } from "../../src/measures/mod.ts";
import { Random } from "../../src/statistics/mod.ts";
import { spreadOf } from "../statistics/golden.ts";
import { byName, PLACEMENT_MEASURES, type Places } from "./places.ts";

/** Measures, and what is expected of them, by name. */
function meterOf(shape: readonly number[]): (units: Uint32Array) => Places {
  const meter = new PlacementMeter(new LayerLayout(shape), PLACEMENT_MEASURES);
  return (units) => byName(meter.measure(units));
}

function nullOf(
  input: { readonly shape: readonly number[]; readonly placements: number; readonly seed: number },
): { expect(units: Uint32Array): Places<PlacementSpread | null> } {
  const nulls = new PlacementNull({ ...input, measures: PLACEMENT_MEASURES });
  return { expect: (units) => byName(nulls.expect(units)) };
}

const PLACEMENTS = 3000;

/** Every way to choose `count` of `size`. */
function* choices(size: number, count: number, from = 0): Generator<number[]> {
  if (count === 0) return yield [];
  for (let first = from; first <= size - count; first++) {
    for (const rest of choices(size, count - 1, first + 1)) yield [first, ...rest];
  }
}

/** A sampled mean within five standard errors of the exact one, a deviation within a tenth. */
function agrees(found: PlacementSpread | null, exact: { mean: number; deviation: number }, what: string): void {
  assert.ok(found !== null, what);
  const error = 5 * exact.deviation / Math.sqrt(PLACEMENTS) + 1e-9;
  assert.ok(Math.abs(found.mean - exact.mean) <= error, `mean of ${what}: ${found.mean} is not ${exact.mean}`);
  assert.ok(
    Math.abs(found.deviation - exact.deviation) <= 0.1 * exact.deviation + 1e-9,
    `deviation of ${what}: ${found.deviation} is not ${exact.deviation}`,
  );
}

Deno.test("PlacementNull agrees with every placement there is within a map", () => {
  const shape = [1, 3, 6];
  const meter = meterOf(shape);
  const all = [...choices(18, 4)].map((units) => meter(Uint32Array.from(units)).within);
  const nulls = nullOf({ shape, placements: PLACEMENTS, seed: 1 });
  const { within } = nulls.expect(Uint32Array.of(0, 5, 9, 17));
  for (const name of ["entropy", "gini", "moran", "peak"] as const) {
    agrees(within[name], spreadOf(all.map((own) => own[name].value!)), name);
  }
});

Deno.test("PlacementNull agrees with every placement there is across channels", () => {
  const shape = [4, 2, 2];
  const meter = meterOf(shape);
  const all = [...choices(16, 5)].map((units) => meter(Uint32Array.from(units)).across);
  const nulls = nullOf({ shape, placements: PLACEMENTS, seed: 2 });
  const { across } = nulls.expect(Uint32Array.of(0, 1, 2, 3, 4));
  for (const name of ["entropy", "gini"] as const) {
    agrees(across[name], spreadOf(all.map((own) => own[name].value!)), name);
  }
});

Deno.test("PlacementNull expects of Moran's I what theory does, −1/(positions − 1), at every count", () => {
  const nulls = nullOf({ shape: [1, 6, 6], placements: PLACEMENTS, seed: 3 });
  for (const count of [4, 9, 16, 18, 23, 30]) {
    const { moran } = nulls.expect(Uint32Array.from({ length: count }, (_, i) => i)).within;
    assert.ok(moran !== null);
    assert.ok(Math.abs(moran.mean + 1 / 35) < 5 * moran.deviation / Math.sqrt(PLACEMENTS), `${moran.mean} at ${count}`);
  }
});

Deno.test("PlacementNull averages channels that hold different counts", () => {
  const nulls = nullOf({ shape: [3, 5, 5], placements: 500, seed: 4 });
  const four = Uint32Array.of(0, 1, 2, 3);
  const seven = Uint32Array.from({ length: 7 }, (_, i) => 25 + 2 * i);
  const alone = [four, seven].map((units) => nulls.expect(units).within.gini!);
  // The third channel holds too few units to have a pattern.
  const both = nulls.expect(Uint32Array.of(...four, ...seven, 50, 58)).within.gini!;
  assert.ok(Math.abs(both.mean - (alone[0].mean + alone[1].mean) / 2) < 1e-12);
  assert.ok(Math.abs(both.deviation - Math.hypot(alone[0].deviation, alone[1].deviation) / 2) < 1e-12);
});

Deno.test("PlacementNull interpolates between simulated counts to within the error of simulation", () => {
  const shape = [2, 8, 8];
  const count = 22;
  const meter = meterOf([1, 8, 8]);
  const random = new Random(1, "placements of a test");
  const pool = Uint32Array.from({ length: 64 }, (_, i) => i);
  const placed = Array.from({ length: PLACEMENTS }, () => {
    random.shuffle(pool, 0, 64);
    return meter(pool.subarray(0, count)).within;
  });
  const nulls = nullOf({ shape, placements: PLACEMENTS, seed: 5 });
  const { within } = nulls.expect(Uint32Array.from({ length: count }, (_, i) => i));
  for (const name of ["entropy", "gini", "moran", "peak"] as const) {
    const direct = spreadOf(placed.map((own) => own[name].value!));
    assert.ok(Math.abs(within[name]!.mean - direct.mean) < 0.25 * direct.deviation, name);
    assert.ok(Math.abs(within[name]!.deviation / direct.deviation - 1) < 0.2, name);
  }
});

Deno.test("PlacementNull depends on the seed and the counts alone, not on what was asked before", () => {
  const make = (seed: number) => nullOf({ shape: [3, 4, 4], placements: 50, seed });
  const units = Uint32Array.of(0, 3, 5, 6, 20, 21, 22, 23);
  const moved = Uint32Array.of(1, 2, 9, 15, 40, 41, 46, 47);
  const asked = make(6);
  asked.expect(Uint32Array.from({ length: 30 }, (_, i) => i));
  assert.deepEqual(asked.expect(units), make(6).expect(units));
  assert.deepEqual(asked.expect(moved), make(6).expect(units));
  assert.notDeepEqual(make(7).expect(units), make(6).expect(units));
});

Deno.test("PlacementNull has no expectation where a statistic is not defined", () => {
  const nothing = { entropy: null, gini: null, moran: null, peak: null };
  const maps = nullOf({ shape: [2, 3, 5], placements: 20, seed: 1 });
  assert.deepEqual(maps.expect(new Uint32Array(0)), { within: nothing, across: { entropy: null, gini: null } });
  assert.deepEqual(maps.expect(Uint32Array.of(0, 1, 15)).within, nothing);
  // A map selected throughout has entropy, but no neighbours that differ.
  const full = maps.expect(Uint32Array.from({ length: 15 }, (_, i) => i)).within;
  assert.equal(full.moran, null);
  assert.ok(Math.abs(full.entropy!.mean - 1) < 1e-12 && full.entropy!.deviation < 1e-12);
  const features = nullOf({ shape: [12], placements: 20, seed: 1 }).expect(Uint32Array.of(0, 1, 2, 3, 4));
  assert.deepEqual(features, { within: nothing, across: { entropy: null, gini: null } });
  const single = nullOf({ shape: [1, 3, 3], placements: 20, seed: 1 }).expect(Uint32Array.of(0, 1, 2, 3));
  assert.deepEqual(single.across, { entropy: null, gini: null });
  // Where every cell is one position, only neighbours can differ from placement to placement.
  assert.deepEqual({ ...single.within, moran: null }, nothing);
  assert.ok(single.within.moran !== null);
});

Deno.test("PlacementNull places tokens on their grid and leaves the class token out of maps", () => {
  const dimensions = 3;
  const nulls = nullOf({ shape: [17, dimensions], placements: 200, seed: 1 });
  const grid = nullOf({ shape: [dimensions, 4, 4], placements: 200, seed: 1 });
  const tokens = Uint32Array.from([0, 1, 2, 5, 9], (token) => token * dimensions);
  assert.deepEqual(nulls.expect(tokens).within, grid.expect(Uint32Array.of(0, 1, 4, 8)).within);
});

Deno.test("PlacementNull turns down fewer than two placements and shapes that are none", () => {
  for (const placements of [0, 1, 2.5, NaN]) {
    assert.throws(() => nullOf({ shape: [2, 2, 2], placements, seed: 1 }), {
      name: "RangeError",
      message: `Cannot place units at random: found ${placements} placements; expected an integer of at least 2`,
    });
  }
  assert.throws(() => nullOf({ shape: [2, 0], placements: 9, seed: 1 }), /Cannot lay out a layer/);
});

Deno.test("PlacementNull gives its expectations in the order of the measures it is given", () => {
  const order = [...PLACEMENT_MEASURES.keys()].reverse().filter((m) => m !== 2);
  const units = Uint32Array.of(0, 1, 2, 3, 9, 30, 31, 36, 37, 60);
  const input = { shape: [3, 5, 5], placements: 30, seed: 1 };
  const all = new PlacementNull({ ...input, measures: PLACEMENT_MEASURES }).expect(units);
  const some = new PlacementNull({ ...input, measures: order.map((m) => PLACEMENT_MEASURES[m]) }).expect(units);
  assert.deepEqual(some, order.map((m) => all[m]));
});

Deno.test("PlacementNull draws counts of channels where units are many, and agrees with units drawn one by one", () => {
  const shape = [5, 7, 4];
  const meter = meterOf(shape);
  const nulls = nullOf({ shape, placements: PLACEMENTS, seed: 5 });
  // Counts that are simulated themselves, not interpolated.
  for (const count of [22, 64, 107, 128]) {
    const random = new Random(count, "units one by one");
    const placed = Array.from({ length: PLACEMENTS }, () => {
      const units = Uint32Array.from({ length: 140 }, (_, i) => i);
      random.shuffle(units, 0, units.length);
      return meter(units.slice(0, count)).across;
    });
    const { across } = nulls.expect(Uint32Array.from({ length: count }, (_, i) => i));
    for (const name of ["entropy", "gini"] as const) {
      const one = spreadOf(placed.map((own) => own[name].value!));
      const found = across[name]!;
      const error = 5 * one.deviation * Math.sqrt(2 / PLACEMENTS) + 1e-9;
      assert.ok(Math.abs(found.mean - one.mean) <= error, `mean of ${name} at ${count}: ${found.mean}, ${one.mean}`);
      assert.ok(Math.abs(found.deviation - one.deviation) <= 0.1 * one.deviation + 1e-9, `${name} at ${count}`);
    }
  }
});

Deno.test("PlacementNull simulates cells so often that its error is small beside that of one network's images", () => {
  const shape = [64, 8, 8];
  const units = Uint32Array.from({ length: 64 * 6 }, (_, i) => Math.floor(i / 6) * 64 + i % 6);
  const found = Array.from({ length: 12 }, (_, seed) => nullOf({ shape, placements: 200, seed }).expect(units).within);
  // Every channel holds six, so that all of them share one error.
  const one = Math.sqrt(64) * found[0].entropy!.deviation;
  const { deviation } = spreadOf(found.map(({ entropy }) => entropy!.mean));
  assert.ok(deviation < 2 * one / Math.sqrt(20 * 200), `${deviation} of ${one}`);
});
