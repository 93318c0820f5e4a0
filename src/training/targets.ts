import { attributeCode, CODE_WIDTH, listAttributeNames } from "./attribute_code.ts";
import type { LabelledImages } from "./images.ts";
import type { ObjectiveName } from "./heads.ts";
import { countWords, listVocabulary } from "./word_counts.ts";

/** Fills the target of a batch from the places of its images, `[places, width]`. */
export type FillTarget = (places: ArrayLike<number>) => Float32Array<ArrayBuffer>;

/**
 * The names of what a target is made of: the words of captions for image–caption contrast, the attributes for attributes;
 * none for the others.
 */
export function termsFor(objective: ObjectiveName, { captions, attributes }: LabelledImages): readonly string[] {
  if (objective === "contrastive") return listVocabulary(captions);
  return objective === "attributes" ? listAttributeNames(attributes) : [];
}

/** What targets are made from. */
export interface TargetSource {
  readonly images: LabelledImages;
  /** See {@linkcode termsFor}; those of the training images, whatever `images` are. */
  readonly terms: readonly string[];
  /** Sentence embeddings of the images' captions, `[images, 384]`, unit vectors. */
  readonly embeddings: Float32Array;
  /** How many classes there are. */
  readonly classes: number;
}

/**
 * What a network is held to, image by image: its class; its attributes' code; its caption's embedding; its caption's
 * words.
 */
export function targetsFor(objective: ObjectiveName, source: TargetSource): FillTarget {
  const rowOf = rowMaker(objective, source);
  return (places) => {
    const rows = Array.from(places, rowOf);
    const target = new Float32Array(rows.length * rows[0].length);
    rows.forEach((row, i) => target.set(row, i * row.length));
    return target;
  };
}

function rowMaker(
  objective: ObjectiveName,
  { images, terms, embeddings, classes }: TargetSource,
): (place: number) => Float32Array {
  switch (objective) {
    case "vision":
      return (place) => {
        const row = new Float32Array(classes);
        row[images.classes[place]] = 1;
        return row;
      };
    case "attributes": {
      const code = attributeCode(terms);
      return (place) => code(images.attributes[place]);
    }
    case "language":
      return (place) => embeddings.subarray(place * CODE_WIDTH, (place + 1) * CODE_WIDTH);
    case "contrastive": {
      const places = new Map(terms.map((word, place) => [word, place]));
      return (place) => countWords(images.captions[place], places);
    }
  }
}
