import type { Session } from "../devices/mod.ts";
import type { SentenceEncoder } from "../networks/mod.ts";
import type { Tokenize } from "./tokenize.ts";

/** What {@linkcode embedSentences} needs. */
export interface EmbedOptions {
  /** A session of the encoder's graph. */
  readonly session: Session;
  readonly encoder: Pick<SentenceEncoder, "dimensions" | "positions" | "vocabulary">;
  readonly tokenize: Tokenize;
  /** The most sentences of a batch. @default 64 */
  readonly batch?: number;
  /** Told how many sentences are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Embeds sentences, in batches of similar length, so that little of a batch is padding. A sentence that occurs more than once is
 * embedded once.
 *
 * @returns `[sentences, dimensions]`, each row of length 1, in the order of `sentences`.
 * @throws {Error} where a sentence's tokens do not fit the encoder.
 */
export async function embedSentences(
  sentences: readonly string[],
  { session, encoder, tokenize, batch = 64, onProgress }: EmbedOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const { dimensions } = encoder;
  const rows = new Float32Array(sentences.length * dimensions);
  const places = new Map<string, number[]>();
  sentences.forEach((sentence, place) => {
    const known = places.get(sentence);
    if (known === undefined) places.set(sentence, [place]);
    else known.push(place);
  });
  const queue = [...places].map(([sentence, places]) => ({ ids: checked(tokenize(sentence), encoder), places }));
  queue.sort((a, b) => b.ids.length - a.ids.length);
  let done = 0;
  onProgress?.(done, sentences.length);
  for (let start = 0; start < queue.length; start += batch) {
    const group = queue.slice(start, start + batch);
    const { sentence_embedding: { data } } = await session.run(feeds(group.map(({ ids }) => ids)));
    group.forEach(({ places }, row) => {
      const embedding = (data as Float32Array).subarray(row * dimensions, (row + 1) * dimensions);
      for (const place of places) rows.set(embedding, place * dimensions);
      done += places.length;
    });
    onProgress?.(done, sentences.length);
  }
  return rows;
}

function checked(ids: number[], { positions, vocabulary }: EmbedOptions["encoder"]): number[] {
  if (ids.length > positions) {
    throw new Error(`Cannot embed a sentence of ${ids.length} tokens; expected at most the encoder's ${positions}`);
  }
  const unknown = ids.find((id) => id >= vocabulary);
  if (unknown !== undefined) {
    throw new Error(`Cannot embed token ${unknown}: the encoder knows ${vocabulary}; expected its own vocabulary`);
  }
  return ids;
}

/** Ids and mask of a batch, each sentence filled up to the longest. */
function feeds(sentences: readonly (readonly number[])[]): Parameters<Session["run"]>[0] {
  const longest = Math.max(...sentences.map((ids) => ids.length));
  const shape = [sentences.length, longest];
  const ids = new BigInt64Array(sentences.length * longest), mask = new BigInt64Array(ids.length);
  sentences.forEach((sentence, row) => {
    sentence.forEach((id, token) => {
      ids[row * longest + token] = BigInt(id);
      mask[row * longest + token] = 1n;
    });
  });
  return { input_ids: { data: ids, shape }, attention_mask: { data: mask, shape } };
}
