import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDevice } from "../../src/devices/mod.ts";
import { RequestError } from "../../src/errors.ts";
import { hashBytes } from "../../src/lock/mod.ts";
import { defaultLayers } from "../../src/networks/mod.ts";
import { reproduce } from "../../src/reproduce/mod.ts";
import { openFileNetwork } from "../../src/reproduce/open_file_network.ts";
import type { FileNetwork } from "../../src/study/mod.ts";
import { madeImage } from "./_made_suite.ts";
import { madeTimmVit, madeVit } from "./_made_weights.ts";
import { inFolder } from "../in_folder.ts";

const BOTTLENECK = new URL("../../fixtures/checkpoints/bottleneck.onnx", import.meta.url);
const RECIPE = {
  resize: 64,
  crop: 64,
  interpolation: "bilinear",
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
} as const satisfies FileNetwork["preprocessing"];
const MORE = { title: "My network", supervision: "contrastive", language: "captions" };

Deno.test("defaultLayers() chooses stem, blocks and pool of a ResNet, the blocks and the output of a transformer", async () => {
  assert.deepEqual(defaultLayers(await readFile(BOTTLENECK)), [
    "/relu/Relu_output_0",
    "/layer1/layer1.0/relu_2/Relu_output_0",
    "/layer2/layer2.0/relu_2/Relu_output_0",
    "/layer2/layer2.1/relu_2/Relu_output_0",
    "/layer3/layer3.0/relu_2/Relu_output_0",
    "/layer4/layer4.0/relu_2/Relu_output_0",
    "/avgpool/GlobalAveragePool_output_0",
  ]);
  assert.deepEqual(defaultLayers(await madeVit(1)), ["blocks.0", "blocks.1", "blocks.2", "norm"]);
  assert.throws(() => defaultLayers(new Uint8Array(8)), /Cannot read/);
});

Deno.test("openFileNetwork() hashes the file, finds its layers' shapes and reads the recipe beside it", () =>
  inFolder(async (folder) => {
    const path = join(folder, "My Net.onnx");
    await copyFile(BOTTLENECK, path);
    await writeFile(join(folder, "My Net.preprocessing.json"), JSON.stringify({ ...RECIPE, ...MORE }));
    const device = await openDevice("cpu", { threads: 1 });
    try {
      const planned = await openFileNetwork({ id: "my-net", weights: path }, device);
      assert.deepEqual([planned.id, planned.supervision, planned.preprocessing.crop], ["my-net", "contrastive", 64]);
      const { weights, title, status } = planned.describe(null, null);
      assert.deepEqual([title, status, weights.status, weights.language], [
        "My network",
        "run",
        "local",
        "captions",
      ]);
      assert.equal(weights.sha256, await hashBytes(await readFile(path)));
      const { network } = await planned.open({} as Parameters<typeof planned.open>[0]);
      assert.deepEqual(network.layers.map(({ shape }) => shape.join(" ")).at(-1), "16 1 1");
      const named = await openFileNetwork(
        { id: "named", weights: path, layers: ["scores"], preprocessing: RECIPE },
        device,
      );
      assert.equal(named.supervision, "unstated");
      assert.equal(named.describe(null, "why").status, "not run");
    } finally {
      await device.close();
    }
  }));

Deno.test("openFileNetwork() refuses in one sentence what it cannot run", () =>
  inFolder(async (folder) => {
    const device = await openDevice("cpu", { threads: 1 });
    const refuses = async (network: Partial<FileNetwork>, message: RegExp): Promise<void> => {
      const request = { id: "a", weights: fileURLToPath(BOTTLENECK), preprocessing: RECIPE, ...network };
      await assert.rejects(openFileNetwork(request, device), (error) => {
        assert.ok(error instanceof RequestError, String(error));
        assert.match(error.message, message);
        assert.ok(!error.message.includes("\n"));
        return true;
      });
    };
    const broken = join(folder, "broken.onnx");
    await writeFile(broken, "not a graph");
    try {
      await refuses({ weights: "/nowhere.onnx" }, /Cannot use --network \/nowhere\.onnx: there is no such file/);
      await refuses({ weights: broken }, /Cannot use --network .*broken\.onnx: Cannot read/);
      await refuses({ layers: ["nothing"] }, /Cannot record "nothing": the graph has no such value/);
      await refuses({ weights: folder }, /Cannot use --network .*: it is a folder/);
      await refuses(
        { preprocessing: undefined },
        /without knowing how images become its input; expected --preprocessing/,
      );
      await refuses(
        { preprocessing: { ...RECIPE, crop: 32 } },
        /it takes images of 64×64, its preprocessing crops to 32×32/,
      );
    } finally {
      await device.close();
    }
  }));

