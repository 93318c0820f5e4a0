import { ELEMENT_TYPES, extentOf, sizeOf, widen } from "./_element_types.ts";
import type { TensorReference } from "./_pickle_values.ts";
import { sentence } from "./_sentence.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Checkpoint, TensorInfo } from "./checkpoint.ts";

/** A view that repeats its storage may be larger than it, but not so large that a damaged shape takes all memory. */
const LARGEST_EXPANSION = 2 ** 24;

/** Where the elements of a storage lie in a file. */
export interface StoredRun {
  /** How many are stored, in bytes. */
  readonly bytes: number;
  /** Finds the first byte. */
  start(): Promise<number>;
}

/**
 * A checkpoint of tensors that are views of storages in a file: each is read alone, by offset, from its first element to its
 * last, whatever its strides.
 *
 * @param find The storage of this key, or `undefined` where the file has none.
 * @throws {Error} with half a sentence where there are no tensors, or one is not within its storage.
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
  async function read(name: string): Promise<Float32Array> {
    const reference = references.get(name);
    if (reference === undefined) {
      throw new Error(`Cannot read tensor "${name}": "${source.name}" has none of that name`);
    }
    const { storage: { key, dtype }, offset, shape, stride } = reference;
    const { bytes: width } = ELEMENT_TYPES[dtype];
    try {
      const start = await find(key)!.start();
      const bytes = await source.read(start + offset * width, extentOf(reference) * width);
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
  if (!(sizeOf(reference.shape) <= Math.max(held, LARGEST_EXPANSION))) {
    throw new Error(`${what} has ${sizeOf(reference.shape)} elements but ${held} are stored for it`);
  }
}
