import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { type ByteSource, memorySource, openCheckpoint, openSource } from "../../src/weights/mod.ts";

const FIXTURES = new URL("../../fixtures/checkpoints/", import.meta.url);
const path = (name: string): string => new URL(name, FIXTURES).pathname;

interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

const golden: Record<string, Record<string, Expected>> = JSON.parse(await readFile(path("legacy.json"), "utf8"));

function assertOneSentence(error: unknown): void {
  assert.ok(error instanceof Error);
  assert.match(error.message, /^Cannot [^\n]+$/);
}

/** Latin-1, so that text can stand among bytes. */
const bytesOf = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));

const MAGIC = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const PROTOCOL = [0x80, 2, ...bytesOf("M"), 0xe9, 0x03, 0x2e];
const machine = (little: boolean): number[] => [
  ...[0x80, 2],
  ...bytesOf("}X"),
  ...[13, 0, 0, 0],
  ...bytesOf("little_endian"),
  little ? 0x88 : 0x89,
  ...bytesOf("s."),
];
const text = (value: string): number[] => [...bytesOf("U"), value.length, ...bytesOf(value)];
/** A tensor of `size` float32 from a storage of this key. */
const tensor = (key: string, size: number, type = "FloatStorage"): number[] => [
  ...bytesOf("ctorch._utils\n_rebuild_tensor_v2\n(("),
  ...text("storage"),
  ...bytesOf(`ctorch\n${type}\n`),
  ...text(key),
  ...text("cpu"),
  ...bytesOf("K"),
  size,
  ...bytesOf("NtQK"),
  0,
  ...bytesOf("K"),
  size,
  0x85,
  ...bytesOf("K"),
  1,
  0x85,
  ...bytesOf("\x89NtR"),
];
const structure = (...tensors: readonly (readonly number[])[]): number[] => [
  ...[0x80, 2],
  ...bytesOf("}"),
  ...tensors.flatMap((made, index) => [...text(`t${index}`), ...made, ...bytesOf("s")]),
  0x2e,
];
const keys = (...names: readonly string[]): number[] => [...bytesOf("("), ...names.flatMap(text), ...bytesOf("l.")];
const stored = (...values: readonly number[]): number[] => [
  ...new Uint8Array(new BigInt64Array([BigInt(values.length)]).buffer),
  ...new Uint8Array(new Float32Array(values).buffer),
];

const open = (...parts: readonly (readonly number[])[]) => openSource(memorySource(Uint8Array.from(parts.flat()), "f"));

for (const [name, tensors] of Object.entries(golden)) {
  Deno.test(`openLegacyPyTorch() reads of ${name} what torch.load does`, async () => {
    const checkpoint = await openCheckpoint(path(name));
    const names = [...checkpoint.tensors.keys()].filter((tensor) => tensor !== "complex");
    assert.deepEqual(new Set(names), new Set(Object.keys(tensors)));
    for (const [tensor, { dtype, shape, values }] of Object.entries(tensors)) {
      assert.deepEqual(checkpoint.tensors.get(tensor), { dtype, shape }, tensor);
      assert.deepEqual([...await checkpoint.read(tensor)], values.map(Number), tensor);
    }
    await assert.rejects(checkpoint.read("absent"), /Cannot read tensor "absent"/);
    await checkpoint.close();
  });
}

