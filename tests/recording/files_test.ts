import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { UnusableRecordingError } from "../../src/errors.ts";
import { analyseNetwork } from "../../src/inference/mod.ts";
import { openDevice } from "../../src/devices/mod.ts";
import {
  describeRecording,
  openRecording,
  recordingKey,
  recordNetwork,
  recordTemporarily,
} from "../../src/recording/mod.ts";
import { areStored, poolMoments } from "../../src/statistics/mod.ts";
import { inFolder } from "../in_folder.ts";
import { runScript, SOURCES } from "../devices/run_script.ts";
import { allLayers, manyImages, request } from "./record_fixtures.ts";

const cpu = await openDevice("cpu", { threads: 2 });
const FIXTURES = new URL("./record_fixtures.ts", import.meta.url).href;
const asked = { ...request(cpu, { images: manyImages() }), batch: 3, sampledUnits: 40 };
const GROUPS = 12;

/** Runs a test with the path of a recording in a folder of its own. */
function fileTest(name: string, body: (path: string, dir: string) => Promise<void>): void {
  Deno.test(name, () => inFolder((dir) => body(`${dir}/small.recording`, dir)));
}

/** Records in memory and, undisturbed, into a file. */
async function undisturbed(dir: string): Promise<Uint8Array> {
  await (await recordNetwork({ ...asked, to: `${dir}/undisturbed` })).close();
  return await Deno.readFile(`${dir}/undisturbed`);
}

/** How many whole groups an unfinished file holds, by its size and what it says at its beginning. */
async function wholeGroups(path: string): Promise<number> {
  const bytes = await Deno.readFile(path);
  if (bytes.length === 0) return 0;
  const view = new DataView(bytes.buffer);
  const { groups, sampledUnits } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(20, 20 + view.getUint32(12, true))),
  );
  const start = 20 + view.getUint32(12, true) + 4 * sampledUnits.reduce((a: number, b: number) => a + b, 0);
  return groups.filter((group: { offset: number; bytes: number }) => start + group.offset + group.bytes <= bytes.length)
    .length;
}

async function partsIn(dir: string): Promise<string[]> {
  const names = [];
  for await (const { name } of Deno.readDir(dir)) if (name.endsWith(".part")) names.push(`${dir}/${name}`);
  return names;
}

fileTest("recordNetwork() into a file holds what it holds in memory, and finds it the next time", async (path, dir) => {
  const memory = await recordNetwork(asked);
  const progress: number[] = [];
  const first = await recordNetwork({ ...asked, to: path });
  const second = await recordNetwork({
    ...asked,
    to: path,
    load: () => Promise.reject(new Error("nothing is loaded again")),
    onProgress: (done) => progress.push(done),
    time: () => Promise.reject(new Error("nothing takes time")),
  });
  assert.deepEqual(first.groups, { recorded: GROUPS, found: 0 });
  assert.deepEqual(second.groups, { recorded: 0, found: GROUPS });
  assert.deepEqual(progress, []);
  const { key, bytes, header } = describeRecording(asked);
  assert.equal((await Deno.stat(path)).size, bytes);
  assert.deepEqual([first.header, second.header, memory.header], [header, header, header]);
  assert.equal(recordingKey(header), key);
  assert.equal(second.selfCheck, memory.selfCheck);
  assert.deepEqual([first.path, memory.path], [path, null]);
  const layers = await allLayers(memory);
  assert.deepEqual(await allLayers(first), layers);
  assert.deepEqual(await allLayers(second), layers);
  assert.deepEqual(await partsIn(dir), []);
  await assert.rejects(first.readLayer(0), /is closed/);
  await assert.rejects(openRecording(`${dir}/none`), /Cannot open the recording ".*none": there is no such file/);
});

