import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { type ByteSource, memorySource, openCheckpoint, openSource } from "../../src/weights/mod.ts";

const FIXTURES = new URL("../../fixtures/checkpoints/", import.meta.url);

function path(name: string): string {
  return new URL(name, FIXTURES).pathname;
}

/** One sentence: no line breaks, no second full stop, and what was expected. */
function assertOneSentence(error: unknown): void {
  assert.ok(error instanceof Error);
  assert.match(error.message, /^Cannot [^\n]+$/);
}

Deno.test("openPyTorch() reads every element type, views, shared storages, parameters and scalars", async () => {
  const expected = JSON.parse(await readFile(path("views.json"), "utf8"));
  const checkpoint = await openCheckpoint(path("views.pth"));
  assert.deepEqual(new Set(checkpoint.tensors.keys()), new Set([...Object.keys(expected), "complex"]));
  for (const [name, { shape, values }] of Object.entries<{ shape: number[]; values: (number | string)[] }>(expected)) {
    assert.deepEqual(checkpoint.tensors.get(name)?.shape, shape, name);
    assert.deepEqual([...await checkpoint.read(name)], values.map(Number), name);
  }
  assert.equal(checkpoint.tensors.get("bfloat16")?.dtype, "bfloat16");
  await assert.rejects(checkpoint.read("complex"), /Cannot read tensor "complex" of ".*": elements of type complex64/);
  await assert.rejects(checkpoint.read("absent"), /Cannot read tensor "absent"/);
  await checkpoint.close();
});

Deno.test("openPyTorch() names tensors of training checkpoints by path and passes over what is beside them", async () => {
  const virtex = await openCheckpoint(path("virtex.pth"));
  assert.ok(virtex.tensors.has("model.visual.cnn.layer1.0.conv1.weight"));
  await virtex.close();
  const slip = await openCheckpoint(path("slip.pt"));
  assert.ok(slip.tensors.has("state_dict.module.visual.blocks.0.attn.qkv.weight"));
  assert.ok(![...slip.tensors.keys()].some((name) => name.includes("args") || name.includes("best_acc1")));
  await slip.close();
});

Deno.test("openPyTorch() follows a TorchScript archive's objects to their parameters, whatever device they say", async () => {
  const archive = await openCheckpoint(path("clip-resnet.pt"));
  assert.equal(archive.tensors.get("visual.conv1.weight")?.dtype, "float16");
  assert.equal(archive.tensors.get("visual.bn1.weight")?.dtype, "float32");
  assert.equal(archive.tensors.get("visual.attnpool.positional_embedding")?.dtype, "float32");
  assert.deepEqual([...await archive.read("input_resolution")], [224]);
  assert.ok(archive.tensors.has("visual.layer2.0.downsample.0.weight"));
  await archive.close();
});

Deno.test("openPyTorch() reads only the tensor that is asked for", async () => {
  const bytes = await readFile(path("mini.pth"));
  let read = 0;
  const source: ByteSource = {
    ...memorySource(bytes),
    read(offset, length) {
      read += length;
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
  };
  const checkpoint = await openSource(source);
  const opened = read;
  await checkpoint.read("conv1.weight");
  const [channels, ...rest] = checkpoint.tensors.get("conv1.weight")!.shape;
  assert.equal(read - opened, 30 + 4 * channels * rest.reduce((product, size) => product * size));
});

Deno.test("openPyTorch() refuses globals that are not on its list, by name", async () => {
  await assert.rejects(
    openCheckpoint(path("names-os-system.pth")),
    /Cannot read ".*names-os-system.pth": it names "posix.system", which is not on the list .*; expected weights/,
  );
  await assert.rejects(openCheckpoint(path("whole-module.pth")), /it names "torch.nn.modules.container.Sequential"/);
});

Deno.test("openCheckpoint() says what a file is that it does not read", async () => {
  const cases: [string, RegExp][] = [
    ["bare-pickle.pth", /it is a bare pickle, without PyTorch's magic number; expected weights as torch.save/],
    ["tar-archive.pth", /it is a tar archive, as PyTorch wrote before version 0.2/],
    ["golden.json", /it is of an unknown format \(first bytes 7b 0a 20 22\)/],
    ["absent.pth", /Cannot open ".*absent.pth": there is no such file/],
    ["../checkpoints", /Cannot open ".*checkpoints": it is a folder$/],
  ];
  for (const [name, message] of cases) {
    await assert.rejects(openCheckpoint(path(name)), (error: Error) => {
      assertOneSentence(error);
      assert.match(error.message, message);
      return true;
    });
  }
  const text = (content: string): Promise<unknown> => openSource(memorySource(new TextEncoder().encode(content)));
  await assert.rejects(text(""), /it is empty/);
  await assert.rejects(text("<!doctype html>"), /a web page or XML/);
  await assert.rejects(text("version https://git-lfs.github.com/spec/v1"), /a Git LFS pointer/);
  await assert.rejects(openSource(memorySource(new Uint8Array([0x1f, 0x8b, 8]))), /compressed with gzip/);
  await assert.rejects(openSource(memorySource(new Uint8Array([0x89, 0x48, 0x44, 0x46]))), /HDF5/);
});

Deno.test("openCheckpoint() refuses a file cut short anywhere, in one sentence", async () => {
  const bytes = await readFile(path("slip.pt"));
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
      await assert.rejects(openSource(memorySource(bytes.subarray(0, length))), (error) => {
        assertOneSentence(error);
        return true;
      });
    }),
    { numRuns: 100 },
  );
});

/** Opens a source and reads everything in it; whatever goes wrong has to be said in one sentence. */
async function readAll(source: ByteSource): Promise<void> {
  try {
    const checkpoint = await openSource(source);
    for (const name of checkpoint.tensors.keys()) await checkpoint.read(name);
  } catch (error) {
    assertOneSentence(error);
  }
}

for (const name of ["views.pth", "slip.pt", "clip-resnet.pt", "bottleneck.safetensors"]) {
  Deno.test(`openCheckpoint() gives tensors or one sentence for ${name} with any bytes changed`, async () => {
    const bytes = await readFile(path(name));
    const pickle = Math.max(0, bytes.indexOf("data.pkl"));
    const near = fc.nat(Math.min(8000, bytes.length - pickle - 1)).map((offset) => pickle + offset);
    const directory = fc.nat(999).map((offset) => bytes.length - 1 - offset);
    const change = fc.tuple(fc.oneof(near, directory, fc.nat(bytes.length - 1)), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const damaged = new Uint8Array(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        await readAll(memorySource(damaged));
      }),
      { numRuns: 150 },
    );
  });
}
