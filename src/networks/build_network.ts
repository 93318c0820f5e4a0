import { type Checkpoint, findPrefix, underPrefix } from "../weights/browser.ts";
import { unknownNetwork } from "./_unknown_network.ts";
import { ALEXNET, buildAlexNet } from "./alexnet.ts";
import { buildClipResNet } from "./clip_resnet.ts";
import { buildConvNext, CONVNEXT } from "./convnext.ts";
import { buildDinov2, DINOV2 } from "./dinov2.ts";
import { buildEfficientNet, EFFICIENTNET, type EfficientNetOptions } from "./efficientnet.ts";
import type { Network } from "./network.ts";
import { buildResNet } from "./resnet.ts";
import { buildVgg, VGG } from "./vgg.ts";
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
  /** Whose images it takes; null where networks of this name take either ImageNet's or images from −1 to 1. @default "imagenet" */
  readonly input?: UsualInput | null;
}

/** Whose images a network takes: ImageNet's mean and deviation, or CLIP's. */
export type UsualInput = "imagenet" | "clip";

function efficientNet(tensorflow: boolean, lite: boolean): Architecture {
  const options: EfficientNetOptions = { tensorflow, lite };
  const input = tensorflow ? null : "imagenet";
  return { build: (checkpoint) => buildEfficientNet(checkpoint, options), layers: 19, features: 1280, input };
}

const TABLE: Readonly<Record<string, Architecture>> = {
  mini: { build: (checkpoint) => buildResNet(checkpoint), layers: 10, features: 128 },
  resnet18: { build: (checkpoint) => buildResNet(checkpoint), layers: 10, features: 512 },
  resnet34: { build: (checkpoint) => buildResNet(checkpoint), layers: 18, features: 512 },
  resnet50: { build: (checkpoint) => buildResNet(checkpoint), layers: 18, features: 2048 },
  resnet101: { build: (checkpoint) => buildResNet(checkpoint), layers: 35, features: 2048 },
  "clip-rn50": { build: (checkpoint) => buildClipResNet(checkpoint), layers: 18, features: 1024, input: "clip" },
  "clip-rn101": { build: (checkpoint) => buildClipResNet(checkpoint), layers: 35, features: 512, input: "clip" },
  "clip-vit-b32": { build: (checkpoint) => buildClipVit(checkpoint), layers: 13, features: 768, input: "clip" },
  "clip-vit-b16": { build: (checkpoint) => buildClipVit(checkpoint), layers: 13, features: 768, input: "clip" },
  "vit-b16": { build: (checkpoint) => buildTimmVit(checkpoint), layers: 13, features: 768 },
  "vit-s16": { build: (checkpoint) => buildTimmVit(checkpoint, { heads: 12 }), layers: 13, features: 384 },
  "timm-vit-b16": { build: (checkpoint) => buildTimmVit(checkpoint), layers: 13, features: 768, input: null },
  "timm-vit-s16": {
    build: (checkpoint) => buildTimmVit(checkpoint, { heads: 6 }),
    layers: 13,
    features: 384,
    input: null,
  },
  "dino-vit-b16": { build: (checkpoint) => buildTimmVit(checkpoint), layers: 13, features: 768 },
  "dino-vit-s16": { build: (checkpoint) => buildTimmVit(checkpoint, { heads: 6 }), layers: 13, features: 384 },
  "dinov2-vit-b14": { build: (checkpoint) => buildDinov2(checkpoint), layers: 13, features: 768 },
  "dinov2-vit-s14": { build: (checkpoint) => buildDinov2(checkpoint), layers: 13, features: 384 },
  alexnet: { build: (checkpoint) => buildAlexNet(checkpoint), layers: 10, features: 4096 },
  vgg16: { build: (checkpoint) => buildVgg(checkpoint), layers: 20, features: 4096 },
  "convnext-t": { build: (checkpoint) => buildConvNext(checkpoint), layers: 20, features: 768 },
  "convnext-s": { build: (checkpoint) => buildConvNext(checkpoint), layers: 38, features: 768 },
  "convnext-b": { build: (checkpoint) => buildConvNext(checkpoint), layers: 38, features: 1024 },
  "efficientnet-b0": efficientNet(false, false),
  "tf-efficientnet-b0": efficientNet(true, false),
  "efficientnet-lite0": efficientNet(false, true),
  "tf-efficientnet-lite0": efficientNet(true, true),
};

/**
 * Architectures by name: `vit-b16` and `vit-s16` are SLIP's, `mini` the trunk of the embedded networks, `vgg16` with or without
 * batch norms, `tf-…` those whose weights timm took over from TensorFlow.
 */
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
  if (architecture === undefined) {
    const [, build] = recognize(weights);
    return await build(weights);
  }
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

/** Tensors that only one kind of network has, how it is built, and whose images it takes. */
type Kind = readonly [landmarks: readonly string[], build: Architecture["build"], input: UsualInput | null];

/** The most telling kinds first. Timm's ViTs and EfficientNets were trained on either kind of image. */
const KINDS: readonly Kind[] = [
  [["attnpool.q_proj.weight", "layer1.0.conv1.weight"], (checkpoint) => buildClipResNet(checkpoint), "clip"],
  [["class_embedding", "ln_pre.weight"], (checkpoint) => buildClipVit(checkpoint), "clip"],
  [DINOV2, (checkpoint) => buildDinov2(checkpoint), "imagenet"],
  [["cls_token", "patch_embed.proj.weight"], (checkpoint) => buildTimmVit(checkpoint), null],
  [ALEXNET, (checkpoint) => buildAlexNet(checkpoint), "imagenet"],
  [["conv1.weight", "bn1.weight", "layer1.0.conv1.weight"], (checkpoint) => buildResNet(checkpoint), "imagenet"],
  ...kinds(VGG, (checkpoint) => buildVgg(checkpoint)),
  ...kinds(CONVNEXT, (checkpoint) => buildConvNext(checkpoint)),
  ...kinds(EFFICIENTNET, (checkpoint) => buildEfficientNet(checkpoint)),
];

/** One entry for each naming of a network. */
function kinds(namings: readonly (readonly string[])[], build: Architecture["build"]): Kind[] {
  return namings.map((landmarks) => [landmarks, build, "imagenet"]);
}

function recognize(checkpoint: Checkpoint): Kind {
  const kind = KINDS.find(([landmarks]) => findPrefix(checkpoint, landmarks) !== undefined);
  if (kind !== undefined) return kind;
  throw unknownNetwork(checkpoint, ARCHITECTURES);
}

/**
 * Whose images a network was made for, as far as its architecture's name or else its tensors tell.
 *
 * @returns Null where networks of this kind take either ImageNet's images or images from −1 to 1.
 * @throws {Error} where the tensors are of no known network.
 */
export function usualInput({ checkpoint, architecture }: NetworkRequest): UsualInput | null {
  if (architecture === undefined) return recognize(checkpoint)[2];
  const { input = "imagenet" } = TABLE[architecture];
  return input;
}