Deno.test("recordingKey() covers everything that decides the numbers, and no more", () => {
  const { key } = describeRecording(asked);
  const preprocessing = { resize: 8, crop: 8, interpolation: "nearest", mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const others = [
    { images: asked.images.slice(1) },
    { images: asked.images.map((image, i) => i === 3 ? { ...image, block: 1 - image.block } : image) },
    { conditions: ["faces", "places", "tools"] },
    { blocks: 9 },
    { layers: asked.network.layers.slice(1) },
    { stimuli: "other images" },
    { weights: "00" },
    { preprocessing },
    { sampledUnits: 41 },
    { seed: 1 },
    { batch: 4 },
    { device: { ...cpu, name: "wasm" as const } },
    {
      network: request(cpu).network,
      layers: asked.network.layers.map((layer) => ({ ...layer, name: `x${layer.name}` })),
    },
  ];
  const keys = others.map((other) => describeRecording({ ...asked, ...other }).key);
  assert.equal(new Set([key, ...keys]).size, others.length + 1);
  const reordered = Object.fromEntries(Object.entries(preprocessing).reverse()) as unknown as typeof preprocessing;
  const recipe = { title: "a recipe", ...reordered };
  assert.equal(describeRecording({ ...asked, preprocessing: recipe }).key, keys[7]);
  assert.equal(describeRecording({ ...asked, label: "a name" }).key, key);
  const { header } = describeRecording(asked);
  assert.equal(recordingKey(Object.fromEntries(Object.entries(header).reverse()) as unknown as typeof header), key);
});

fileTest(
  "recordNetwork() continues after SIGKILL at ten moments, repeats no whole group, and gives the same bytes",
  async (path, dir) => {
    const expected = await undisturbed(dir);
    const script = (moment: string): string => `
    import process from "node:process";
    import { openDevice } from "${SOURCES}devices/mod.ts";
    import { recordNetwork } from "${SOURCES}recording/mod.ts";
    import { manyImages, request } from "${FIXTURES}";
    const die = () => process.kill(process.pid, "SIGKILL");
    let [loads, batches, merges] = [0, 0, 0];
    const asked = request(await openDevice("cpu", { threads: 1 }), { images: manyImages() });
    await recordNetwork({
      ...asked, batch: 3, sampledUnits: 40, to: Deno.args[0],
      load: async (i) => { if (loads++ === at("load")) die(); return await asked.load(i); },
      time: async (phase, work) => {
        if (phase === "inference" && batches++ === at("inference")) die();
        const result = await work();
        if (phase === "merge" && merges++ === at("merge")) die();
        return result;
      },
    });
    function at(what) { const [name, count] = "${moment}".split(" "); return name === what ? Number(count) : -1; }
  `;
    let done = 0;
    const moments = [
      "load 0",
      "inference 0",
      "merge 0",
      "merge 1",
      "inference 2",
      "load 9",
      "merge 2",
      "load 4",
      "merge 1",
      "inference 3",
    ];
    for (const moment of moments) {
      const { success, stderr } = await runScript(script(moment), [path]);
      assert.equal(success, false, moment);
      assert.equal(stderr, "", moment);
      const [part, ...others] = await partsIn(dir);
      assert.deepEqual(others, []);
      const found = await wholeGroups(part);
      assert.ok(found >= done, `${moment}: ${found} groups after ${done}`);
      done = found;
    }
    assert.ok(done > 0 && done < GROUPS, `${done}`);
    const loaded = new Set<number>();
    const progress: number[] = [];
    const notices: string[] = [];
    const recording = await recordNetwork({
      ...asked,
      to: path,
      load: (i) => {
        loaded.add(i);
        return asked.load(i);
      },
      onProgress: (images) => progress.push(images),
      onNotice: (sentence) => notices.push(sentence),
    });
    await recording.close();
    assert.deepEqual(recording.groups, { recorded: GROUPS - done, found: done });
    assert.equal(loaded.size, asked.images.length - progress[0]);
    assert.deepEqual(notices, [`${done} of ${GROUPS} groups are recorded already; continuing`]);
    assert.deepEqual(await Deno.readFile(path), expected);
    assert.deepEqual(await partsIn(dir), []);
  },
);

fileTest("recordNetwork() continues where it was interrupted or failed", async (path, dir) => {
  const expected = await undisturbed(dir);
  const stop = new AbortController();
  const onProgress = (done: number): void => {
    if (done >= 12) stop.abort(new Error("enough"));
  };
  await assert.rejects(recordNetwork({ ...asked, to: path, onProgress, signal: stop.signal }), /enough/);
  const load = (i: number): Promise<Float32Array> =>
    asked.images[i].condition === 2 ? Promise.reject(new Error("no such picture")) : asked.load(i);
  await assert.rejects(recordNetwork({ ...asked, to: path, load }), /no such picture/);
  const recording = await recordNetwork({ ...asked, to: path });
  await recording.close();
  assert.deepEqual(recording.groups, { recorded: 4, found: 8 });
  assert.deepEqual(await Deno.readFile(path), expected);
});

fileTest(
  "recordNetwork() cuts off what an unfinished file holds of a damaged or foreign recording",
  async (path, dir) => {
    const expected = await undisturbed(dir);
    const resume = async (bytes: Uint8Array): Promise<{ found: number; notices: string[] }> => {
      await Deno.writeFile(`${path}.idle.part`, bytes);
      const notices: string[] = [];
      const recording = await recordNetwork({ ...asked, to: path, onNotice: (sentence) => notices.push(sentence) });
      await recording.close();
      assert.deepEqual(await Deno.readFile(path), expected);
      await Deno.remove(path);
      return { found: recording.groups.found, notices };
    };
    const cut = expected.subarray(0, expected.length - 100);
    assert.equal((await resume(cut)).found, GROUPS - 1);
    assert.equal((await resume(expected)).found, GROUPS);
    const flipped = Uint8Array.from(cut);
    flipped[Math.floor(cut.length * 0.7)] ^= 1;
    const { found, notices } = await resume(flipped);
    assert.ok(found > 0 && found < GROUPS - 1, `${found}`);
    assert.match(notices[0], new RegExp(`group ${found + 1} of ".*" is not what was written; recording it again`));
    await (await recordNetwork({ ...asked, seed: 1, to: `${dir}/foreign` })).close();
    const foreign = await resume(await Deno.readFile(`${dir}/foreign`));
    assert.equal(foreign.found, 0);
    assert.match(foreign.notices.join(), /it is of something else; recording it from the beginning/);
    const text = await resume(new TextEncoder().encode("a shopping list, longer than what is read of a beginning"));
    assert.match(text.notices.join(), /it is no recording; recording it from the beginning/);
  },
);

fileTest("openRecording() and recordNetwork() never use a file with a flipped byte", async (path, dir) => {
  const expected = await undisturbed(dir);
  const places = Array.from({ length: 60 }, (_, i) => Math.floor(i * expected.length / 60));
  for (const at of [0, 8, 12, 16, 20, ...places, expected.length - 1]) {
    const flipped = Uint8Array.from(expected);
    flipped[at] ^= 4;
    await Deno.writeFile(path, flipped);
    await assert.rejects(openRecording(path), UnusableRecordingError, `byte ${at}`);
    // Where nobody read it through, the layer that the byte belongs to is refused.
    await assert.rejects(
      async () => await allLayers(await openRecording(path, { verify: false })),
      UnusableRecordingError,
    );
  }
  const notices: string[] = [];
  const recording = await recordNetwork({ ...asked, to: path, onNotice: (sentence) => notices.push(sentence) });
  await recording.close();
  assert.deepEqual(recording.groups, { recorded: GROUPS, found: 0 });
  assert.match(
    notices.join(),
    /^Cannot use the recording ".*": what it holds of words, block 3, is not what was written; /,
  );
  assert.deepEqual(await Deno.readFile(path), expected);
});

fileTest(
  "openRecording() and recordNetwork() never use a file that is cut short, too long or of something else",
  async (path, dir) => {
    const expected = await undisturbed(dir);
    const files: [Uint8Array, RegExp][] = [
      [expected.subarray(0, 0), /it is no recording/],
      [expected.subarray(0, 30), /it is cut short|its beginning is damaged/],
      [expected.subarray(0, expected.length - 1), /it has \d+ bytes; expected \d+/],
      [Uint8Array.of(...expected, 0), /it has \d+ bytes; expected \d+/],
      [new TextEncoder().encode("a shopping list"), /it is no recording/],
      [Uint8Array.from(expected, (byte, i) => i === 8 ? 99 : byte), /its format is version 99; expected 1/],
    ];
    for (const [bytes, message] of files) {
      await Deno.writeFile(path, bytes);
      await assert.rejects(openRecording(path), message);
      const notices: string[] = [];
      const recording = await recordNetwork({ ...asked, to: path, onNotice: (sentence) => notices.push(sentence) });
      await recording.close();
      assert.equal(recording.groups.recorded, GROUPS);
      assert.match(notices.join(), message);
      assert.deepEqual(await Deno.readFile(path), expected);
    }
    const { key } = describeRecording({ ...asked, seed: 1 });
    await assert.rejects(openRecording(path, { key }), /it is of another network, other images or other settings/);
    const other = await recordNetwork({ ...asked, seed: 1, to: path });
    await other.close();
    assert.deepEqual(other.groups, { recorded: GROUPS, found: 0 });
    await (await openRecording(path, { key })).close();
  },
);

fileTest("recordNetwork() makes a file anew that holds other groups than those asked for", async (path) => {
  const groups = [{ condition: 0, block: 1 }];
  const part = await recordNetwork({ ...asked, groups, to: path });
  assert.deepEqual([part.groups, part.missing.length], [{ recorded: 1, found: 0 }, GROUPS - 1]);
  await part.close();
  const notices: string[] = [];
  const more = await recordNetwork({ ...asked, to: path, onNotice: (sentence) => notices.push(sentence) });
  assert.deepEqual([more.groups, more.missing], [{ recorded: GROUPS, found: 0 }, []]);
  assert.match(notices.join(), /it lacks 11 of the groups that are wanted/);
  await more.close();
  const found = await recordNetwork({ ...asked, groups, to: path });
  assert.deepEqual(found.groups, { recorded: 0, found: 1 });
  await found.close();
});

fileTest("recordNetwork() of two processes at once records once, and both have it", async (path, dir) => {
  const expected = await undisturbed(dir);
  const script = `
    import { openDevice } from "${SOURCES}devices/mod.ts";
    import { recordNetwork } from "${SOURCES}recording/mod.ts";
    import { manyImages, request } from "${FIXTURES}";
    const asked = request(await openDevice("cpu", { threads: 1 }), { images: manyImages() });
    const load = async (i) => { await new Promise((resolve) => setTimeout(resolve, 60)); return await asked.load(i); };
    const recording = await recordNetwork({ ...asked, load, batch: 3, sampledUnits: 40, to: Deno.args[0] });
    console.log(JSON.stringify(recording.groups));
    await recording.close();
  `;
  const results = await Promise.all([runScript(script, [path]), runScript(script, [path])]);
  const groups = results.map(({ stdout, stderr }) => JSON.parse(stdout || assert.fail(stderr)));
  groups.sort((a, b) => a.found - b.found);
  assert.deepEqual(groups, [{ recorded: GROUPS, found: 0 }, { recorded: 0, found: GROUPS }]);
  assert.deepEqual(await Deno.readFile(path), expected);
  assert.deepEqual(await partsIn(dir), []);
});

fileTest("recordNetwork() twice in one process waits and says so", async (path) => {
  const notices: string[] = [];
  const onNotice = (sentence: string): number => notices.push(sentence);
  // Slow enough for the second to look while the first records.
  const load = async (i: number): Promise<Float32Array> => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return await asked.load(i);
  };
  const twice = await Promise.all([1, 2].map(() => recordNetwork({ ...asked, load, to: path, onNotice })));
  assert.deepEqual(twice.map(({ groups }) => groups.found).sort((a, b) => a - b), [0, GROUPS]);
  for (const recording of twice) await recording.close();
  assert.deepEqual(notices, [`another process records the same into "${path}"; waiting for it`]);
});

