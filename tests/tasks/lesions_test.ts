import assert from "node:assert/strict";
import { join } from "node:path";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { reproduce as run } from "../../src/reproduce/mod.ts";
import { type LesionResult, readResults } from "../../src/results/mod.ts";
import { Random } from "../../src/statistics/mod.ts";
import { encodePng } from "../../src/stimuli/mod.ts";
import { inFolder } from "../in_folder.ts";
import { type Outcome, runCommand } from "./run_command.ts";

const SIDE = 16, SIZE = 3 * SIDE * SIDE, DETECTORS = 12, UNITS = 150;
const CONDITIONS = ["faces", "places", "words", "objects"];
const RECIPE = {
  resize: SIDE,
  crop: SIDE,
  interpolation: "bilinear",
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
} as const;

const reproduce = (...args: string[]): Promise<Outcome> => runCommand("reproduce.ts", args);

/** A pattern of a condition's own, ±1 at every pixel; objects have none. */
function pattern(condition: number): Float32Array {
  const random = new Random(condition, "pattern");
  return Float32Array.from({ length: SIZE }, () => condition === 3 ? 0 : Math.sign(random.normal()));
}

async function writeImages(folder: string): Promise<void> {
  for (const [condition, name] of CONDITIONS.entries()) {
    await Deno.mkdir(join(folder, name), { recursive: true });
    const own = pattern(condition);
    for (let index = 0; index < 12; index++) {
      const random = new Random(index, name);
      // Channels first in the pattern, last in the picture.
      const data = Uint8Array.from({ length: SIZE }, (_, i) => {
        const value = own[(i % 3) * SIDE * SIDE + Math.floor(i / 3)];
        return Math.max(0, Math.min(255, 128 + 30 * value + 30 * random.normal()));
      });
      await Deno.writeFile(join(folder, name, `${index}.png`), encodePng({ width: SIDE, height: SIDE, data }));
    }
  }
}

/** Detectors of faces, places and words, with units that see noise, and a last layer that has them all. */
async function writeNetwork(path: string, layer = "middle"): Promise<void> {
  const random = new Random(0, "weights"), patterns = [0, 1, 2].map(pattern);
  const weights = Float32Array.from({ length: SIZE * UNITS }, (_, i) => {
    const pixel = Math.floor(i / UNITS), kind = Math.floor((i % UNITS) / DETECTORS);
    return kind < 3 ? (0.5 + random.uniform()) * 4 * patterns[kind][pixel] / SIZE : 0.02 * random.normal();
  });
  const bias = Float32Array.from({ length: UNITS }, () => random.uniform());
  const graph = new GraphBuilder("two layers");
  const flat = graph.node("Flatten", [graph.input("image", "float32", ["batch", 3, SIDE, SIDE])], { axis: 1 });
  const scores = graph.node("MatMul", [flat, graph.constant(weights, [SIZE, UNITS])]);
  const middle = graph.node("Relu", [graph.node("Add", [scores, graph.constant(bias, [UNITS])])], {}, layer);
  graph.output(graph.node("Mul", [middle, graph.constant(new Float32Array([2]), [1])], {}, "last"));
  await Deno.writeFile(path, graph.toBytes());
}

