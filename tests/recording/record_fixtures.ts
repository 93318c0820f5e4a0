import type { Device } from "../../src/devices/mod.ts";
import type { Moments } from "../../src/statistics/mod.ts";
import type { LayerRecording, RecordedImage, Recording, RecordOptions } from "../../src/recording/mod.ts";
import type { Layer, Network } from "../../src/networks/mod.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";

export const SIDE = 8;
export const PIXELS = 3 * SIDE * SIDE;

/** Repeatable numbers between −1 and 1 without any pattern that matters. */
export function values(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + salt * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
}

/** Builds a network out of one graph: `layers` maps a layer's name to its value and shape. */
export function network(
  graph: GraphBuilder,
  layers: readonly (readonly [name: string, value: string, shape: readonly number[]])[],
): Network {
  return {
    graph,
    input: { name: "image", shape: [3, SIDE, SIDE] },
    layers: layers.map(([name, value, shape], i): Layer => ({
      name,
      value,
      shape,
      depth: layers.length === 1 ? 0 : i / (layers.length - 1),
      units: shape.reduce((product, size) => product * size, 1),
    })),
  };
}

/** Two convolutions and a pool, with a layer after each; 512, 192 and 12 units. */
export function smallNetwork(batch: number | string = "batch"): Network {
  const graph = new GraphBuilder("small");
  const image = graph.input("image", "float32", [batch, 3, SIDE, SIDE]);
  const first = graph.constant(values(8 * 3 * 9, 1), [8, 3, 3, 3]);
  const second = graph.constant(values(12 * 8 * 9, 2), [12, 8, 3, 3]);
  const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
  const one = graph.node("Relu", [graph.node("Conv", [image, first], attributes)]);
  const two = graph.node("Relu", [graph.node("Conv", [one, second], { ...attributes, strides: [2, 2] })]);
  const pooled = graph.node("Flatten", [graph.node("GlobalAveragePool", [two])], { axis: 1 });
  // Nobody asked for this one: a recording leaves it out.
  graph.output(graph.node("Neg", [pooled], {}, "unwanted"));
  return network(graph, [["one", one, [8, 8, 8]], ["two", two, [12, 4, 4]], ["pooled", pooled, [12]]]);
}

/** A layer of tokens, `[64, 5]`, whose dimensions are channels. */
export function tokenNetwork(opset?: number): Network {
  const made = new GraphBuilder("tokens");
  const image = made.input("image", "float32", ["batch", 3, SIDE, SIDE]);
  const map = made.node("Conv", [image, made.constant(values(5 * 3, 4), [5, 3, 1, 1])]);
  const flat = made.node("Reshape", [map, made.constant(new BigInt64Array([0n, 5n, -1n]), [3])]);
  const tokens = made.node("Transpose", [flat], { perm: [0, 2, 1] }, "tokens");
  made.output(tokens);
  const bytes = made.toBytes();
  if (opset !== undefined) {
    // The version of the operators is the one byte behind the tag of an empty domain's entry: 0x10, version.
    const at = bytes.findIndex((byte, i) => byte === 0x10 && bytes[i + 1] === 17 && bytes[i - 1] <= 4);
    bytes[at + 1] = opset;
    const found = GraphBuilder.from(bytes).opset;
    if (found !== opset) throw new Error(`the version is ${found}, not ${opset}`);
  }
  return network(GraphBuilder.from(bytes), [["tokens", tokens, [64, 5]]]);
}

/** The layer is `scale` times the image. */
export function linearNetwork(scale: number): Network {
  const graph = new GraphBuilder("linear");
  const image = graph.input("image", "float32", ["batch", 3, SIDE, SIDE]);
  const value = graph.node("Mul", [image, graph.constant(new Float32Array([scale]), [1])]);
  return network(graph, [["scaled", value, [3, SIDE, SIDE]]]);
}

export const CONDITIONS = ["faces", "places", "words"];

