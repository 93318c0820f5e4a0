import assert from "node:assert/strict";
import type { Device, HostTensor } from "../../src/devices/mod.ts";
import { cutNetwork } from "../../src/lesions/cut_network.ts";
import { CutSession } from "../../src/lesions/cut_session.ts";
import { replaceUnits } from "../../src/lesions/replace_units.ts";
import { lesionLayers } from "../../src/lesions/mod.ts";
import { buildClipResNet, buildNetwork, buildTimmVit, type Network } from "../../src/networks/mod.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { NO_ADAPTER, openAll } from "../devices/devices.ts";
import { activations, built, images } from "../networks/_golden.ts";
import { network, PIXELS, SIDE, values } from "../recording/record_fixtures.ts";

const devices = await openAll(["cpu", "wasm", "webgpu"]);
const BATCH = 3, CHANNELS = 6, UNITS = CHANNELS * SIDE * SIDE;

/** Units that are set to a value, written into the graph where the layer is computed. */
interface Written {
  readonly layer: string;
  readonly units: Uint32Array;
  readonly replacement: Float32Array;
}

/**
 * Two residual blocks and a pool. `inside` lies within the second block, whose skip connection goes round it; `block` is a layer
 * that everything goes through.
 */
function residual(written?: Written): Network {
  const graph = new GraphBuilder("residual");
  const kernel = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
  const lesion = (name: string, value: string): string => {
    if (written?.layer !== name) return value;
    const shape = [1, CHANNELS, SIDE, SIDE], keep = new Float32Array(UNITS).fill(1), add = new Float32Array(UNITS);
    for (const unit of written.units) {
      keep[unit] = 0;
      add[unit] = written.replacement[unit];
    }
    const kept = graph.node("Mul", [value, graph.constant(keep, shape)]);
    return graph.node("Add", [kept, graph.constant(add, shape)]);
  };
  const convolve = (value: string, channels: number, salt: number): string =>
    graph.node(
      "Conv",
      [value, graph.constant(values(CHANNELS * channels * 9, salt), [CHANNELS, channels, 3, 3])],
      kernel,
    );
  const stem = graph.node("Relu", [convolve(graph.input("image", "float32", ["batch", 3, SIDE, SIDE]), 3, 1)]);
  const block = lesion(
    "block",
    graph.node("Relu", [graph.node("Add", [convolve(stem, CHANNELS, 2), stem])], {}, "block"),
  );
  const inside = lesion("inside", graph.node("Relu", [convolve(block, CHANNELS, 3)], {}, "inside"));
  const sum = graph.node("Relu", [graph.node("Add", [convolve(inside, CHANNELS, 4), block])]);
  const pool = graph.node("Flatten", [graph.node("GlobalAveragePool", [sum])], { axis: 1 });
  const shape = [CHANNELS, SIDE, SIDE];
  return network(graph, [["block", "block", shape], ["inside", "inside", shape], ["pool", pool, [CHANNELS]]]);
}

function feed(): HostTensor {
  return { data: values(BATCH * PIXELS, 9), shape: [BATCH, 3, SIDE, SIDE] };
}

async function poolOf(made: Network, device: Device): Promise<Float32Array> {
  const graph = made.graph.clone(), [, , pool] = made.layers;
  graph.output(pool.value);
  const session = await device.open(graph.toBytes());
  const { [pool.value]: { data } } = await session.run({ image: feed() });
  await session.close();
  return data as Float32Array;
}

function assertNear(found: Float32Array, expected: Float32Array, tolerance: number): void {
  assert.equal(found.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  found.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) <= tolerance * scale, `${value}, ${expected[i]}`)
  );
}

const units = Uint32Array.from({ length: 90 }, (_, i) => 4 * i + 1), replacement = values(UNITS, 5);