Deno.test("--lesions leaves a matrix of target and condition in results and report, and is in the printed study", () =>
  inFolder(async (folder) => {
    const images = join(folder, "images"), path = join(folder, "a.onnx"), other = join(folder, "b.onnx");
    await writeImages(images);
    await writeNetwork(path);
    await writeNetwork(other, "its-own");
    const request = [
      ...["--network", path, "--stimuli", images, "--preprocessing", JSON.stringify(RECIPE)],
      ...["--layers", "middle,last", "--lesions", "middle"],
    ];
    const { code, out, error } = await reproduce(
      ...request,
      "--device",
      "cpu",
      "--fast",
      "--json",
      "--no-keep",
      "--out",
      folder,
    );
    assert.equal(code, 0, error);
    const { results: written, report } = JSON.parse(out) as { results: string; report: string };
    const results = await readResults(written);
    const [found] = results.networks[0].lesions!;
    assert.deepEqual([found.layer, found.readout, found.sets], ["middle", "last", 20]);
    assert.deepEqual(results.settings.lesions, ["middle"]);
    assert.ok(results.timing.phases.lesions! > 0);
    assert.deepEqual(Object.keys(found.accuracy).sort(), [...CONDITIONS].sort());
    for (const target of results.targets) {
      const { conditions } = found.targets[target];
      for (const condition of CONDITIONS) {
        const { drop, beyondRandom } = conditions[condition];
        if (condition === target) assert.ok(beyondRandom! > 0.5 && drop! > 0.5, `${target}: ${beyondRandom}`);
        else assert.ok(Math.abs(beyondRandom!) < 0.2, `${target}, ${condition}: ${beyondRandom}`);
      }
    }
    const page = (await Deno.readTextFile(report)).replace(/\s+/g, " ");
    for (
      const said of [
        "What the units are needed for",
        "a: lesions at middle, read out at last; chance 25 %",
        "Units selective at middle were lesioned: set to their mean",
      ]
    ) assert.ok(page.includes(said), said);

    const printed = await reproduce(...request, "--print-study");
    assert.deepEqual(JSON.parse(printed.out).lesions, ["middle"]);

    const refuses = async (message: RegExp, ...args: string[]): Promise<void> => {
      const { code, error } = await reproduce(...request.slice(0, -1), ...args, "--out", folder, "--quiet");
      assert.equal(code, 2, error);
      const lines = error.split("\n").filter((line) => /^\S/.test(line) && !line.startsWith("Warning"));
      assert.equal(lines.length, 1, error);
      assert.match(lines[0], message);
    };
    await refuses(
      /Cannot lesion "nothing": no network records a layer of that name; expected one of middle/,
      "nothing",
    );
    await refuses(/Cannot lesion "last": conditions are read out there; expected a layer before it/, "middle,last");
    await refuses(/--lesions.*Expected names separated by commas/, ",");
    const study = join(folder, "wrong.json");
    await Deno.writeTextFile(study, JSON.stringify({ ...JSON.parse(printed.out), lesions: [] }));
    const wrong = await reproduce(study);
    assert.equal(wrong.code, 2);
    assert.match(wrong.error, /wrong\.json": lesions: /);
  }));

Deno.test("lesions do not depend on the number of threads or on what was kept, and are absent where none is asked for", () =>
  inFolder(async (folder) => {
    const images = join(folder, "images");
    await writeImages(images);
    await writeNetwork(join(folder, "a.onnx"));
    await writeNetwork(join(folder, "b.onnx"), "its-own");
    const networks = [["a", "middle"], ["b", "its-own"]].map(([id, layer]) => ({
      id,
      weights: join(folder, `${id}.onnx`),
      preprocessing: RECIPE,
      layers: [layer, "last"],
    }));
    const phases = new Set<string>();
    const found = async (options: Parameters<typeof run>[0]): Promise<(LesionResult[] | undefined)[]> => {
      const { results } = await run({
        networks,
        stimuli: { path: images },
        device: "cpu",
        fast: true,
        analysis: { placements: 2 },
        cache: join(folder, "cache"),
        out: join(folder, "out"),
        onProgress: ({ phase, label, done, total }) =>
          phases.add(`${phase} ${label} ${done === total ? "ends" : "goes on"}`),
        ...options,
      });
      return results.networks.map(({ lesions }) => lesions);
    };
    const lesions = ["middle"];
    const first = await found({ lesions, threads: 1, keep: false });
    // The second network has no layer of that name.
    assert.deepEqual(first.map((each) => each?.length), [1, 0]);
    assert.ok(phases.has("lesion a, middle ends") && phases.has("lesion a, middle goes on"));
    for (const threads of [2, 4]) assert.deepEqual(await found({ lesions, threads, keep: false }), first);
    assert.deepEqual(await found({ lesions, threads: 2 }), first);
    phases.clear();
    assert.deepEqual(await found({ lesions, threads: 2 }), first);
    assert.ok(![...phases].some((each) => each.startsWith("lesion")));
    assert.deepEqual(await found({ keep: false }), [undefined, undefined]);
  }));
