import type { ObjectiveName } from "./heads.ts";

/** A family of mini networks that differ in their seed alone. */
export interface Family {
  readonly id: string;
  readonly title: string;
  readonly objective: ObjectiveName;
  readonly role: string;
  readonly language: string;
}

/** The trained families, in the order they are reported. */
export const FAMILIES: readonly Family[] = [
  {
    id: "mini-vision",
    title: "Mini ResNet, class labels",
    objective: "vision",
    role: "learns from images alone",
    language: "none: class labels by number, softmax cross-entropy",
  },
  {
    id: "mini-attributes",
    title: "Mini ResNet, attributes",
    objective: "attributes",
    role: "learns the facts that captions tell, without language",
    language: "none: the caption's facts (yes/no) as a sum of fixed orthonormal vectors, by cosine",
  },
  {
    id: "mini-lang",
    title: "Mini ResNet, sentence embeddings",
    objective: "language",
    role: "learns the meaning of captions",
    language: "the embedding of each image's caption by a sentence encoder (all-MiniLM-L6-v2), by cosine",
  },
  {
    id: "mini-clip",
    title: "Mini ResNet, image–caption contrast",
    objective: "contrastive",
    role: "learns to match images and captions",
    language: "each image's caption through a text encoder learned jointly, symmetric contrast within a batch",
  },
];

/** A network of a family, such as `mini-lang-s1`. */
export interface NetworkName {
  readonly family: Family;
  readonly seed: number;
}

/** The id of a family's network. */
export function networkId({ family, seed }: NetworkName): string {
  return `${family.id}-s${seed}`;
}

/**
 * The networks that are meant by a family or a network's id.
 *
 * @param seeds Which seeds a family stands for.
 * @throws {RangeError} where there is no such family.
 */
export function findNetworks(text: string, seeds: readonly number[]): NetworkName[] {
  const [, name, seed] = /^(.*?)(?:-s(\d+))?$/.exec(text)!;
  const family = FAMILIES.find(({ id }) => id === name);
  if (family === undefined) {
    throw new RangeError(`Cannot train "${text}"; expected one of ${FAMILIES.map(({ id }) => id).join(", ")}`);
  }
  return seed === undefined ? seeds.map((seed) => ({ family, seed })) : [{ family, seed: Number(seed) }];
}
