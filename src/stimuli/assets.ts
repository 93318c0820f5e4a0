/** Reads a file of an installed package: a typeface, or a codec compiled to WebAssembly. */
export type ReadAsset = (name: string) => Promise<Uint8Array>;

let read: ReadAsset = (name) =>
  Promise.reject(new Error(`Cannot read "${name}": nobody said how; expected useAssets()`));

/**
 * Says how the files of packages are read that drawing, decoding and encoding need. Under Deno and Node the module itself says
 * so; elsewhere whoever shows the page does.
 *
 * @param reader Is given a specifier such as `@jsquash/webp/codec/dec/webp_dec.wasm`.
 */
export function useAssets(reader: ReadAsset): void {
  read = reader;
}

/** Reads one of them. */
export async function readAsset(name: string): Promise<Uint8Array> {
  return await read(name);
}
