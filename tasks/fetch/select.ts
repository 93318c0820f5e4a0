import { RequestError } from "../../src/errors.ts";
import type { EncoderEntry, FileSetEntry, ModelEntry, ModelsLock, StimuliLock } from "../../src/lock/mod.ts";

/** What the locks pin and this machine can hold as a file. */
export interface Selection {
  readonly models: readonly ModelEntry[];
  readonly encoders: readonly EncoderEntry[];
  readonly sets: readonly FileSetEntry[];
  /** Ids that were left out because nothing pins them and nobody asked for them by name. */
  readonly unpinned: readonly string[];
}

/**
 * Finds what to fetch: networks by id or family, text encoders and sets of images by id; everything that is a file where no name is given.
 *
 * @throws {RequestError} where a name is in neither lock or means nothing that can be fetched.
 */
export function select(
  names: readonly string[],
  { models, encoders = [], sets }: Pick<ModelsLock, "models" | "encoders"> & Pick<StimuliLock, "sets">,
  allowUnpinned: boolean,
): Selection {
  const files = sets.filter((entry): entry is FileSetEntry => entry.kind === "files");
  const inFiles = models.filter(({ source }) => !("generator" in source));
  if (names.length === 0) {
    const left = allowUnpinned ? [] : inFiles.filter(({ status }) => status === "none");
    return {
      models: inFiles.filter((entry) => !left.includes(entry)),
      encoders,
      sets: files,
      unpinned: left.map(({ id }) => id),
    };
  }
  const chosen = { models: new Set<ModelEntry>(), encoders: new Set<EncoderEntry>(), sets: new Set<FileSetEntry>() };
  for (const name of names) {
    const named = models.filter((entry) => entry.id === name);
    const found = named.length > 0 ? named : models.filter((entry) => entry.family === name);
    const encoder = encoders.find((entry) => entry.id === name);
    const set = sets.find((entry) => entry.id === name);
    if (found.some((entry) => !inFiles.includes(entry)) || set?.kind === "procedural") {
      throw new RequestError(
        `Cannot fetch "${name}": it is generated on this machine; expected what the locks pin as files`,
      );
    }
    if (found.length === 0 && encoder === undefined && set === undefined) {
      const known = [...inFiles, ...encoders, ...files].map(({ id }) => id).join(", ");
      throw new RequestError(`Cannot fetch "${name}": no lock has it. Should be one of: ${known}`);
    }
    found.forEach((entry) => chosen.models.add(entry));
    if (encoder !== undefined) chosen.encoders.add(encoder);
    if (set?.kind === "files") chosen.sets.add(set);
  }
  return { models: [...chosen.models], encoders: [...chosen.encoders], sets: [...chosen.sets], unpinned: [] };
}
