import assert from "node:assert/strict";
import fc from "fast-check";
import { LayerLayout, LEAST_PER_CHANNEL, PlacementMeter } from "../../src/measures/mod.ts";
import { close, golden, seeded } from "../statistics/golden.ts";
import { byName, PLACEMENT_MEASURES, type Places } from "./places.ts";

function meterOf(shape: readonly number[]): PlacementMeter {
  return new PlacementMeter(new LayerLayout(shape), PLACEMENT_MEASURES);
}

function unitsOf(mask: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(Array.from(mask).flatMap((value, unit) => value === 0 ? [] : [unit]));
}

/** Every measure of places of the units that a mask marks. */
function localization({ selected, shape }: { selected: ArrayLike<number>; shape: readonly number[] }): Places {
  return byName(meterOf(shape).measure(unitsOf(selected)));
}

Deno.test("measures of places agree with NumPy to 1e-9", () => {
  for (const { name, shape, mask, within, across } of golden.localization) {
    const actual = localization({ selected: Uint8Array.from(mask), shape });
    const [, rows, columns] = shape;
    for (const key of ["entropy", "gini", "moran", "peak"] as const) {
      if (key !== "moran" && rows <= 4 && columns <= 4) {
        assert.match(actual.within[key].reason!, /one position per cell/);
        continue;
      }
      close(actual.within[key].value, within[key], { what: `${name}: ${key} within` });
    }
    close(actual.across.entropy.value, across.entropy, { what: `${name}: entropy across` });
    close(actual.across.gini.value, across.gini, { what: `${name}: gini across` });
  }
});

Deno.test("a meter gives the same for each selection however often and in whatever order it is used", () => {
  const shape = [6, 8, 8];
  const meter = meterOf(shape);
  const { uniform } = seeded(3);
  for (let i = 0; i < 20; i++) {
    const selected = Uint8Array.from({ length: 384 }, () => uniform() < i / 20 ? 1 : 0);
    const units = unitsOf(selected);
    const expected = localization({ selected, shape });
    assert.deepEqual(byName(meter.measure(units)), expected);
    const reversed = byName(meter.measure(units.slice().reverse()));
    close(reversed.within.entropy.value ?? 0, expected.within.entropy.value ?? 0, { tolerance: 1e-12 });
    assert.deepEqual(reversed.across, expected.across);
  }
});

Deno.test("tokens on a square grid, with or without a class token, localize as the map they stand for", () => {
  const { uniform } = seeded(8);
  const channels = 5;
  const map = Uint8Array.from({ length: channels * 16 }, () => uniform() < 0.4 ? 1 : 0);
  const expected = localization({ selected: map, shape: [channels, 4, 4] });
  const tokens = (skipped: number): Uint8Array =>
    Uint8Array.from({ length: (16 + skipped) * channels }, (_, unit) => {
      const position = Math.floor(unit / channels) - skipped;
      return position < 0 ? 1 : map[unit % channels * 16 + position];
    });
  assert.deepEqual(localization({ selected: tokens(0), shape: [16, channels] }), expected);
  assert.deepEqual(localization({ selected: tokens(1), shape: [17, channels] }).within, expected.within);
  const odd = localization({ selected: new Uint8Array(15 * channels).fill(1), shape: [15, channels] });
  assert.match(odd.within.moran.reason!, /no positions/);
  assert.equal(odd.across.gini.value, 0);
});

Deno.test("a blob is more clustered than as many scattered positions, a checkerboard less", () => {
  const meter = meterOf([1, 8, 8]);
  const units = (keep: (row: number, column: number) => boolean): Uint32Array =>
    Uint32Array.from([...Array(64).keys()].filter((i) => keep(Math.floor(i / 8), i % 8)));
  const blob = byName(meter.measure(units((row, column) => row < 4 && column < 4))).within;
  const spread = byName(meter.measure(units((row, column) => row % 2 === 0 && column % 2 === 0))).within;
  const checkered = byName(meter.measure(units((row, column) => (row + column) % 2 === 0))).within;
  assert.ok(blob.moran.value! > 0.7 && spread.moran.value! < 0);
  close(checkered.moran.value, -1);
  assert.ok(blob.entropy.value! < spread.entropy.value! && blob.gini.value! > spread.gini.value!);
  close(spread.entropy.value, 1);
  close(spread.peak.value, 1 / 16);
  close(blob.peak.value, 1 / 4);
});

Deno.test("maps of at most 4 × 4 positions have Moran's I, but no entropy, Gini or peak of their cells", () => {
  for (const [rows, columns] of [[4, 4], [3, 4], [2, 2], [1, 4]]) {
    const selected = new Uint8Array(2 * rows * columns).fill(1, 0, rows * columns - 1).fill(1, rows * columns, -1);
    const { within } = localization({
      selected: rows * columns > 4 ? selected : selected.fill(1),
      shape: [2, rows, columns],
    });
    for (const key of ["entropy", "gini", "peak"] as const) {
      assert.deepEqual(within[key], {
        value: null,
        reason: "the map has one position per cell: concentration would follow from the count alone",
      });
    }
    assert.equal(within.moran.value === null, rows * columns === 4);
  }
  assert.ok(localization({ selected: new Uint8Array(5).fill(1, 1), shape: [1, 1, 5] }).within.entropy.value !== null);
});

