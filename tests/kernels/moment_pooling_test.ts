import assert from "node:assert/strict";
import { type MomentGroup, MomentPooling, type PooledCondition, type Screen } from "../../src/kernels/mod.ts";
import { Random } from "../../src/statistics/mod.ts";

/** More than one piece, and no multiple of anything. */
const UNITS = 4096 + 1024 + 37;
const IMAGES = [6, 9, 4];

/** Groups of four conditions, the first two alike but for units that prefer one of them; the last condition has no image. */
function conditionsOf(): MomentGroup[][] {
  const random = new Random(3, "groups");
  return [0, 1, 2, 3].map((condition) =>
    condition === 3 ? [] : IMAGES.map((n) => ({
      n,
      mean: Float32Array.from(
        { length: UNITS },
        (_, unit) => random.normal() / Math.sqrt(n) + (unit % 7 === condition ? 2 : 0),
      ),
      m2: Float32Array.from({ length: UNITS }, (_, unit) => unit % 11 === 0 ? 0 : (n - 1) * (0.5 + random.uniform())),
    }))
  );
}

/** The same groups as if they stayed in a file. */
function stored(groups: readonly MomentGroup[]): MomentGroup[] {
  const none = new Float32Array(0);
  return groups.map((group) => ({
    n: group.n,
    mean: none,
    m2: none,
    read(from, mean, m2) {
      mean.set(group.mean.subarray(from, from + mean.length));
      m2.set(group.m2.subarray(from, from + m2.length));
    },
  }));
}

const SCREENS: Screen[] = [0, 1].flatMap((condition) =>
  [true, false].map((above): Screen => ({
    condition,
    above,
    tests: [0, 1, 2].filter((other) => other !== condition)
      .map((other) => ({ other, scales: [1 / 342, 1 / 342], leastSquare: other === 2 ? 5 : 3 })),
  }))
);

function intoArrays(groups: readonly (readonly MomentGroup[])[]): (PooledCondition & { into: MomentArrays })[] {
  return groups.map((own, c) => ({
    groups: own,
    scale: 1 + c / 10,
    into: { mean: new Float64Array(UNITS).fill(-1), m2: new Float64Array(UNITS).fill(-1) },
  }));
}

interface MomentArrays {
  readonly mean: Float64Array;
  readonly m2: Float64Array;
}

/** What a screen says of a unit, in the words of its definition. */
function passes({ condition, above, tests }: Screen, pooled: readonly MomentArrays[], unit: number): boolean {
  return tests.every(({ other, scales, leastSquare }) => {
    const [own, against] = [pooled[condition], pooled[other]];
    const error = own.m2[unit] * scales[0] + against.m2[unit] * scales[1];
    const difference = own.mean[unit] - against.mean[unit];
    return error > 0 && difference ** 2 >= leastSquare * error && (!above || difference > 0);
  });
}

Deno.test("MomentPooling finds the units that pass a screen, with their moments", () => {
  const pooling = new MomentPooling();
  const conditions = intoArrays(conditionsOf());
  const found = pooling.pool(UNITS, conditions, SCREENS);
  const pooled = conditions.map(({ into }) => into);
  SCREENS.forEach((screen, s) => {
    const { units, moments } = found[s];
    const expected = Array.from({ length: UNITS }, (_, unit) => unit).filter((unit) => passes(screen, pooled, unit));
    assert.ok(expected.length > 300, `${expected.length} pass`);
    assert.deepEqual([...units], expected);
    assert.equal(moments[3], null);
    for (const c of [0, 1, 2]) {
      assert.deepEqual(moments[c]!.mean, Float64Array.from(expected, (unit) => pooled[c].mean[unit]));
      assert.deepEqual(moments[c]!.m2, Float64Array.from(expected, (unit) => pooled[c].m2[unit]));
    }
  });
  // A condition without groups is left alone.
  assert.ok(pooled[3].mean.every((value) => value === -1));
});

Deno.test("groups that are held, copied, stored or in float64 give the same, with arrays to fill and without", () => {
  const single = conditionsOf();
  const pooling = new MomentPooling();
  const plain = intoArrays(single);
  const expected = pooling.pool(UNITS, plain, SCREENS);
  const same = (groups: readonly (readonly MomentGroup[])[]): void => {
    const conditions = intoArrays(groups);
    assert.deepEqual(pooling.pool(UNITS, conditions, SCREENS), expected);
    assert.deepEqual(conditions.map(({ into }) => into), plain.map(({ into }) => into));
    assert.deepEqual(pooling.pool(UNITS, conditions.map(({ into: _, ...rest }) => rest), SCREENS), expected);
  };
  same(single.map(stored));
  const double = (values: MomentGroup["mean"]): Float64Array => Float64Array.from(values);
  same(single.map((groups) => groups.map(({ n, mean, m2 }) => ({ n, mean: double(mean), m2: double(m2) }))));
  pooling.hold(single.flat());
  same(single);
  // One of the groups is not held.
  same(single.map((groups, c) => c === 1 ? [groups[0], ...stored(groups.slice(1))] : groups));
  // Others are held, of another number of units: these are copied again.
  pooling.hold([{ n: 2, mean: new Float32Array(9).fill(5), m2: new Float32Array(9) }]);
  same(single);
});

Deno.test("what is held is what it was when it was held", () => {
  const pooling = new MomentPooling();
  const group: MomentGroup = { n: 3, mean: Float32Array.of(1, 2, 3), m2: Float32Array.of(4, 5, 6) };
  const read = (): number[] => {
    const into = { mean: new Float64Array(3), m2: new Float64Array(3) };
    pooling.pool(3, [{ groups: [group], into }]);
    return [...into.mean, ...into.m2];
  };
  pooling.hold([group]);
  group.mean[0] = 9;
  assert.deepEqual(read(), [1, 2, 3, 4, 5, 6]);
  pooling.hold([]);
  assert.deepEqual(read(), [9, 2, 3, 4, 5, 6]);
});
