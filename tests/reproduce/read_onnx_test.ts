import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readOnnx } from "../../src/reproduce/mod.ts";
import { openFileNetwork } from "../../src/reproduce/open_file_network.ts";
import { openDevice } from "../../src/devices/mod.ts";
import type { FileNetwork } from "../../src/study/mod.ts";
import { buildOnnxNetwork } from "../../src/networks/mod.ts";
import { assertAgrees, golden } from "../networks/_golden.ts";
import { inFolder } from "../in_folder.ts";

const FIXTURES = new URL("../../fixtures/checkpoints/", import.meta.url);
const path = (name: string): string => new URL(name, FIXTURES).pathname;

const RECIPE = {
  resize: 64,
  crop: 64,
  interpolation: "bilinear",
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
} as const;

/** The fixture in a folder of its own, its weights under the name that the model gives or under one as long. */
async function copied(folder: string, location = "bottleneck-external.data"): Promise<string> {
  const [from, to] = ["bottleneck-external.data", location].map((name) => new TextEncoder().encode(name));
  assert.equal(from.length, to.length);
  const bytes = new Uint8Array(await readFile(path("bottleneck-external.onnx")));
  for (let at = 0; at < bytes.length; at++) {
    if (from.every((byte, index) => bytes[at + index] === byte)) bytes.set(to, at);
  }
  const file = join(folder, "net.onnx");
  await writeFile(file, bytes);
  return file;
}

const copyWeights = (to: string): Promise<void> => copyFile(path("bottleneck-external.data"), to);

async function refuses(file: string, message: RegExp): Promise<void> {
  await assert.rejects(readOnnx(file), (error: Error) => {
    assert.match(error.message, message);
    assert.match(error.message, /^Cannot [^\n]+$/);
    return true;
  });
}

Deno.test("readOnnx() joins weights in another file to the model, which gives PyTorch's activations", async () => {
  const { model, bytes, sha256 } = await readOnnx(path("bottleneck-external.onnx"));
  const files = await Promise.all(["onnx", "data"].map((end) => readFile(path(`bottleneck-external.${end}`))));
  assert.equal(bytes, files[0].length + files[1].length);
  assert.equal(sha256, createHash("sha256").update(files[0]).update(files[1]).digest("hex"));
  const expected = await golden("bottleneck");
  const names: Readonly<Record<string, string>> = { relu: "/relu/Relu_output_0", avgpool: "/Flatten_output_0" };
  const layers = expected.layers.map((layer) => ({
    ...layer,
    name: names[layer.name] ?? `/${layer.name.replace(/\.\d/, "")}/${layer.name}/relu_2/Relu_output_0`,
  }));
  const network = buildOnnxNetwork(model, { layers: layers.map(({ name }) => name) });
  const shaped = network.layers.map((layer, index) => {
    const shape = layers[index].shape.slice(0, layer.name === names.avgpool ? 1 : 3);
    return { ...layer, shape, units: shape.reduce((product, size) => product * size, 1) };
  });
  await assertAgrees({ ...network, layers: shaped }, { ...expected, layers });
});

Deno.test("readOnnx() of a file that holds its weights is that file and its hash", async () => {
  const bytes = await readFile(path("bottleneck.onnx"));
  const read = await readOnnx(path("bottleneck.onnx"));
  assert.deepEqual(read.model, new Uint8Array(bytes));
  assert.equal(read.bytes, bytes.length);
  assert.equal(read.sha256, createHash("sha256").update(bytes).digest("hex"));
});

Deno.test("readOnnx() takes weights from the file's own folder and folders in it, by links within it too", () =>
  inFolder(async (folder) => {
    const inner = await copied(folder, "weights/all-of-them.data");
    await mkdir(join(folder, "weights"));
    await copyWeights(join(folder, "weights", "other"));
    await symlink("other", join(folder, "weights", "all-of-them.data"));
    const { sha256 } = await readOnnx(inner);
    assert.match(sha256, /^[0-9a-f]{64}$/);
    // A folder that is itself reached by a link is still the file's own.
    const link = join(folder, "link");
    await symlink(folder, link);
    assert.equal((await readOnnx(join(link, "net.onnx"))).sha256, sha256);
  }));