for (const name of ["cpu", "wasm", "webgpu"] as const) {
  for (const layer of ["block", "inside"]) {
    Deno.test({
      name:
        `a tail with replaced units gives what the whole graph gives with them written into it, at ${layer} on ${name}`,
      ignore: name === "webgpu" && NO_ADAPTER,
      sanitizeOps: name !== "webgpu",
      sanitizeResources: name !== "webgpu",
      fn: async () => {
        const device = devices.get(name)!, made = residual(), [, , pool] = made.layers;
        const at = made.layers.find((each) => each.name === layer)!;
        const session = await CutSession.open(made, device, at, pool), image = feed();
        const activation = await session.activation(image);
        const intact = await session.readOut(activation, image);
        const restore = replaceUnits(activation, { set: units, units: UNITS, replacement });
        const lesioned = await session.readOut(activation, image);
        restore();
        const again = await session.readOut(activation, image);
        await session.close();
        const tolerance = name === "webgpu" ? 1e-4 : 1e-5;
        assertNear(intact, await poolOf(residual(), device), tolerance);
        assertNear(lesioned, await poolOf(residual({ layer, units, replacement }), device), tolerance);
        assert.deepEqual(again, intact);
        assert.throws(() => assertNear(lesioned, intact, 0.01));
      },
    });
  }
}

Deno.test("cutNetwork() computes again from the image what goes round a layer, and nothing else", () => {
  const made = residual(), [block, inside, pool] = made.layers;
  const through = cutNetwork(made, block, pool), round = cutNetwork(made, inside, pool);
  assert.deepEqual(through.tail.inputs.map(({ name }) => name), ["block"]);
  assert.equal(through.bypassed, false);
  assert.deepEqual(round.tail.inputs.map(({ name }) => name).sort(), ["image", "inside"]);
  assert.equal(round.bypassed, true);
  const convolutions = ({ nodes }: GraphBuilder): number => nodes.filter(({ operator }) => operator === "Conv").length;
  assert.deepEqual([through.head, through.tail, round.head, round.tail].map(convolutions), [2, 2, 3, 3]);
});

Deno.test("every layer of the known networks is one that everything goes through, and its tail runs on from there", async () => {
  const made = [
    await built("bottleneck.pth", (checkpoint) => buildNetwork({ checkpoint })),
    await built("clip-resnet.pt", (weights) => buildClipResNet(weights, { heads: 4 })),
    await built("slip.pt", (weights) => buildTimmVit(weights, { heads: 2 })),
    await built("convnext.pth", (checkpoint) => buildNetwork({ checkpoint }), "architectures"),
    await built("efficientnet.pth", (checkpoint) => buildNetwork({ checkpoint }), "architectures"),
  ];
  const device = devices.get("cpu")!;
  for (const each of made) {
    const whole = await activations(each, 2), last = each.layers[each.layers.length - 1];
    const expected = whole.get(last.name)!.data as Float32Array;
    for (const at of each.layers.slice(0, -1)) {
      assert.equal(cutNetwork(each, at, last).bypassed, false, at.name);
      const session = await CutSession.open(each, device, at, last);
      const image = { data: images(2, each.input.shape[1]), shape: [2, ...each.input.shape] };
      assertNear(await session.readOut(await session.activation(image), image), expected, 1e-5);
      await session.close();
    }
  }
});

Deno.test("lesionLayers() keeps what the network records, and refuses the readout and what does not lead to it", () => {
  const made = residual(), [block, inside, pool] = made.layers;
  assert.deepEqual(lesionLayers(made, made.layers, ["inside", "nothing", "block"]), ["block", "inside"]);
  assert.throws(
    () => lesionLayers(made, made.layers, ["pool"]),
    /Cannot lesion "pool": conditions are read out there; expected a layer before it/,
  );
  assert.throws(
    () => lesionLayers(made, [inside, block], ["inside"]),
    /Cannot lesion "inside": "block" does not depend on it; expected a layer that it depends on/,
  );
  assert.deepEqual(lesionLayers(made, [block, pool], ["inside"]), []);
});

globalThis.addEventListener("unload", () => {
  for (const device of devices.values()) device.close();
});
