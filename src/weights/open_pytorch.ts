import { LARGEST_STRUCTURE } from "./_limits.ts";
import { readPickle } from "./_pickle.ts";
import { sentence } from "./_sentence.ts";
import { nameTensors } from "./_tensor_names.ts";
import { viewStorages } from "./_view_storages.ts";
import { listEntries, readEntry, type StoredEntry } from "./_zip_entries.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Checkpoint } from "./checkpoint.ts";

/**
 * Opens what `torch.save` has written since PyTorch 1.6, and TorchScript archives: a zip with a pickle of the structure and
 * a file for each storage. The pickle is read as data and runs nothing; what it may name is a fixed list, and a file that
 * names anything else is refused. Tensors are read one at a time, by offset, views and shared storages included.
 *
 * Names are paths: a state dict's own names, after the keys it is nested under (`state_dict.`, `model.`); in a TorchScript
 * archive the attributes that lead to a parameter. {@linkcode scopeTo} takes such prefixes off.
 *
 * @throws {Error} where the file is cut short, damaged, of another kind, or names what it may not.
 */
export async function openPyTorch(source: ByteSource): Promise<Checkpoint> {
  try {
    return await openArchive(source);
  } catch (error) {
    throw new Error(
      `Cannot read "${source.name}": ${sentence(error)}; expected weights as torch.save or torch.jit.save write them`,
      { cause: error },
    );
  }
}

async function openArchive(source: ByteSource): Promise<Checkpoint> {
  const entries = await listEntries(source).catch((error) => {
    throw new Error(`its zip directory is missing or damaged, as in a file cut short (${sentence(error)})`);
  });
  const pickle = [...entries.values()].find(({ name }) => /^([^/]+\/)?data\.pkl$/.test(name));
  if (pickle === undefined) throw new Error(`no data.pkl is among the ${entries.size} files in it`);
  const prefix = pickle.name.slice(0, -"data.pkl".length);
  const order = entries.get(`${prefix}byteorder`);
  if (order !== undefined && new TextDecoder().decode(await readStructure(source, order)) !== "little") {
    throw new Error("its numbers are stored big-endian");
  }
  return viewStorages(source, nameTensors(readPickle(await readStructure(source, pickle))), (key) => {
    const entry = entries.get(`${prefix}data/${key}`);
    return entry === undefined
      ? undefined
      : { bytes: entry.size, read: (from, length) => readEntry(source, entry, { from, length }) };
  });
}

async function readStructure(source: ByteSource, entry: StoredEntry): Promise<Uint8Array> {
  if (entry.size > LARGEST_STRUCTURE) throw new Error(`${JSON.stringify(entry.name)} in it takes ${entry.size} bytes`);
  return await readEntry(source, entry, { from: 0, length: entry.size });
}