Deno.test("readOnnx() refuses weights outside the file's folder, by any way", () =>
  inFolder(async (outer) => {
    const folder = join(outer, "net");
    await mkdir(folder);
    await copyWeights(join(outer, "weights.of-the-data.file"));
    await copyWeights(join(folder, "weights-of-the-net.file"));
    await refuses(await copied(folder, "../weights.of-the-d.file"), /lie in "\.\.\/weights.*", which leads out of the/);
    await refuses(await copied(folder, "deep/../../weights.file1"), /which leads out of the file's folder/);
    await refuses(await copied(folder, "/etc/passwd/////////////"), /which is no path within a folder/);
    await refuses(await copied(folder, "C:\\windows\\system32\\data"), /which is no path within a folder/);
    await refuses(await copied(folder, "weights.of-the-data.file"), /and there is no such file/);
    await symlink(join(outer, "weights.of-the-data.file"), join(folder, "weights.of-the-data.file"));
    await refuses(join(folder, "net.onnx"), /which is a link to a place outside the file's folder; expected a file in/);
    await symlink(outer, join(folder, "linked"));
    await refuses(await copied(folder, "linked/weights.of-a.file"), /and there is no such file/);
    await copyWeights(join(outer, "weights.of-a.file"));
    await refuses(join(folder, "net.onnx"), /which is a link to a place outside/);
  }));

Deno.test("readOnnx() refuses weights that are cut short, a folder in their place and a missing file", () =>
  inFolder(async (folder) => {
    const file = await copied(folder);
    await writeFile(
      join(folder, "bottleneck-external.data"),
      (await readFile(path("bottleneck-external.data"))).subarray(9),
    );
    await refuses(file, /Cannot read \d+ bytes at \d+ of ".*bottleneck-external.data": it has \d+ bytes/);
    await mkdir(join(folder, "weights/all-of-them.data"), { recursive: true });
    await refuses(
      await copied(folder, "weights/all-of-them.data"),
      /Cannot open ".*all-of-them\.data": it is a folder$/,
    );
    await refuses(join(folder, "absent.onnx"), /there is no such file/);
  }));

Deno.test("openFileNetwork() tells networks apart whose graphs are the same and whose weights in other files are not", () =>
  inFolder(async (folder) => {
    const device = await openDevice("cpu", { threads: 1 });
    try {
      const file = await copied(folder);
      const weights = join(folder, "bottleneck-external.data");
      await copyWeights(weights);
      const request = { id: "a", weights: file, layers: ["scores"], preprocessing: RECIPE } satisfies FileNetwork;
      const hash = async () => (await openFileNetwork(request, device)).describe(null, null).weights.sha256;
      const before = await hash();
      const bytes = await readFile(weights);
      bytes[3] ^= 1;
      await writeFile(weights, bytes);
      assert.notEqual(await hash(), before);
      await writeFile(weights, bytes.subarray(4));
      await assert.rejects(hash(), /Cannot use --network .*net\.onnx: Cannot read \d+ bytes at/);
    } finally {
      await device.close();
    }
  }));

Deno.test("readOnnx() says what a file is that begins as another kind of file", () =>
  inFolder(async (folder) => {
    const file = join(folder, "net.onnx");
    for (
      const [begin, found] of [
        ["<!DOCTYPE html><html>Sign in</html>", /it is a web page or XML; expected an ONNX model$/],
        ["version https://git-lfs.github.com/spec/v1", /it is a Git LFS pointer, .*; expected an ONNX model$/],
        ["PK\x03\x04", /it is a zip file; expected an ONNX model$/],
        ["\x08\x08\xff", /Cannot read the ONNX model: /],
      ] as const
    ) {
      await writeFile(file, begin, "latin1");
      await refuses(file, found);
    }
  }));