Deno.test("Moran's I of random placements averages −1/(positions − 1)", () => {
  const meter = meterOf([1, 6, 6]);
  const { uniform } = seeded(2);
  let sum = 0;
  const times = 4000;
  for (let i = 0; i < times; i++) {
    const order = [...Array(36).keys()].map((unit) => [uniform(), unit]).sort((a, b) => a[0] - b[0]);
    sum += byName(meter.measure(Uint32Array.from(order.slice(0, 12), ([, unit]) => unit))).within.moran.value!;
  }
  close(sum / times, -1 / 35, { tolerance: 0.006 });
});

Deno.test("values stay in their ranges, whatever is selected", () => {
  const shapes = [[3, 5, 4], [4, 2, 2], [2, 1, 9], [9, 6], [10, 6], [7], [1, 3, 3], [2, 3, 2, 2]];
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.infiniteStream(fc.boolean()), (shape, stream) => {
      const total = shape.reduce((a, b) => a * b, 1);
      const selected = Uint8Array.from({ length: total }, () => stream.next().value ? 1 : 0);
      const { within, across } = localization({ selected, shape });
      for (const measure of [within.entropy, within.gini, within.peak, across.entropy, across.gini]) {
        assert.ok(measure.value === null ? measure.reason : measure.value >= 0 && measure.value <= 1);
      }
      assert.ok(within.moran.value === null ? within.moran.reason : Math.abs(within.moran.value) <= 1 + 1e-9);
    }),
    { seed: 4, numRuns: 200 },
  );
});

Deno.test("what cannot be localized is null with a reason", () => {
  const reasons = (selected: Uint8Array, shape: number[]): (string | undefined)[] => {
    const { within, across } = localization({ selected, shape });
    return [within.entropy.reason, within.moran.reason, across.gini.reason];
  };
  assert.deepEqual(reasons(new Uint8Array(18), [2, 3, 3]), [
    "no unit is selected",
    "no unit is selected",
    "no unit is selected",
  ]);
  const full = reasons(new Uint8Array(18).fill(1), [2, 3, 3]);
  assert.match(full[1]!, /selected throughout/);
  assert.match(full[0]!, /one position per cell: concentration would follow from the count alone/);
  assert.equal(full[2], undefined);
  assert.equal(reasons(new Uint8Array(30).fill(1), [2, 3, 5])[0], undefined);
  const few = new Uint8Array(18);
  few.fill(1, 0, LEAST_PER_CHANNEL - 1);
  assert.match(reasons(few, [2, 3, 3])[1]!, /no channel holds 4/);
  assert.match(
    reasons(Uint8Array.from({ length: 30 }, (_, unit) => few[unit] ?? 0), [2, 3, 5])[0]!,
    /no channel holds 4/,
  );
  assert.match(reasons(Uint8Array.of(1, 0, 1), [3])[2]!, /channels of one unit/);
  assert.match(reasons(Uint8Array.of(1), [1])[2]!, /single channel/);
  assert.match(reasons(Uint8Array.of(1, 1), [2, 1, 1])[0]!, /no positions/);
});

Deno.test("places of units that the layer does not have are refused, and shapes that are none", () => {
  assert.throws(() => meterOf([4]).measure(Uint32Array.of(4)), {
    name: "RangeError",
    message: "Cannot measure the place of unit 4; expected one of 4",
  });
  for (const shape of [[], [0, 2], [2.5], [-1]]) {
    assert.throws(() => new LayerLayout(shape), /expected positive whole numbers/);
  }
});

Deno.test("a layout takes units apart and puts them together again", () => {
  for (const shape of [[3, 4, 5], [10, 7], [9, 2], [12, 3], [6]]) {
    const layout = new LayerLayout(shape);
    for (let unit = 0; unit < layout.units; unit++) {
      const position = layout.positionOf(unit);
      if (position >= 0) assert.equal(layout.unitAt(layout.channelOf(unit), position), unit);
      assert.ok(layout.channelOf(unit) < layout.channels && position < Math.max(1, layout.positions));
    }
    assert.equal(layout.units, layout.channels * layout.unitsPerChannel);
  }
});

Deno.test("a meter gives its values in the order of the measures it is given", () => {
  const layout = new LayerLayout([3, 5, 5]);
  const units = Uint32Array.of(0, 1, 2, 3, 9, 30, 31, 36, 37, 60);
  const all = new PlacementMeter(layout, PLACEMENT_MEASURES).measure(units);
  const order = [...PLACEMENT_MEASURES.keys()].reverse().filter((m) => m !== 2);
  const some = new PlacementMeter(layout, order.map((m) => PLACEMENT_MEASURES[m])).measure(units);
  assert.deepEqual(some, order.map((m) => all[m]));
  assert.deepEqual(new PlacementMeter(layout, []).measure(units), []);
});
