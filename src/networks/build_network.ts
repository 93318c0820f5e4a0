import { type Checkpoint, findPrefix, underPrefix } from "../weights/mod.ts";
import { unknownNetwork } from "./_unknown_network.ts";
import { buildClipResNet } from "./clip_resnet.ts";
import type { Network } from "./network.ts";
import { buildResNet } from "./resnet.ts";
import { buildClipVit, buildTimmVit } from "./vit.ts";

/** What to build, and from which tensors. */
export interface NetworkRequest {
  /** Stays the caller's to close. */
  readonly checkpoint: Checkpoint;
  /** One of {@linkcode ARCHITECTURES}; by default what the names of the tensors say. */
  readonly architecture?: string;
  /** What precedes the network's names in the file, where finding it by itself would take another copy. */
  readonly prefix?: string;
}

interface Architecture {
  readonly build: (checkpoint: Checkpoint) => Promise<Network>;
  /** Layers and features of the last one, by which a file of another size is told. */
  readonly layers: number;
  readonly features: number;
}

const TABLE: Readonly<Record<string, Architecture>> = {
  mini: { build: (checkpoint) => buildResNet(checkpoint), layers: 10, features: 128 },
  resnet18: { build: (checkpoint) => buildResNet(checkpoint), layers: 10, features: 512 },
  resnet34: { build: (checkpoint) => buildResNet(checkpoint), layers: 18, features: 512 },
  resnet50: { build: (checkpoint) => buildResNet(checkpoint), layers: 18, features: 2048 },
  resnet101: { build: (checkpoint) => buildResNet(checkpoint), layers: 35, features: 2048 },
  "clip-rn50": { build: (checkpoint) => buildClipResNet(checkpoint), layers: 18, features: 1024 },
  "clip-rn101": { build: (checkpoint) => buildClipResNet(checkpoint), layers: 35, features: 512 },
  "clip-vit-b32": { build: (checkpoint) => buildClipVit(checkpoint), layers: 13, features: 768 },
  "clip-vit-b16": { build: (checkpoint) => buildClipVit(checkpoint), layers: 13, features: 768 },
  "vit-b16": { build: (checkpoint) => buildTimmVit(checkpoint), layers: 13, features: 768 },
  "vit-s16": { build: (checkpoint) => buildTimmVit(checkpoint, { heads: 12 }), layers: 13, features: 384 },
};

/** Architectures by name: `vit-b16` and `vit-s16` are SLIP's, `mini` the trunk of the embedded networks. */
export const ARCHITECTURES: readonly string[] = Object.keys(TABLE);

/**
 * Builds a network of any architecture from its tensors: by name, checked against the shapes, or by what its tensors are called.
 *
 * @throws {Error} where the architecture is unknown, the tensors are of none or of another one. Where they are of none, the
 *   message has the line of Python that writes an ONNX file, which {@linkcode buildOnnxNetwork} takes whatever it is.
 *
 * @example
 * ```ts
 * import { buildNetwork, untrainedResNet } from "./mod.ts";
 *
 * const network = await buildNetwork({ checkpoint: untrainedResNet("mini", 0), architecture: "mini" });
 * network.layers.map(({ name }) => name); // ["relu", "layer1.0", …, "avgpool"]
 * ```
 */
export async function buildNetwork({ checkpoint, architecture, prefix }: NetworkRequest): Promise<Network> {
  const weights = prefix === undefined ? checkpoint : underPrefix(checkpoint, prefix);
  if (architecture === undefined) return await recognize(weights)(weights);
  if (!Object.hasOwn(TABLE, architecture)) {
    throw new Error(`Cannot build "${architecture}": unknown; expected one of ${ARCHITECTURES.join(", ")}`);
  }
  const { build, layers, features } = TABLE[architecture];
  const network = await build(weights);
  const found = `${network.layers.length} layers, the last of ${network.layers.at(-1)?.units} units`;
  if (found === `${layers} layers, the last of ${features} units`) return network;
  throw new Error(
    `Cannot build "${architecture}": its tensors make ${found}; expected ${layers}, the last of ${features}`,
  );
}

/** Names that only one kind of network has, the most telling kinds first. */
const KINDS: readonly (readonly [landmarks: readonly string[], build: Architecture["build"]])[] = [
  [["attnpool.q_proj.weight", "layer1.0.conv1.weight"], (checkpoint) => buildClipResNet(checkpoint)],
  [["class_embedding", "ln_pre.weight"], (checkpoint) => buildClipVit(checkpoint)],
  [["cls_token", "patch_embed.proj.weight"], (checkpoint) => buildTimmVit(checkpoint)],
  [["conv1.weight", "bn1.weight", "layer1.0.conv1.weight"], (checkpoint) => buildResNet(checkpoint)],
];

function recognize(checkpoint: Checkpoint): Architecture["build"] {
  const kind = KINDS.find(([landmarks]) => findPrefix(checkpoint, landmarks) !== undefined);
  if (kind !== undefined) return kind[1];
  throw unknownNetwork(checkpoint, ARCHITECTURES);
}
