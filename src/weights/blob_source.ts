import { type ByteSource, outside } from "./byte_source.ts";

/** A file of a page as a source: each part is read when it is asked for. */
export function blobSource(blob: Blob, name: string): ByteSource {
  const source = { name, size: blob.size };
  return {
    ...source,
    async read(offset, length) {
      const error = outside(source, offset, length);
      if (error !== undefined) throw error;
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
    close: () => Promise.resolve(),
  };
}
