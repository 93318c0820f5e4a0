import { readFile } from "node:fs/promises";
import { type Device, openDevice } from "../devices/mod.ts";
import type { EncoderEntry } from "../lock/mod.ts";
import { buildSentenceEncoder } from "../networks/mod.ts";
import type { ResolvedEncoder } from "../store/mod.ts";
import { openCheckpoint } from "../weights/mod.ts";
import { type EmbedOptions, embedSentences } from "./embed_sentences.ts";
import { bertTokenizer } from "./tokenize.ts";

/** A text encoder that is ready to run. */
export interface OpenEncoder {
  /** Embeds sentences; see {@linkcode embedSentences}. */
  embed(
    sentences: readonly string[],
    options?: Pick<EmbedOptions, "batch" | "onProgress">,
  ): Promise<Float32Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/**
 * Opens a text encoder of the lock on the processor.
 *
 * @param files Where its files are.
 * @throws {Error} where they make no encoder.
 */
export async function openEncoder(
  { heads, tokens }: Pick<EncoderEntry, "heads" | "tokens">,
  files: Readonly<Record<keyof ResolvedEncoder, { readonly path: string }>>,
): Promise<OpenEncoder> {
  const tokenize = bertTokenizer(await readFile(files.vocabulary.path, "utf8"), tokens);
  const checkpoint = await openCheckpoint(files.weights.path);
  let device: Device | undefined;
  try {
    const encoder = await buildSentenceEncoder(checkpoint, { heads });
    device = await openDevice("cpu");
    const session = await device.open(encoder.graph.toBytes());
    return {
      embed: (sentences, options) => embedSentences(sentences, { session, encoder, tokenize, ...options }),
      close: device.close.bind(device),
    };
  } catch (error) {
    await device?.close();
    throw error;
  } finally {
    await checkpoint.close();
  }
}
