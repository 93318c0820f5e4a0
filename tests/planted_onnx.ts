import { join } from "node:path";
import { GraphBuilder } from "../src/onnx/mod.ts";
import { Random } from "../src/statistics/mod.ts";
import { encodePng, type Preprocessing } from "../src/stimuli/mod.ts";

/** Rows and columns of the images. */
export const SIDE = 16;

/** Units of the layer. */
export const UNITS = 200;

const CONDITIONS = ["faces", "places", "words", "objects"];

/** How images become the input. */
export const RECIPE: Preprocessing = {
  resize: SIDE,
  crop: SIDE,
  interpolation: "bilinear",
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};

/** A pattern of a condition's own, ±1 at every pixel. */
function pattern(condition: number): Float32Array {
  const random = new Random(condition, "pattern");
  return Float32Array.from({ length: 3 * SIDE * SIDE }, () => Math.sign(random.normal()));
}

/** A folder of images a condition, twelve each; another `draw` gives other images of the same kinds. */
export async function writeImages(folder: string, draw = ""): Promise<void> {
  for (const [condition, name] of CONDITIONS.entries()) {
    await Deno.mkdir(join(folder, name), { recursive: true });
    for (let index = 0; index < 12; index++) {
      const random = new Random(index, name + draw), own = pattern(condition);
      // Channels first in the pattern, last in the picture.
      const data = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => {
        const value = own[(i % 3) * SIDE * SIDE + Math.floor(i / 3)];
        return Math.max(0, Math.min(255, 128 + 12 * value + 40 * random.normal()));
      });
      await Deno.writeFile(join(folder, name, `${index}.png`), encodePng({ width: SIDE, height: SIDE, data }));
    }
  }
}

/** A network of one layer; `planted` of its units look for the pattern of faces, the others at chance. */
export function network(seed: number, planted: number): Uint8Array {
  const random = new Random(seed, "weights"), face = pattern(0), size = 3 * SIDE * SIDE;
  const weights = Float32Array.from({ length: size * UNITS }, (_, i) => {
    const unit = i % UNITS;
    return 0.05 * random.normal() + (unit < planted ? 0.02 * face[Math.floor(i / UNITS)] : 0);
  });
  const graph = new GraphBuilder("one layer");
  const image = graph.input("image", "float32", ["batch", 3, SIDE, SIDE]);
  const flat = graph.node("Flatten", [image], { axis: 1 });
  const layer = graph.node("Relu", [graph.node("MatMul", [flat, graph.constant(weights, [size, UNITS])])], {}, "layer");
  graph.output(layer, "float32", ["batch", UNITS]);
  return graph.toBytes();
}

/** Two families of two: `plain 0.onnx` and 1, `planté-0.onnx` and 1. */
export async function writeNetworks(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const seed of [0, 1]) {
    await Deno.writeFile(join(folder, `plain ${seed}.onnx`), network(seed, 4));
    await Deno.writeFile(join(folder, `planté-${seed}.onnx`), network(10 + seed, 60));
  }
}