fileTest("recordTemporarily() leaves nothing when it is closed or has failed", async (_path, dir) => {
  const here = async (): Promise<string[]> => (await Array.fromAsync(Deno.readDir(`${dir}/t`))).map(({ name }) => name);
  const recording = await recordTemporarily({ ...asked, directory: `${dir}/t` });
  assert.equal((await here()).length, 1);
  assert.deepEqual(await allLayers(recording), await allLayers(await recordNetwork(asked)));
  assert.deepEqual(await here(), []);
  const load = (): Promise<Float32Array> => Promise.reject(new Error("no such picture"));
  await assert.rejects(recordTemporarily({ ...asked, directory: `${dir}/t`, load }), /no such picture/);
  assert.deepEqual(await here(), []);
});

const tmpfs = Deno.build.os === "linux" &&
  (await new Deno.Command("unshare", { args: ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"] }).output()
    .catch(() => ({ success: false }))).success;

Deno.test({
  name: "recordNetwork() says so where the disk is full",
  ignore: !tmpfs,
  fn: async () => {
    const script = await Deno.makeTempFile({ suffix: ".ts" });
    await Deno.writeTextFile(
      script,
      `
      import { openDevice } from "${SOURCES}devices/mod.ts";
      import { recordNetwork } from "${SOURCES}recording/mod.ts";
      import { manyImages, request } from "${FIXTURES}";
      const asked = request(await openDevice("cpu", { threads: 1 }), { images: manyImages() });
      const error = await recordNetwork({ ...asked, batch: 3, to: "/mnt/small.recording" }).catch((error) => error);
      console.log(error.message);
      `,
    );
    const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
    const { stdout, stderr } = await new Deno.Command("unshare", {
      args: [
        "-rm",
        "sh",
        "-c",
        `mount -t tmpfs -o size=64k none /mnt && "${Deno.execPath()}" run -A --quiet --no-check --config "${config}" "${script}"`,
      ],
    }).output();
    await Deno.remove(script);
    const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.match(text, /Cannot write the recording "\/mnt\/small.*": the disk is full; make space and run it again/);
  },
});

Deno.test("recordNetwork() into a file takes no more memory for more images and groups", async () => {
  const script = `
    import process from "node:process";
    import { openDevice } from "${SOURCES}devices/mod.ts";
    import { recordTemporarily } from "${SOURCES}recording/mod.ts";
    import { GraphBuilder } from "${SOURCES}onnx/mod.ts";
    import { manyImages, network, request, SIDE } from "${FIXTURES}";
    const device = await openDevice("cpu", { threads: 1 });
    const graph = new GraphBuilder("wide");
    const image = graph.input("image", "float32", ["batch", 3, SIDE, SIDE]);
    const times = graph.constant(new BigInt64Array([1n, 1n, 64n, 64n]), [4]);
    const wide = graph.node("Tile", [image, times]);
    const images = manyImages(Number(Deno.args[0]));
    const recording = await recordTemporarily({
      ...request(device, { images }),
      network: network(graph, [["wide", wide, [3, 512, 512]]]),
      batch: 4,
      sampledUnits: 100,
    });
    await recording.close();
    console.log(process.resourceUsage().maxRSS, recording.groups.recorded);
  `;
  const peak = async (blocks: number): Promise<number> => {
    const { stdout, stderr } = await runScript(script, [String(blocks)]);
    const [kibibytes, groups] = (stdout || assert.fail(stderr)).trim().split(" ").map(Number);
    assert.equal(groups, 3 * blocks);
    return kibibytes / 1024;
  };
  const [few, many] = [await peak(2), await peak(12)];
  // Thirty groups more are 189 MB of moments.
  assert.ok(many < few + 40, `${few} MB, then ${many} MB`);
});

fileTest("a layer read from a file gives its memory back when it is released; one in memory stays", async (path) => {
  const recording = await recordNetwork({ ...asked, to: path });
  const layer = await recording.readLayer(0);
  layer.release!();
  assert.ok(layer.moments.flat().filter(({ n }) => n > 0).every(({ mean, m2 }) => mean.length + m2.length === 0));
  assert.ok((await recording.readLayer(0)).moments[0][0].mean.length > 0);
  await recording.close();
  assert.equal((await (await recordNetwork(asked)).readLayer(0)).release, undefined);
});

fileTest("moments that stay in the file give the same analysis as those in memory", async (path) => {
  await (await recordNetwork({ ...asked, to: path })).close();
  const memory = await openRecording(path);
  const stored = await openRecording(path, { mostMomentBytes: 0 });
  const first = await stored.readLayer(0);
  assert.ok(first.moments.flat().every(areStored));
  assert.ok(!(await memory.readLayer(0)).moments.flat().some(areStored));
  // Deletions on a sample of channels, so that all that reads moments is met.
  const settings = {
    seed: 3,
    targets: ["faces", "places"],
    derived: {},
    criterion: "t.rest > 0.5",
    criteria: ["conjunction-max"],
    permutations: 3,
    largestLayer: 200,
    otherUnits: 100,
  };
  const expected = await analyseNetwork(memory, settings);
  assert.deepEqual(await analyseNetwork(stored, settings), expected);
  assert.ok(expected.layers[0].categories.faces.measures.proportion.value! > 0);
  await stored.close();
  assert.throws(() => poolMoments(...first.moments[0]), /Cannot read the recording ".*": it is closed/);
  await memory.close();
});
