import assert from "node:assert/strict";
import fc from "fast-check";
import { memorySource, openSafetensors, writeSafetensors } from "../../src/weights/mod.ts";

Deno.test("writeSafetensors() writes what openSafetensors() reads, for any names, shapes and values", async () => {
  const shape = fc.array(fc.nat(3), { maxLength: 3 });
  const tensor = shape.chain((shape) => {
    const size = shape.reduce((product, size) => product * size, 1);
    return fc.float32Array({ minLength: size, maxLength: size }).map((data) => ({ shape, data }));
  });
  const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((name) =>
    name !== "__metadata__" && name !== "__proto__"
  );
  await fc.assert(fc.asyncProperty(fc.dictionary(name, tensor, { noNullPrototype: true }), async (entries) => {
    const tensors = new Map(Object.entries(entries));
    const checkpoint = await openSafetensors(memorySource(writeSafetensors(tensors, { made: "here" })));
    assert.deepEqual(new Set(checkpoint.tensors.keys()), new Set(tensors.keys()));
    for (const [name, { shape, data }] of tensors) {
      assert.deepEqual(checkpoint.tensors.get(name), { dtype: "float32", shape });
      assert.deepEqual(await checkpoint.read(name), data);
    }
  }));
});

Deno.test("writeSafetensors() gives the same bytes for the same tensors, in the order given", () => {
  const a = { shape: [2], data: new Float32Array([1, 2]) };
  const b = { shape: [], data: new Float32Array([3]) };
  assert.deepEqual(writeSafetensors(new Map([["a", a], ["b", b]])), writeSafetensors(new Map([["a", a], ["b", b]])));
  assert.notDeepEqual(writeSafetensors(new Map([["a", a], ["b", b]])), writeSafetensors(new Map([["b", b], ["a", a]])));
});

Deno.test("writeSafetensors() refuses data that do not fill their shape", () => {
  const tensors = new Map([["a", { shape: [3], data: new Float32Array(2) }]]);
  assert.throws(() => writeSafetensors(tensors), /Cannot write tensor "a": 2 values; expected 3 for shape \[3\]/);
});

async function throughFile(dtype: "F16" | "I8", values: ArrayLike<number>): Promise<Float32Array> {
  const data = Float32Array.from(values);
  const bytes = writeSafetensors(new Map([["a", { shape: [data.length], data, dtype }]]));
  return await (await openSafetensors(memorySource(bytes))).read("a");
}

Deno.test("writeSafetensors() rounds to the nearest float16, ties to even, as the language's own rounding does", async () => {
  const inRange = fc.array(fc.oneof(
    fc.float({ noNaN: true, min: -65504, max: 65504 }),
    fc.float({ noNaN: true, min: Math.fround(-1e-4), max: Math.fround(1e-4) }),
    fc.constantFrom(0, -0, Infinity, -Infinity, NaN, 65504, 65519, -65519, 2 ** -24, 2 ** -25, 2 ** -14),
  ));
  await fc.assert(fc.asyncProperty(inRange, async (values) => {
    assert.deepEqual([...await throughFile("F16", values)], values.map((value) => Math.f16round(Math.fround(value))));
  }));
});

Deno.test("writeSafetensors() keeps every float16, and of the numbers halfway between two takes the even one", async () => {
  const all = new Float16Array(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits).buffer);
  assert.deepEqual(await throughFile("F16", all), Float32Array.from(all));
  const halfway = Array.from({ length: 0x7bff }, (_, bits) => (all[bits] + all[bits + 1]) / 2);
  const even = halfway.map((_, bits) => all[bits + bits % 2]);
  assert.deepEqual(await throughFile("F16", halfway), Float32Array.from(even));
});

Deno.test("writeSafetensors() rounds to the nearest int8, ties to even", async () => {
  const values = [0, 0.5, -0.5, 1.5, -1.5, 2.5, 126.49, 126.5, 127.5 - 1e-5, -128.5, -127.6, 3];
  const expected = [0, 0, 0, 2, -2, 2, 126, 126, 127, -128, -128, 3];
  assert.deepEqual([...await throughFile("I8", values)], expected);
});

Deno.test("writeSafetensors() refuses values beyond an element type's range", async () => {
  const cases: ["F16" | "I8", number, RegExp][] = [
    ["F16", 65520, /^Error: Cannot write tensor "a": it holds 65520; expected values within ±65504, float16's range$/],
    ["F16", -1e30, /±65504/],
    [
      "I8",
      127.5,
      /^Error: Cannot write tensor "a": it holds 127\.5; expected values within −128 to 127, int8's range$/,
    ],
    ["I8", -129, /int8/],
    ["I8", NaN, /it holds NaN/],
    ["I8", Infinity, /it holds Infinity/],
  ];
  for (const [dtype, value, message] of cases) await assert.rejects(throughFile(dtype, [0, value]), message);
});

Deno.test("writeSafetensors() writes tensors of several element types one after the other", async () => {
  const tensors = new Map([
    ["bytes", { shape: [3], data: new Float32Array([1, -2, 3]), dtype: "I8" as const }],
    ["halves", { shape: [1, 2], data: new Float32Array([0.5, -0.1]), dtype: "F16" as const }],
    ["full", { shape: [2], data: new Float32Array([0.1, 7]) }],
  ]);
  const checkpoint = await openSafetensors(memorySource(writeSafetensors(tensors)));
  assert.deepEqual([...checkpoint.tensors.values()].map(({ dtype }) => dtype), ["int8", "float16", "float32"]);
  assert.deepEqual(await checkpoint.read("bytes"), tensors.get("bytes")!.data);
  assert.deepEqual(await checkpoint.read("halves"), new Float32Array([0.5, Math.f16round(-0.1)]));
  assert.deepEqual(await checkpoint.read("full"), tensors.get("full")!.data);
});
