import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobSource, fileSource, hashTensors, memoryCheckpoint, memorySource } from "../../src/weights/mod.ts";

Deno.test("fileSource(), memorySource() and blobSource() give the same bytes and refuse to read past the end", async () => {
  const directory = await mkdtemp(join(tmpdir(), "fusiform-"));
  try {
    const path = join(directory, "bytes");
    const bytes = new Uint8Array([1, 2, 3, 4, 5]);
    await writeFile(path, bytes);
    for (const source of [await fileSource(path), memorySource(bytes, path), blobSource(new Blob([bytes]), path)]) {
      assert.equal(source.size, 5);
      assert.deepEqual([...await source.read(1, 3)], [2, 3, 4]);
      assert.deepEqual([...await source.read(5, 0)], []);
      await assert.rejects(source.read(3, 3), /Cannot read 3 bytes at 3 of ".*bytes": it has 5 bytes/);
      await assert.rejects(source.read(-1, 1), /Cannot read 1 bytes at -1/);
      await source.close();
    }
    const shrinking = await fileSource(path);
    await truncate(path, 2);
    await assert.rejects(shrinking.read(0, 5), /it ended at 2 bytes; expected 5/);
    await shrinking.close();
  } finally {
    await rm(directory, { recursive: true });
  }
});

Deno.test("memoryCheckpoint() refuses data that do not fill their shape and names it has not", async () => {
  const tensor = { data: new Float32Array(3), shape: [2, 2] };
  assert.throws(() => memoryCheckpoint(new Map([["a", tensor]])), /Cannot use tensor "a": 3 values; expected 4/);
  await assert.rejects(memoryCheckpoint(new Map()).read("a"), /Cannot read tensor "a"/);
});

Deno.test("hashTensors() depends on names, shapes and values and not on their order", async () => {
  const a = { data: new Float32Array([1, 2]), shape: [2] };
  const b = { data: new Float32Array([3]), shape: [] };
  const hash = (entries: [string, { data: Float32Array; shape: number[] }][]): Promise<string> =>
    hashTensors(memoryCheckpoint(new Map(entries)));
  const reference = await hash([["a", a], ["b", b]]);
  assert.match(reference, /^[0-9a-f]{64}$/);
  assert.equal(await hash([["b", b], ["a", a]]), reference);
  assert.notEqual(await hash([["a", a], ["c", b]]), reference);
  assert.notEqual(await hash([["a", { ...a, shape: [1, 2] }], ["b", b]]), reference);
  assert.notEqual(await hash([["a", { ...a, data: new Float32Array([1, 2.5]) }], ["b", b]]), reference);
  await assert.rejects(
    hashTensors({ ...memoryCheckpoint(new Map()), tensors: new Map([["x", { dtype: "float32", shape: [1] }]]) }),
    /Cannot read tensor "x"/,
  );
});
