import { Reader, ZipReader } from "@zip.js/zip.js";
import CRC32 from "crc-32";
import { LARGEST_STRUCTURE, MOST_TENSORS } from "./_limits.ts";
import type { ByteSource } from "./byte_source.ts";

/** A file within an archive. */
export interface StoredEntry {
  readonly name: string;
  readonly size: number;
  /** Whether its bytes are stored as they are, so that any part of them can be read alone. */
  readonly plain: boolean;
  /** Where its local header lies. */
  readonly offset: number;
  /** CRC-32 of its bytes; 0 where the writer left it out, as PyTorch may be told to. */
  readonly crc: number;
}

class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super(source);
    this.#source = source;
    this.size = source.size;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    // What is read of an archive here is its directory alone, at once.
    if (length > LARGEST_STRUCTURE) return Promise.reject(new Error(`it takes ${length} bytes`));
    return this.#source.read(index, Math.min(length, this.size - index));
  }
}

/** Beside the tensors an archive holds a few files, and those of a TorchScript archive hold code. */
const MOST_ENTRIES = MOST_TENSORS + 1000;

/**
 * Lists the files of a zip archive from its directory, which is at its end; a file cut short has none.
 *
 * @throws {Error} where there is no directory, it is damaged, or it lists more files than any checkpoint has, two of one name
 *   or two in one place.
 */
export async function listEntries(source: ByteSource): Promise<Map<string, StoredEntry>> {
  const zip = new ZipReader(new SourceReader(source), { useWebWorkers: false, checkSignature: false });
  try {
    const entries = new Map<string, StoredEntry>();
    for await (const entry of zip.getEntriesGenerator()) {
      const { filename: name, compressionMethod, encrypted, uncompressedSize: size, offset, directory } = entry;
      if (directory) continue;
      if (entries.has(name)) throw new Error(`it lists ${JSON.stringify(name)} twice`);
      if (entries.size === MOST_ENTRIES) throw new Error(`it lists more than ${MOST_ENTRIES} files`);
      const plain = compressionMethod === 0 && !encrypted && entry.compressedSize === size;
      entries.set(name, { name, size, plain, offset, crc: entry.signature ?? 0 });
    }
    refuseOverlaps(entries.values());
    return entries;
  } finally {
    await zip.close();
  }
}

/** Bytes of a local header before the name and the extra field, whose lengths are its last two numbers. */
const HEADER = 30;

function refuseOverlaps(entries: Iterable<StoredEntry>): void {
  const inOrder = [...entries].filter(({ plain }) => plain).sort((a, b) => a.offset - b.offset);
  inOrder.forEach(({ name, offset }, index) => {
    const before = inOrder[index - 1];
    if (before !== undefined && before.offset + HEADER + before.size > offset) {
      throw new Error(`${JSON.stringify(name)} lies within ${JSON.stringify(before.name)}`);
    }
  });
}

/** Bytes that are checked at once. */
const CHUNK = 2 ** 22;

/** Entries whose bytes have been found to be those that were stored. */
const intact = new WeakSet<StoredEntry>();

/**
 * Reads a part of an entry. The first time, all of it is read and compared with its checksum.
 *
 * @param from The first byte, counted from the entry's own first.
 * @throws {Error} where it is compressed, its header is damaged, its data reach past the source's end, or they are not those
 *   that were stored.
 */
export async function readEntry(
  source: ByteSource,
  entry: StoredEntry,
  { from, length }: { readonly from: number; readonly length: number },
): Promise<Uint8Array> {
  const { size, crc } = entry;
  const start = await dataOffset(source, entry);
  const whole = from === 0 && length === size;
  if (!whole && crc !== 0 && !intact.has(entry)) {
    let found = 0;
    for (let at = 0; at < size; at += CHUNK) {
      found = CRC32.buf(await source.read(start + at, Math.min(CHUNK, size - at)), found);
    }
    accept(entry, found);
  }
  const bytes = await source.read(start + from, length);
  if (whole && crc !== 0 && !intact.has(entry)) accept(entry, CRC32.buf(bytes));
  return bytes;
}

/** @param found A CRC-32, with or without a sign. */
function accept(entry: StoredEntry, found: number): void {
  if (found >>> 0 !== entry.crc) {
    throw new Error(`${JSON.stringify(entry.name)} in it is damaged: its checksum does not fit`);
  }
  intact.add(entry);
}

async function dataOffset(source: ByteSource, { name, offset, size, plain }: StoredEntry): Promise<number> {
  if (!plain) throw new Error(`${JSON.stringify(name)} in it is compressed`);
  const header = await source.read(offset, HEADER);
  const view = new DataView(header.buffer, header.byteOffset, HEADER);
  const start = offset + HEADER + view.getUint16(26, true) + view.getUint16(28, true);
  if (view.getUint32(0, true) !== 0x04034b50 || start + size > source.size) {
    throw new Error(`${JSON.stringify(name)} in it is damaged`);
  }
  return start;
}