/** Images with their conditions mixed and their groups of different sizes; `places` has no image in block 1. */
export function someImages(): RecordedImage[] {
  const groups: [number, number, number][] = [[0, 0, 5], [0, 1, 4], [1, 0, 7], [2, 0, 1], [2, 1, 3]];
  const images = groups.flatMap(([condition, block, count]) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${CONDITIONS[condition]}/${block}-${i}`,
      condition,
      block,
      category: CONDITIONS[condition],
    }))
  );
  return images.map((_, i) => images[i * 7 % images.length]);
}

/** Four or five images in each of several blocks of every condition, mixed. */
export function manyImages(blocks = 4): RecordedImage[] {
  const images = CONDITIONS.flatMap((name, condition) =>
    Array.from({ length: blocks * 4 + 1 }, (_, i) => ({
      id: `${name}/${i}`,
      condition,
      block: i % blocks,
      category: name,
    }))
  );
  return images.map((_, i) => images[i * 11 % images.length]);
}

/** The image of an id, the same wherever it stands in a list. */
export function pixelsOf(id: string): Float32Array {
  const salt = [...id].reduce((sum, letter) => sum * 31 % 9973 + letter.charCodeAt(0), 7);
  return values(PIXELS, salt);
}

/** What a recording is asked for, with the images above. */
export function request(
  device: Device,
  { images = someImages() }: { images?: RecordedImage[] } = {},
): RecordOptions & { network: Network; stimuli: string } {
  return {
    network: smallNetwork(),
    device,
    images,
    conditions: CONDITIONS,
    stimuli: "the images above",
    load: (i) => Promise.resolve(pixelsOf(images[i].id)),
  };
}

/** Every layer of a recording, which is closed; what they hold, wherever it lies. */
export async function allLayers(recording: Recording): Promise<Omit<LayerRecording, "release">[]> {
  const layers: Omit<LayerRecording, "release">[] = [];
  for (const index of recording.header.layers.keys()) {
    const { layer, moments, sample, channelMeans } = await recording.readLayer(index);
    layers.push({ layer, moments, sample, channelMeans });
  }
  await recording.close();
  return layers;
}

/** The responses of every layer to every image, `[images, units]`, by a plain forward pass of one image at a time. */
export async function responsesOf(
  { network, device, images, load }: RecordOptions,
): Promise<Float32Array[]> {
  const graph = network.graph.clone();
  graph.clearOutputs();
  for (const { value } of network.layers) graph.output(value);
  const session = await device.open(graph.toBytes());
  const all = network.layers.map(({ units }) => new Float32Array(images.length * units));
  for (const i of images.keys()) {
    const outputs = await session.run({ image: { data: await load(i), shape: [1, 3, SIDE, SIDE] } });
    for (const [k, { value, units }] of network.layers.entries()) {
      all[k].set(outputs[value].data as Float32Array, i * units);
    }
  }
  await session.close();
  return all;
}

/** Moments by two passes in float64. */
export function exactMoments(responses: Float32Array, units: number, rows: readonly number[]): Moments {
  const mean = new Float64Array(units);
  const m2 = new Float64Array(units);
  for (const row of rows) {
    for (let u = 0; u < units; u++) mean[u] += responses[row * units + u] / rows.length;
  }
  for (const row of rows) {
    for (let u = 0; u < units; u++) m2[u] += (responses[row * units + u] - mean[u]) ** 2;
  }
  return { n: rows.length, mean, m2 };
}

/**
 * The worst difference of two sets of moments, each relative to the largest number of its kind. Counts must agree.
 */
export function worstError(a: Moments, b: Moments): number {
  if (a.n !== b.n || a.mean.length !== b.mean.length) return Infinity;
  let worst = 0;
  for (const key of ["mean", "m2"] as const) {
    const scale = Math.max(...Array.from(b[key], Math.abs));
    for (let i = 0; i < a[key].length; i++) {
      const difference = Math.abs(a[key][i] - b[key][i]);
      if (difference !== 0) worst = Math.max(worst, difference / scale);
    }
  }
  return worst;
}

/** The worst error over all layers, conditions and blocks. */
export async function worstRecordingError(a: Recording, b: Recording): Promise<number> {
  const others = await allLayers(b);
  const errors = (await allLayers(a)).flatMap(({ moments }, k) =>
    moments.flatMap((blocks, c) => blocks.map((moments, f) => worstError(moments, others[k].moments[c][f])))
  );
  return Math.max(...errors);
}
