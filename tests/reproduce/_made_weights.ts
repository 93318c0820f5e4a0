import { fileURLToPath } from "node:url";
import { type NamedTensor, openCheckpoint, writeSafetensors } from "../../src/weights/mod.ts";
import { memoryCheckpoint } from "../../src/weights/mod.ts";
import { buildTimmVit } from "../../src/networks/mod.ts";

/** A small generator of normal-ish numbers; what it draws is of no interest, only that it differs with the seed. */
function noise(seed: number): () => number {
  let state = seed + 1;
  const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return () => (uniform() + uniform() + uniform() - 1.5) * 2;
}

/** Named tensors of given shapes: He-scaled kernels, gains and variances near 1, small shifts. */
function fill(shapes: ReadonlyMap<string, readonly number[]>, seed: number): Map<string, NamedTensor> {
  const draw = noise(seed);
  return new Map([...shapes].map(([name, shape]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const scale = shape.length > 1 ? Math.sqrt(2 * shape[0] / size) : 0.1;
    const around = shape.length === 1 && /(weight|running_var)$/.test(name) ? 1 : 0;
    return [name, { shape, data: Float32Array.from({ length: size }, () => around + scale * draw()) }];
  }));
}

class Shapes extends Map<string, readonly number[]> {
  norm(name: string, channels: number): void {
    for (const part of ["weight", "bias", "running_mean", "running_var"]) this.set(`${name}.${part}`, [channels]);
  }

  conv(name: string, norm: string, [to, from, side]: readonly [number, number, number]): void {
    this.set(`${name}.weight`, [to, from, side, side]);
    this.norm(norm, to);
  }

  linear(name: string, to: number, from: number): void {
    this.set(`${name}.weight`, [to, from]);
    this.set(`${name}.bias`, [to]);
  }

  /** Stages of 3, 4, 6 and 3 bottlenecks, as in ResNet-50, as narrow as is wanted. */
  stages(prefix: string, channels: number, outs: readonly number[], inner: number): void {
    for (const [stage, out] of outs.entries()) {
      for (let block = 0; block < [3, 4, 6, 3][stage]; block++) {
        const name = `${prefix}layer${stage + 1}.${block}`;
        this.conv(`${name}.conv1`, `${name}.bn1`, [inner, channels, 1]);
        this.conv(`${name}.conv2`, `${name}.bn2`, [inner, inner, 3]);
        this.conv(`${name}.conv3`, `${name}.bn3`, [out, inner, 1]);
        if (block === 0) this.conv(`${name}.downsample.0`, `${name}.downsample.1`, [out, channels, 1]);
        channels = out;
      }
    }
  }
}

/** ResNet-50's blocks and its 2,048 features in a file of some 700 kB, on images of 64×64 (a stem of 3×3). */
export function madeResNet50(seed: number): Uint8Array {
  const shapes = new Shapes();
  shapes.conv("conv1", "bn1", [4, 3, 3]);
  shapes.stages("", 4, [8, 8, 8, 2048], 4);
  return writeSafetensors(fill(shapes, seed));
}

/** CLIP RN50's blocks and its embedding of 1,024 in a file of some 500 kB, on images of 64×64. */
export function madeClip(seed: number): Uint8Array {
  const shapes = new Shapes();
  shapes.conv("visual.conv1", "visual.bn1", [4, 3, 3]);
  shapes.conv("visual.conv2", "visual.bn2", [4, 4, 3]);
  shapes.conv("visual.conv3", "visual.bn3", [4, 4, 3]);
  shapes.stages("visual.", 4, [8, 8, 8, 64], 4);
  shapes.set("visual.attnpool.positional_embedding", [5, 64]);
  for (const name of ["q_proj", "k_proj", "v_proj"]) shapes.linear(`visual.attnpool.${name}`, 64, 64);
  shapes.linear("visual.attnpool.c_proj", 1024, 64);
  return writeSafetensors(fill(shapes, seed));
}

/** A transformer of two blocks on images of 12×12, its tokens 10 × 8, as an ONNX file. */
export async function madeVit(seed: number): Promise<Uint8Array> {
  const path = fileURLToPath(new URL("../../fixtures/checkpoints/slip.pt", import.meta.url));
  const checkpoint = await openCheckpoint(path);
  const draw = noise(seed);
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { shape }] of checkpoint.tensors) {
    const data = Float32Array.from(await checkpoint.read(name), (value) => value + 0.1 * draw());
    tensors.set(name, { shape, data });
  }
  await checkpoint.close();
  const { graph, layers } = await buildTimmVit(memoryCheckpoint(tensors), { heads: 2 });
  graph.output(layers[layers.length - 1].value);
  return graph.toBytes();
}

/** A transformer of one block of one head, with timm's names, on images of 32×32. */
export function madeTimmVit(seed: number): Uint8Array {
  const shapes = new Shapes([
    ["cls_token", [1, 1, 64]],
    ["pos_embed", [1, 5, 64]],
    ["patch_embed.proj.weight", [64, 3, 16, 16]],
    ["patch_embed.proj.bias", [64]],
  ]);
  for (const name of ["blocks.0.norm1", "blocks.0.norm2", "norm"]) {
    for (const part of ["weight", "bias"]) shapes.set(`${name}.${part}`, [64]);
  }
  shapes.linear("blocks.0.attn.qkv", 192, 64);
  shapes.linear("blocks.0.attn.proj", 64, 64);
  shapes.linear("blocks.0.mlp.fc1", 256, 64);
  shapes.linear("blocks.0.mlp.fc2", 64, 256);
  return writeSafetensors(fill(shapes, seed));
}
