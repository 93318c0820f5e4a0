import { groupBy, rankSum } from "../statistics/mod.ts";
import { CODE_WIDTH, listAttributeNames } from "./attribute_code.ts";
import { fitRidge, predictRidge } from "./ridge.ts";

/** Captions with their embeddings and the attributes of their images. */
export interface DescribedImages {
  readonly attributes: readonly (readonly string[])[];
  /** `[images, 384]`. */
  readonly embeddings: Float32Array;
}

/** How well one attribute can be told from embeddings. */
export interface Decoding {
  readonly attribute: string;
  /** Unseen images that have it. */
  readonly having: number;
  /** Share of pairs of unseen images, one with it and one without, that a linear decoder puts in the right order. */
  readonly auc: number;
}

function rowsOf(embeddings: Float32Array): Float32Array[] {
  return Array.from(
    { length: embeddings.length / CODE_WIDTH },
    (_, row) => embeddings.subarray(row * CODE_WIDTH, (row + 1) * CODE_WIDTH),
  );
}

function aspectOf(attribute: string): string {
  return attribute.split(":")[0];
}

/**
 * How well each attribute can be decoded from the sentence embedding of the caption: ridge regression on yes/no, and the
 * area under the ROC curve on unseen captions. An attribute is told from others of its aspect (black hair from hair of
 * other colours), or from its absence where the aspect has no other. Attributes without both kinds of unseen image are
 * left out.
 */
export function decodeAttributes(learned: DescribedImages, unseen: DescribedImages): Decoding[] {
  const names = listAttributeNames(learned.attributes);
  const outputs = learned.attributes.map((own) => {
    const set = new Set(own);
    return names.map((name) => Number(set.has(name)));
  });
  const fit = fitRidge(rowsOf(learned.embeddings), outputs);
  const scores = rowsOf(unseen.embeddings).map((row) => predictRidge(fit, row));
  return names.flatMap((attribute, k) => {
    const aspect = aspectOf(attribute), single = names.filter((name) => aspectOf(name) === aspect).length === 1;
    const of = (wanted: (own: readonly string[]) => boolean): Float64Array =>
      Float64Array.from(scores.filter((_, i) => wanted(unseen.attributes[i])).map((row) => row[k])).sort();
    const yes = of((own) => own.includes(attribute));
    const no = of((own) => !own.includes(attribute) && (single || own.some((other) => aspectOf(other) === aspect)));
    if (yes.length === 0 || no.length === 0) return [];
    return [{ attribute, having: yes.length, auc: rankSum(yes, no).u / (yes.length * no.length) }];
  });
}

/** Decodings of one aspect, such as `hair`, taken together. */
export interface AspectDecoding {
  readonly aspect: string;
  readonly attributes: number;
  readonly mean: number;
  readonly least: Decoding;
}

/** Mean and least by aspect, the least first. */
export function byAspect(decodings: readonly Decoding[]): AspectDecoding[] {
  const groups = groupBy(decodings, ({ attribute }) => aspectOf(attribute));
  return [...groups].map(([aspect, own]) => ({
    aspect,
    attributes: own.length,
    mean: own.reduce((sum, { auc }) => sum + auc, 0) / own.length,
    least: own.reduce((least, one) => one.auc < least.auc ? one : least),
  })).sort((a, b) => a.mean - b.mean);
}

/** In words, what the lock and the page say of the information in captions' embeddings. */
export function decodingSentence(decodings: readonly Decoding[]): string {
  const mean = decodings.reduce((sum, { auc }) => sum + auc, 0) / decodings.length;
  const [{ aspect, mean: lowest }] = byAspect(decodings);
  return `a linear decoder tells an attribute from the embedding with a mean AUC of ${mean.toFixed(3)}, least for ` +
    `"${aspect}" (${lowest.toFixed(3)})`;
}