Deno.test("openLegacyPyTorch() reads the structure and the number before each storage, and then one tensor alone", async () => {
  const values = Array.from({ length: 50 }, (_, index) => index);
  // An unused string makes the structure longer than what is read of it at first.
  const long = [...bytesOf("X"), ...new Uint8Array(new Uint32Array([200_000]).buffer), ...Array(200_000).fill(97)];
  const head = [...MAGIC, ...PROTOCOL, ...machine(true), 0x80, 2, ...bytesOf("}"), ...text("t0"), ...tensor("a", 50)];
  const bytes = Uint8Array.from(
    [head, bytesOf("s"), text("b"), tensor("b", 2), bytesOf("s"), text("x"), long, bytesOf("s."), keys("a", "b")]
      .flat().concat(stored(...values), stored(7, 8)),
  );
  const reads: [number, number][] = [];
  const source: ByteSource = {
    ...memorySource(bytes, "f"),
    read(offset, length) {
      reads.push([offset, length]);
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
  };
  const checkpoint = await openSource(source);
  reads.length = 0;
  assert.deepEqual([...await checkpoint.read("b")], [7, 8]);
  assert.deepEqual(reads, [[bytes.length - 8, 8]]);
  assert.deepEqual([...await checkpoint.read("t0")], values);
});

Deno.test("openLegacyPyTorch() leaves storages unread whatever their size", async () => {
  let read = 0;
  const big = new Uint8Array(5_000_000);
  const head = Uint8Array.from([
    ...[...MAGIC, ...PROTOCOL, ...machine(true)],
    ...structure([
      ...bytesOf("ctorch._utils\n_rebuild_tensor_v2\n(("),
      ...text("storage"),
      ...bytesOf("ctorch\nByteStorage\n"),
      ...text("a"),
      ...text("cpu"),
      ...bytesOf("J"),
      ...new Uint8Array(new Int32Array([big.length - 1000]).buffer),
      ...bytesOf("NtQK"),
      0,
      ...bytesOf("K\x01\x85K\x01\x85\x89NtR"),
    ]),
    ...keys("a"),
    ...new Uint8Array(new BigInt64Array([BigInt(big.length - 1000)]).buffer),
  ]);
  big.set(head);
  const size = head.length + big.length - 1000;
  const source: ByteSource = {
    name: "f",
    size,
    read(offset, length) {
      read += length;
      return Promise.resolve(big.subarray(offset, offset + length));
    },
    close: () => Promise.resolve(),
  };
  const checkpoint = await openSource(source);
  await checkpoint.read("t0");
  assert.ok(read < 100_000, `${read} bytes read of ${size}`);
});

Deno.test("openLegacyPyTorch() refuses other globals by name, modules saved whole and bare pickles", async () => {
  await assert.rejects(
    openCheckpoint(path("legacy-names-os-system.pth")),
    /legacy-names-os-system.pth": it names "posix.system", which is not on the list .*; expected weights as torch.save/,
  );
  await assert.rejects(openCheckpoint(path("legacy-whole-module.pth")), /it names "__main__.Tiny"/);
  await assert.rejects(openCheckpoint(path("bare-pickle.pth")), /it is a bare pickle, without PyTorch's magic number/);
});

Deno.test("openLegacyPyTorch() says in one sentence what is wrong with a file", async () => {
  const start = [...MAGIC, ...PROTOCOL, ...machine(true)];
  const whole = [...start, ...structure(tensor("a", 2)), ...keys("a"), ...stored(1, 2)];
  assert.deepEqual([...await (await open(whole)).read("t0")], [1, 2]);
  const cases: [number[][], RegExp][] = [
    [[[0x80, 2, ...bytesOf("K"), 5, 0x2e]], /Cannot read "f": it is a bare pickle, without PyTorch's magic number;/],
    [[MAGIC, [...bytesOf("K"), 7, 0x2e]], /its protocol is 7, not 1001/],
    [[MAGIC, bytesOf("].")], /its protocol is no number, not 1001/],
    [[MAGIC, PROTOCOL, bytesOf("N.")], /it says nothing of the machine that wrote it/],
    [[MAGIC, PROTOCOL, machine(false), whole.slice(start.length)], /a big-endian machine wrote it/],
    [[start, structure(), keys()], /there are no tensors in it/],
    [[start, structure(tensor("a", 2)), bytesOf("N.")], /the list of its storages is missing/],
    [[start, structure(tensor("a", 2)), keys()], /the data of tensor "t0" are missing/],
    [[start, structure(tensor("a", 2)), keys("b"), stored(1, 2)], /it stores elements that nothing in it refers to/],
    [[start, structure(tensor("a", 2)), keys("a"), stored(1)], /storage "a" holds 1 elements, not the 2/],
    [
      [start, structure(tensor("a", 2)), keys("a"), stored(1, 2).slice(0, -1)],
      /it ends at \d+ bytes, within storage "a"/,
    ],
    [[start, structure(tensor("a", 2)), keys("a"), [2, 0]], /it ends at \d+ bytes, before storage "a"/],
    [[start, structure(tensor("a", 2), tensor("a", 3)), keys("a")], /storage "a" is said to be of two types or sizes/],
    [[start, structure(tensor("a", 2, "NoSuchStorage"))], /it names "torch.NoSuchStorage", which is not on the list/],
    [[start, structure(tensor("a", 2, "Size"))], /a reference at \d+ is not to a tensor's storage/],
  ];
  for (const [parts, message] of cases) {
    await assert.rejects(open(...parts), (error: Error) => {
      assertOneSentence(error);
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("openCheckpoint() refuses a legacy file cut short anywhere, in one sentence", async () => {
  const bytes = await readFile(path("legacy-nested.pth"));
  for (let length = 0; length < bytes.length; length++) {
    await assert.rejects(openSource(memorySource(bytes.subarray(0, length))), (error) => {
      assertOneSentence(error);
      return true;
    });
  }
});

for (const name of ["legacy-views.pth", "legacy-protocol4.pth", "legacy-old.pth"]) {
  Deno.test(`openCheckpoint() gives tensors or one sentence for ${name} with any bytes changed`, async () => {
    const bytes = await readFile(path(name));
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const damaged = new Uint8Array(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          const checkpoint = await openSource(memorySource(damaged));
          for (const tensor of checkpoint.tensors.keys()) await checkpoint.read(tensor);
        } catch (error) {
          assertOneSentence(error);
        }
      }),
      { numRuns: 300 },
    );
  });
}