Deno.test("openFileNetwork() takes what no tensor tells from the study: the architecture, and how images become the input", () =>
  inFolder(async (folder) => {
    const device = await openDevice("cpu", { threads: 1 });
    const vit = join(folder, "vit.safetensors");
    await writeFile(vit, madeTimmVit(0));
    const open = (weights: string, said: Partial<FileNetwork> = {}) =>
      openFileNetwork({ id: "a", weights, ...said }, device);
    const [efficientNet, alexNet] = ["efficientnet-timm", "alexnet"].map((name) =>
      fileURLToPath(new URL(`../../fixtures/architectures/${name}.safetensors`, import.meta.url))
    );
    try {
      await assert.rejects(open(efficientNet), /no tensor tells whether.*such as efficientnet-b0 or tf-effic/);
      // The name is used: this file is smaller than the network of that name.
      await assert.rejects(
        open(efficientNet, { architecture: "tf-efficientnet-b0" }),
        /Cannot build "tf-efficientnet-b0": its tensors make \d+ layers, the last of \d+ units; expected 19, .* 1280$/,
      );
      await assert.rejects(open(vit), /without knowing how images become its input; .* inception \(from −1 to 1\)/);
      const planned = await open(vit, { preprocessing: "inception" });
      const { preprocessing } = planned;
      assert.deepEqual([preprocessing.mean, preprocessing.std], [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]);
      const context = {} as Parameters<typeof planned.open>[0];
      assert.equal((await planned.open(context)).network.layers.length, 2);
      await writeFile(vit, madeTimmVit(1));
      await assert.rejects(
        planned.open(context),
        /Cannot use ".*vit\.safetensors": it has changed since the run began/,
      );
      assert.deepEqual((await open(alexNet)).preprocessing.mean, [0.485, 0.456, 0.406]);
    } finally {
      await device.close();
    }
  }));

Deno.test("reproduce() runs a transformer of the user's through analysis and report, with scrambled controls", () =>
  inFolder(async (folder) => {
    const path = join(folder, "vit.onnx");
    await writeFile(path, await madeVit(3));
    const images = join(folder, "images");
    for (const [index, name] of ["adult", "house", "word", "car"].entries()) {
      await Deno.mkdir(join(images, name), { recursive: true });
      for (let i = 0; i < 6; i++) await writeFile(join(images, name, `${i}.png`), madeImage(2 * index, i));
    }
    const { directory, results } = await reproduce({
      stimuli: { path: images },
      networks: [{
        id: "vit",
        weights: path,
        layers: ["blocks.0", "norm"],
        preprocessing: { ...RECIPE, resize: 12, crop: 12 },
      }],
      criterion: "lu-wang",
      device: "cpu",
      fast: true,
      units: "all",
      cache: join(folder, "cache"),
      out: join(folder, "out"),
    });
    assert.deepEqual(results.conditions, [
      "faces",
      "places",
      "words",
      "objects",
      "scrambled places",
      "scrambled words",
    ]);
    assert.equal(results.stimuli.perCondition["scrambled words"], 6);
    const { blocks, splits, permutations, level } = results.settings;
    assert.deepEqual([blocks, splits, permutations, level], [6, 1, 0, 0.95]);
    // Nothing of the mini suite is said of a network that is not its own.
    assert.equal(results.study, "own-networks");
    assert.deepEqual(results.limits, [
      "A family here is one network, so the intervals cover images and not trainings.",
      "What vit learned from is not stated, so no difference can be put down to it.",
    ]);
    const [network] = results.networks;
    assert.deepEqual([network.weights.source, network.weights.trainingData], [
      'file "vit.onnx" of the user',
      "not stated",
    ]);
    const page = await readFile(join(directory, "index.html"), "utf8");
    assert.ok(!/mini networks|suite “?mini|What does language change/.test(page));
    assert.deepEqual([network.id, network.status, network.weights.status], ["vit", "run", "local"]);
    assert.deepEqual(network.layers.map(({ name, shape, units }) => [name, shape, units]), [
      ["blocks.0", [10, 8], 80],
      ["norm", [8], 8],
    ]);
    assert.match(await readFile(join(directory, "index.html"), "utf8"), /not stated/);
    assert.ok((await readFile(join(directory, "units", "vit", "blocks.0.parquet"))).length > 0);
    const kept = await Deno.readDir(join(folder, "cache", "recordings"));
    assert.equal((await Array.fromAsync(kept)).filter(({ name }) => name.endsWith(".recording")).length, 1);
  }));
