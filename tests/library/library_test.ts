import assert from "node:assert/strict";
import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { compare, localize, openNetwork, openStimuli, respond } from "../../src/library/mod.ts";
import { inFolder } from "../in_folder.ts";
import { network as planted, RECIPE, UNITS, writeImages } from "../planted_onnx.ts";

const PLANTED = 40;
const OPTIONS = { preprocessing: RECIPE, device: "cpu" } as const;

Deno.test("a network is localized on one folder and its responses to another are read in eight lines", () =>
  inFolder(async (folder) => {
    const [file, first, second] = ["my net.onnx", "localizer", "others"].map((name) => join(folder, name));
    await Deno.writeFile(file, planted(0, PLANTED));
    await writeImages(first);
    await writeImages(second, "again");

    const network = await openNetwork(file, OPTIONS);
    const localized = await localize(network, await openStimuli(first));
    const responses = await respond(network, await openStimuli(second));
    const { mask, units, t } = await localized.read("layer", "faces");
    const { faces, objects } = await responses.read("layer");
    await network.close();

    assert.deepEqual([network.id, network.family, localized.layers, responses.layers], [
      "my-net",
      "my-net",
      ["layer"],
      ["layer"],
    ]);
    assert.deepEqual(localized.targets, ["faces", "places", "words"]);
    assert.deepEqual([mask.length, t.length, faces.n, faces.mean.length], [UNITS, UNITS, 12, UNITS]);
    const found = [...units].filter((unit) => unit < PLANTED).length;
    assert.ok(found > 0.9 * PLANTED && units.length < 1.5 * PLANTED, `${found} of ${units.length}`);
    assert.ok(units.every((unit) => mask[unit] === 1 && t[unit] > 0));
    const higher = [...units].filter((unit) => faces.mean[unit] > objects.mean[unit]).length;
    assert.ok(higher > 0.9 * units.length, "the units prefer faces in the other folder too");
  }));

Deno.test("compare() tells which of two networks has more selective units", () =>
  inFolder(async (folder) => {
    await writeImages(folder + "/images");
    const networks = [];
    for (const [name, count] of [["few", 4], ["many", 60]] as const) {
      const file = join(folder, `${name}.onnx`);
      await Deno.writeFile(file, planted(count, count));
      networks.push(await openNetwork(file, OPTIONS));
    }
    const { pairs, comparisons } = await compare(networks, await openStimuli(join(folder, "images")), { fast: true });
    for (const network of networks) await network.close();
    const row = comparisons.find(({ measure, category, depth, matched }) =>
      measure === "proportion" && category === "faces" && depth === null && !matched
    )!;
    assert.deepEqual([row.a, row.b, row.inference], ["few", "many", "networks"]);
    assert.equal(pairs.length, 1);
    assert.ok(row.difference! > 0.2);
  }));

Deno.test("a network of the lock is opened by its id; what the lock says is not said again", async () => {
  const network = await openNetwork("mini-clip-s0", { layers: ["layer4"], device: "cpu" });
  assert.deepEqual([network.family, network.supervision, network.seed], ["mini-clip", "contrastive", 0]);
  assert.deepEqual(network.layers.map(({ name }) => name), ["layer4"]);
  await network.close();
  await network.close();
  const refuses = (name: string, options: object, message: RegExp): Promise<void> =>
    assert.rejects(openNetwork(name, { device: "cpu", ...options }), (error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, message);
      return true;
    });
  await refuses("mini-clip-s0", { seed: 3 }, /Cannot open "mini-clip-s0" with seed: the lock says it/);
  await refuses(
    "nobody",
    {},
    /Unknown network: "nobody"\. Should be a file \(\.onnx, .*\) or one of: .*mini-vision-s0/,
  );
  await refuses("nowhere.onnx", { preprocessing: RECIPE }, /Cannot use --network nowhere\.onnx: there is no such file/);
});

Deno.test("localize() and respond() refuse layers, targets and criteria that are not there", async () => {
  const network = await openNetwork("mini-clip-s0", { layers: ["layer4"], device: "cpu" });
  try {
    const images = await openStimuli("procedural", { limit: 1 });
    const localized = await localize(network, images);
    await assert.rejects(localized.read("layer1", "faces"), /Cannot read layer "layer1".*expected one of layer4/);
    await assert.rejects(localized.read("layer4", "cars"), /expected one of the targets: faces, /);
    await assert.rejects(localize(network, images, { targets: ["cars"] }), /Cannot select for "cars"/);
    await assert.rejects(localize(network, images, { criterion: "t >" }), RequestError);
    await assert.rejects(openStimuli("nowhere"), /Cannot read stimuli from "nowhere": there is no such folder/);
  } finally {
    await network.close();
  }
});
