import { join } from "node:path";
import { projectRoot } from "../../src/store/mod.ts";
import { writeAtomically } from "../../src/results/mod.ts";
import { useDevice } from "./device.ts";
import { readFixture } from "./fixture.ts";
import { type ForwardLayer, recordForward } from "./forward.ts";
import { loadImages } from "./images.ts";
import { FAMILIES, networkId } from "./networks.ts";
import { type TrainOptions, weightsPath } from "./options.ts";
import { initialTrunk } from "./run_training.ts";
import { TEST_IMAGES } from "./settings.ts";
import { MINI_TRUNK } from "./trunk.ts";

/** What `mini-forward.json` holds. */
export interface ForwardRecord {
  readonly framework: string;
  readonly images: {
    readonly seed: number;
    readonly split: "train" | "validation" | "test";
    readonly indices: readonly number[];
  };
  /** By network, then by layer. */
  readonly networks: Readonly<Record<string, Readonly<Record<string, ForwardLayer>>>>;
}

/** Test images that the layers are recorded for. */
const PLACES = [0, 7];

/** Writes what the framework computes at every layer of the networks of seed 0, for other implementations to agree with. */
export async function writeForward(options: TrainOptions): Promise<number> {
  const device = await useDevice(options.device);
  const images = await loadImages({ ...TEST_IMAGES, count: Math.max(...PLACES) + 1 });
  const networks: Record<string, Record<string, ForwardLayer>> = {};
  for (const family of FAMILIES) {
    const name = { family, seed: 0 };
    const { weights } = await readFixture(weightsPath(name, options));
    networks[networkId(name)] = await recordForward(weights, MINI_TRUNK, images, PLACES);
  }
  networks["mini-untrained-s0"] = await recordForward(await initialTrunk(0), MINI_TRUNK, images, PLACES);
  const record: ForwardRecord = {
    framework: `jax-js 0.1.25 on ${device}`,
    images: { seed: TEST_IMAGES.seed, split: TEST_IMAGES.split, indices: PLACES },
    networks,
  };
  const path = join(options.out ?? join(projectRoot(), "fixtures"), "mini-forward.json");
  await writeAtomically(path, `${JSON.stringify(record)}\n`);
  console.log(`mini-forward.json: ${Object.keys(networks).join(", ")}`);
  return 0;
}
