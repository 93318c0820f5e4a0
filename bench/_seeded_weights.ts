import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { untrainedResNet, type UntrainedResNetName } from "../src/networks/mod.ts";
import { Random } from "../src/statistics/mod.ts";
import { writeSafetensors, type WrittenTensor } from "../src/weights/mod.ts";

/** Networks that whole runs are timed with; the last one is smaller than its pictures are costly. */
export const TIMED_NETWORKS = ["resnet18", "resnet34", "resnet50", "resnet101", "efficientnet-lite0"] as const;

/** One of them. */
export type TimedNetworkName = typeof TIMED_NETWORKS[number];

const SHAPES = new URL("../fixtures/architectures/shapes.json", import.meta.url);

/** Whether torchvision has it, so that PyTorch can be timed beside. */
export function isResNet(name: TimedNetworkName): name is Exclude<TimedNetworkName, "efficientnet-lite0"> {
  return name !== "efficientnet-lite0";
}

/**
 * Writes a file of seeded weights in the official format, which cost what trained ones do.
 *
 * @returns Its path.
 */
export async function seededWeights(name: TimedNetworkName, folder: string): Promise<string> {
  const path = join(folder, `${name}.safetensors`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, writeSafetensors(isResNet(name) ? await ofResNet(name) : await ofEfficientNet(name)));
  return path;
}

async function ofResNet(name: UntrainedResNetName): Promise<Map<string, WrittenTensor>> {
  const checkpoint = untrainedResNet(name, 0);
  const tensors = new Map<string, WrittenTensor>();
  for (const [tensor, { shape }] of checkpoint.tensors) {
    tensors.set(tensor, { shape, data: await checkpoint.read(tensor) });
  }
  return tensors;
}

/** Convolutions normal with variance 2 / fan-out, norms that change nothing, as in an untrained ResNet. */
async function ofEfficientNet(name: string): Promise<Map<string, WrittenTensor>> {
  const shapes =
    (JSON.parse(await readFile(SHAPES, "utf8")) as Record<string, Record<string, number[]>>)[`${name} timm`];
  return new Map(
    Object.entries(shapes).map(([tensor, shape]): [string, WrittenTensor] => {
      const size = shape.reduce((product, length) => product * length, 1);
      if (shape.length < 2) {
        return [tensor, { shape, data: new Float32Array(size).fill(/weight|running_var/.test(tensor) ? 1 : 0) }];
      }
      const random = new Random(0, tensor);
      const [out, within, rows = 1, columns = 1] = shape;
      const fanOut = (within === 1 ? 1 : out) * rows * columns;
      const deviation = Math.sqrt(2 / fanOut);
      return [tensor, { shape, data: Float32Array.from({ length: size }, () => deviation * random.normal()) }];
    }),
  );
}
