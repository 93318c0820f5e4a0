import { ELEMENT_TYPES } from "./_element_types.ts";
import { LARGEST_STRUCTURE, MOST_TENSORS } from "./_limits.ts";
import { type ReadPickle, readPickleAt } from "./_pickle.ts";
import { PickleCutShortError } from "./_pickle_bytes.ts";
import type { PickleValue, StorageReference } from "./_pickle_values.ts";
import { sentence } from "./_sentence.ts";
import { nameTensors } from "./_tensor_names.ts";
import { type StoredRun, viewStorages } from "./_view_storages.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Checkpoint } from "./checkpoint.ts";

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** Nothing in the file says how long its pickles are: so much is read at first, and more where they go on. */
const FIRST_READ = 2 ** 16;

/**
 * Opens what `torch.save` wrote before PyTorch 1.6, and writes still with `_use_new_zipfile_serialization=False`: five pickles
 * in a row (a magic number, the protocol, the machine, the structure, the keys of the storages) and behind them the elements
 * of every storage. As in {@linkcode openPyTorch} the pickles run nothing, what they may name is the same list, and tensors
 * are read one at a time, by offset, views and shared storages included.
 *
 * @throws {Error} where the file is cut short, damaged, of another kind, or names what it may not.
 */
export async function openLegacyPyTorch(source: ByteSource): Promise<Checkpoint> {
  try {
    return await openRow(source);
  } catch (error) {
    throw new Error(
      `Cannot read "${source.name}": ${sentence(error)}; expected weights as torch.save wrote them before PyTorch 1.6`,
      { cause: error },
    );
  }
}

async function openRow(source: ByteSource): Promise<Checkpoint> {
  const pickles = new PickleRow(source);
  if ((await pickles.next()).value !== MAGIC) throw new Error("it is a bare pickle, without PyTorch's magic number");
  const { value: protocol } = await pickles.next();
  if (protocol !== PROTOCOL) {
    throw new Error(`its protocol is ${typeof protocol === "number" ? protocol : "no number"}, not ${PROTOCOL}`);
  }
  const { value: machine } = await pickles.next();
  if (!(machine instanceof Map)) throw new Error("it says nothing of the machine that wrote it");
  if (machine.get("little_endian") === false) throw new Error("a big-endian machine wrote it");
  const { value: structure, storages } = await pickles.next();
  const { value: keys, end } = await pickles.next();
  const runs = await locate(source, { keys, start: end, storages: byKey(storages) });
  return viewStorages(source, nameTensors(structure), (key) => runs.get(key));
}

/** Pickles that follow one another from the beginning of a file. */
class PickleRow {
  readonly #source: ByteSource;
  #bytes = new Uint8Array();
  #at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async next(): Promise<ReadPickle> {
    for (;;) {
      try {
        const read = readPickleAt(this.#bytes, this.#at);
        this.#at = read.end;
        return read;
      } catch (error) {
        const { length } = this.#bytes, { size } = this.#source;
        if (!(error instanceof PickleCutShortError) || length === size) throw error;
        if (length >= LARGEST_STRUCTURE) throw new Error(`its structure takes more than ${LARGEST_STRUCTURE} bytes`);
        const wanted = Math.min(size, LARGEST_STRUCTURE, Math.max(FIRST_READ, 4 * length));
        this.#bytes = new Uint8Array(await this.#source.read(0, wanted));
      }
    }
  }
}

function byKey(storages: readonly StorageReference[]): Map<string, StorageReference> {
  const all = new Map<string, StorageReference>();
  for (const storage of storages) {
    const { dtype, size } = all.get(storage.key) ?? storage;
    if (dtype !== storage.dtype || size !== storage.size) {
      throw new Error(`storage ${JSON.stringify(storage.key)} is said to be of two types or sizes`);
    }
    all.set(storage.key, storage);
  }
  return all;
}

/** Bytes of the number of elements before them. */
const COUNT = 8;

interface StoredRow {
  readonly keys: PickleValue;
  /** The byte where the first storage begins. */
  readonly start: number;
  readonly storages: ReadonlyMap<string, StorageReference>;
}

/** Where each storage lies: they follow one another in the order of their keys, each after the number of its elements. */
async function locate(source: ByteSource, { keys, start, storages }: StoredRow): Promise<Map<string, StoredRun>> {
  if (!Array.isArray(keys)) throw new Error("the list of its storages is missing");
  if (keys.length > MOST_TENSORS) throw new Error(`it has more than ${MOST_TENSORS} storages`);
  const runs = new Map<string, StoredRun>();
  let at = start;
  for (const key of keys) {
    const storage = typeof key === "string" ? storages.get(key) : undefined;
    if (storage === undefined) throw new Error("it stores elements that nothing in it refers to");
    const name = `storage ${JSON.stringify(storage.key)}`;
    if (runs.has(storage.key)) throw new Error(`${name} is stored twice`);
    if (at + COUNT > source.size) throw new Error(`it ends at ${source.size} bytes, before ${name}`);
    const head = await source.read(at, COUNT);
    const count = new DataView(head.buffer, head.byteOffset, COUNT).getBigInt64(0, true);
    if (count !== BigInt(storage.size)) {
      throw new Error(`${name} holds ${count} elements, not the ${storage.size} that tensors refer to`);
    }
    const first = at + COUNT, bytes = storage.size * ELEMENT_TYPES[storage.dtype].bytes;
    if (first + bytes > source.size) throw new Error(`it ends at ${source.size} bytes, within ${name}`);
    runs.set(storage.key, { bytes, read: (from, length) => source.read(first + from, length) });
    at = first + bytes;
  }
  return runs;
}
