import { ELEMENT_TYPES, extentOf, sizeOf, widen } from "./_element_types.ts";
import { MOST_REPEATS, SPARE_ELEMENTS } from "./_limits.ts";
import type { TensorReference } from "./_pickle_values.ts";
import { sentence } from "./_sentence.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Checkpoint, TensorInfo } from "./checkpoint.ts";

/** Where the elements of a storage lie in a file. */
export interface StoredRun {
  /** How many are stored, in bytes. */
  readonly bytes: number;
  /** Reads some of it, and checks what is stored where the file says how. */
  read(from: number, length: number): Promise<Uint8Array>;
}

/**
 * A checkpoint of tensors that are views of storages in a file: each is read alone, by offset, from its first element to its
 * last, whatever its strides.
 *
 * @param find The storage of this key, or `undefined` where the file has none.
 * @throws {Error} with half a sentence where there are no tensors, one is not within its storage, or all of them are far
 *   larger than what is stored.
 */
export function viewStorages(
  source: ByteSource,
  references: ReadonlyMap<string, TensorReference>,
  find: (key: string) => StoredRun | undefined,
): Checkpoint {
  if (references.size === 0) throw new Error("there are no tensors in it");
  const tensors = new Map<string, TensorInfo>();
  for (const [name, reference] of references) {
    check(name, reference, find(reference.storage.key));
    tensors.set(name, { dtype: reference.storage.dtype, shape: reference.shape });
  }
  checkRepeats(references.values(), find);
  async function read(name: string): Promise<Float32Array> {
    const reference = references.get(name);
    if (reference === undefined) {
      throw new Error(`Cannot read tensor "${name}": "${source.name}" has none of that name`);
    }
    const { storage: { key, dtype }, offset, shape, stride } = reference;
    const { bytes: width } = ELEMENT_TYPES[dtype];
    try {
      const bytes = await find(key)!.read(offset * width, extentOf(reference) * width);
      return widen(bytes, dtype, { shape, stride });
    } catch (error) {
      throw new Error(`Cannot read tensor "${name}" of "${source.name}": ${sentence(error)}`, { cause: error });
    }
  }
  return { tensors, read, close: () => source.close() };
}

/** Finds a tensor that its storage cannot hold when the file is opened, not when the network is half built. */
function check(name: string, reference: TensorReference, run: StoredRun | undefined): void {
  const { storage, offset } = reference;
  const what = `tensor ${JSON.stringify(name)}`;
  if (run === undefined) throw new Error(`the data of ${what} are missing`);
  const held = Math.floor(run.bytes / ELEMENT_TYPES[storage.dtype].bytes);
  if (!(offset + extentOf(reference) <= held)) {
    throw new Error(`${what} reaches past the ${held} elements stored for it`);
  }
  if (!(sizeOf(reference.shape) <= Math.max(held, SPARE_ELEMENTS))) {
    throw new Error(`${what} has ${sizeOf(reference.shape)} elements but ${held} are stored for it`);
  }
}

/** Views that repeat their storages may be larger than these, but not so large that a small file takes all memory. */
function checkRepeats(references: Iterable<TensorReference>, find: (key: string) => StoredRun | undefined): void {
  const storages = new Set<string>();
  let elements = 0, stored = 0;
  for (const { storage: { key, dtype }, shape } of references) {
    elements += sizeOf(shape);
    if (!storages.has(key)) stored += Math.floor(find(key)!.bytes / ELEMENT_TYPES[dtype].bytes);
    storages.add(key);
  }
  if (elements > MOST_REPEATS * stored + SPARE_ELEMENTS) {
    throw new Error(`its tensors have ${elements} elements but ${stored} are stored for them`);
  }
}
