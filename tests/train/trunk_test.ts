import { jit, lax, numpy as np, valueAndGrad } from "@jax-js/jax";
import assert from "node:assert/strict";
import { uniform } from "../../tasks/train/_uniform.ts";
import { runTrunk, type Tensors, trainTrunk } from "../../tasks/train/trunk.ts";
import { TINY, tinyBatch, tinyTrunk, trainingTest } from "./_tiny.ts";

type Array = np.Array;

/** The same trunk as one would write it, with the framework's own convolution, for its gradient by the framework. */
function plainTrunk(tensors: Tensors, images: Array, running: boolean): Array {
  const vector = (name: string): Array => tensors[name].ref.reshape([1, -1, 1, 1]);
  const convolve = (x: Array, name: string, stride: number, margin: number): Array =>
    lax.convGeneralDilated(x, tensors[`${name}.weight`].ref, [stride, stride], [[margin, margin], [margin, margin]]);
  const normalize = (x: Array, name: string): Array => {
    const mean = running ? vector(`${name}.running_mean`) : np.mean(x.ref, [0, 2, 3], { keepdims: true });
    const centred = x.sub(mean);
    const variance = running
      ? vector(`${name}.running_var`)
      : np.mean(centred.ref.mul(centred.ref), [0, 2, 3], { keepdims: true });
    return centred.div(np.sqrt(variance.add(1e-5))).mul(vector(`${name}.weight`)).add(vector(`${name}.bias`));
  };
  const rectify = (x: Array): Array => np.maximum(x, 0);
  let x = rectify(normalize(convolve(images, "conv1", 2, 1), "bn1"));
  for (const [name, stride] of [["layer1.0", 1], ["layer2.0", 2]] as const) {
    const middle = rectify(normalize(convolve(x.ref, `${name}.conv1`, stride, 1), `${name}.bn1`));
    const end = normalize(convolve(middle, `${name}.conv2`, 1, 1), `${name}.bn2`);
    const shortcut = stride === 1 ? x : normalize(convolve(x, `${name}.downsample.0`, 2, 0), `${name}.downsample.1`);
    x = rectify(end.add(shortcut));
  }
  return np.mean(x, [2, 3]);
}

function upload(): Tensors {
  return Object.fromEntries(
    [...tinyTrunk(3)].map(([name, { data, shape }]) => [name, np.array(new Float32Array(data), { shape: [...shape] })]),
  );
}

function share(tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.ref]));
}

function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(found.length, expected.length);
  let off = 0, size = 0;
  for (let i = 0; i < found.length; i++) {
    off += (found[i] - expected[i]) ** 2;
    size += expected[i] ** 2;
  }
  return Math.sqrt(off / size);
}

trainingTest("trainTrunk() has the gradient that the framework derives for plain convolutions", async () => {
  const all = upload();
  const tensors = Object.fromEntries(Object.entries(all).filter(([name]) => !name.includes("running")));
  const images = np.array(tinyBatch(1).images, { shape: [8, 3, 16, 16] });
  const direction = np.array(uniform(64, 1, 0, "direction"), { shape: [8, 8] });
  const own = jit(
    ((tensors: Tensors, images: Array, direction: Array) => {
      const pass = trainTrunk(tensors, images, TINY);
      return [pass.features.mul(direction.ref).sum(), pass.pull(direction), pass.statistics];
    }) as never,
  ) as unknown as (tensors: Tensors, images: Array, direction: Array) => [Array, Tensors, Tensors];
  const plain = jit(
    ((tensors: Tensors, images: Array, direction: Array) =>
      valueAndGrad((tensors: Tensors) => plainTrunk(tensors, images, false).mul(direction).sum())(tensors)) as never,
  ) as unknown as (tensors: Tensors, images: Array, direction: Array) => [Array, Tensors];
  const [value, gradients, statistics] = own(share(tensors), images.ref, direction.ref);
  const [expectedValue, expected] = plain(share(tensors), images, direction);
  assert.ok(difference(await value.data(), await expectedValue.data()) < 1e-5);
  assert.deepEqual(Object.keys(gradients).sort(), Object.keys(tensors).sort());
  for (const name of Object.keys(tensors)) {
    assert.deepEqual(gradients[name].shape, tensors[name].shape, name);
    const off = difference(await gradients[name].data(), await expected[name].data());
    assert.ok(off < 1e-4, `${name}: ${off}`);
  }
  assert.deepEqual(Object.keys(statistics).sort(), Object.keys(all).filter((name) => name.includes("running")).sort());
});

trainingTest("trainTrunk()'s gradient agrees with finite differences of the loss", async () => {
  const tensors = Object.fromEntries(Object.entries(upload()).filter(([name]) => !name.includes("running")));
  const images = np.array(tinyBatch(2).images, { shape: [8, 3, 16, 16] });
  const direction = np.array(uniform(64, 1, 0, "direction"), { shape: [8, 8] });
  const run = jit(
    ((tensors: Tensors, images: Array, direction: Array) => {
      const pass = trainTrunk(tensors, images, TINY);
      return [pass.features.mul(direction.ref).sum(), pass.pull(direction)];
    }) as never,
  ) as unknown as (tensors: Tensors, images: Array, direction: Array) => [Array, Tensors];
  const [, gradients] = run(share(tensors), images.ref, direction.ref);
  for (const name of ["bn1.weight", "layer1.0.bn2.bias", "layer2.0.downsample.1.bias"]) {
    const gradient = await gradients[name].data(), step = 2e-3;
    const at = async (shift: number): Promise<number> => {
      const moved = new Float32Array(await tensors[name].ref.data());
      moved[1] += shift;
      const [value] = run({ ...share(tensors), [name]: np.array(moved) }, images.ref, direction.ref);
      return (await value.data())[0];
    };
    const slope = (await at(step) - await at(-step)) / (2 * step);
    assert.ok(Math.abs(slope - gradient[1]) < 0.02 * Math.max(1, Math.abs(slope)), `${name}: ${slope}, ${gradient[1]}`);
  }
});

trainingTest("runTrunk() gives what plain convolutions with running statistics give", async () => {
  const tensors = upload();
  const images = np.array(tinyBatch(1).images, { shape: [8, 3, 16, 16] });
  const expected = await plainTrunk(share(tensors), images.ref, true).data();
  const layers = runTrunk(tensors, images, TINY);
  assert.deepEqual(Object.keys(layers), ["relu", "layer1.0", "layer2.0", "avgpool"]);
  assert.deepEqual([layers.relu.shape, layers["layer2.0"].shape], [[8, 4, 8, 8], [8, 8, 4, 4]]);
  assert.ok(difference(await layers.avgpool.data(), expected) < 1e-5);
  assert.ok([...await layers["layer1.0"].data()].every((value) => value >= 0));
});
