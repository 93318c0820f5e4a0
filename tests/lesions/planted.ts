import { GraphBuilder } from "../../src/onnx/mod.ts";
import { parseCriterion } from "../../src/criteria/mod.ts";
import type { Device } from "../../src/devices/mod.ts";
import type { LesionOptions } from "../../src/lesions/mod.ts";
import type { Network } from "../../src/networks/mod.ts";
import { type MadeRecording, type RecordedImage, recordNetwork } from "../../src/recording/mod.ts";
import { Random } from "../../src/statistics/mod.ts";
import { network, PIXELS, SIDE } from "../recording/record_fixtures.ts";

export const CONDITIONS = ["faces", "places", "objects"];
export const TARGETS = ["faces", "places"];
const BLOCKS = 4, PER_BLOCK = 6, SEEN = 24;
/** Detectors of a condition's pattern, and units that respond to no condition more than to another. */
export const DETECTORS = 20, OTHERS = 160;
export const UNITS = 2 * DETECTORS + OTHERS;

export const IMAGES: RecordedImage[] = CONDITIONS.flatMap((category, condition) =>
  Array.from({ length: BLOCKS * PER_BLOCK }, (_, i) => ({
    id: `${category}/${i}`,
    condition,
    category,
    block: i % BLOCKS,
  }))
);

/** ±1 at every pixel, the same for all images of a condition. */
function pattern(condition: number): Float32Array {
  const random = new Random(condition, "pattern");
  return Float32Array.from({ length: PIXELS }, () => Math.sign(random.normal()));
}

/** Two pixels that have the same value in either pattern. */
function alike(random: Random): [number, number] {
  const [faces, places] = [pattern(0), pattern(1)];
  for (;;) {
    const one = random.integer(PIXELS), other = random.integer(PIXELS);
    if (one !== other && faces[one] === faces[other] && places[one] === places[other]) return [one, other];
  }
}

/** Faces and places show their pattern in noise, objects noise alone. */
export function pixels(index: number): Float32Array {
  const { id, condition } = IMAGES[index], random = new Random(0, id), own = pattern(condition);
  return Float32Array.from(own, (value) => (condition === 2 ? 0 : value) + random.normal());
}

/** What the readout takes from the layer. */
export type Readout =
  /** Every unit: only detectors of faces tell faces from objects. */
  | "all"
  /** Every unit but the detectors of faces, and what a detector of faces elsewhere says. */
  | "elsewhere";

/**
 * A layer of detectors of faces, detectors of places and other units, and a readout behind it. Faces and objects differ in
 * detectors of faces alone.
 */
export function plantedNetwork(readout: Readout): Network {
  const random = new Random(7, "weights");
  const weights = new Float32Array(PIXELS * UNITS), bias = new Float32Array(UNITS);
  for (let unit = 0; unit < UNITS; unit++) {
    const detector = unit < 2 * DETECTORS ? pattern(Math.floor(unit / DETECTORS)) : null;
    bias[unit] = 0.1 + random.uniform();
    if (detector !== null) {
      // Each sees some pixels of the pattern.
      for (let k = 0; k < SEEN; k++) {
        const i = random.integer(PIXELS);
        weights[i * UNITS + unit] += detector[i] / SEEN;
      }
      continue;
    }
    // Others see the difference of two pixels that the patterns do not tell apart, faintly, at some mean activity.
    const [one, other] = alike(random);
    weights[one * UNITS + unit] = 0.02;
    weights[other * UNITS + unit] = -0.02;
  }
  const graph = new GraphBuilder("planted");
  const image = graph.input("image", "float32", ["batch", 3, SIDE, SIDE]);
  const flat = graph.node("Flatten", [image], { axis: 1 });
  const scores = graph.node("MatMul", [flat, graph.constant(weights, [PIXELS, UNITS])]);
  const layer = graph.node("Relu", [graph.node("Add", [scores, graph.constant(bias, [UNITS])])], {}, "layer");
  const kept = Float32Array.from({ length: UNITS }, (_, unit) => Number(readout === "all" || unit >= DETECTORS));
  const own = graph.node("Mul", [layer, graph.constant(kept, [UNITS])]);
  if (readout === "all") {
    const end = graph.node("Identity", [own], {}, "end");
    return network(graph, [["layer", layer, [UNITS]], ["end", end, [UNITS]]]);
  }
  // A path round the layer.
  const face = graph.constant(pattern(0).map((value) => value / PIXELS), [PIXELS, 1]);
  const end = graph.node("Concat", [own, graph.node("MatMul", [flat, face])], { axis: 1 }, "end");
  return network(graph, [["layer", layer, [UNITS]], ["end", end, [UNITS + 1]]]);
}

/** A recording of a network, closed by the caller. */
export function record(network: Network, device: Device): Promise<MadeRecording> {
  return recordNetwork({
    network,
    device,
    images: IMAGES,
    conditions: CONDITIONS,
    blocks: BLOCKS,
    stimuli: "drawn here",
    batch: 16,
    load: (i) => Promise.resolve(pixels(i)),
  });
}

/** What a lesion of the planted layer is asked for. */
export function lesionOf(network: Network, device: Device, recording: MadeRecording): LesionOptions {
  return {
    network,
    device,
    recording,
    layer: "layer",
    targets: TARGETS,
    criterion: parseCriterion("conjunction", CONDITIONS),
    load: (i) => Promise.resolve(pixels(i)),
  };
}
