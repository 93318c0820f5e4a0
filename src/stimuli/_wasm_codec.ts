import { readAsset } from "./assets.ts";

/** A picture as the codecs give it: RGBA. */
export interface DecodedRgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** How the packages compiled from C make a decoder. */
export type CreateCodec<T> = (options: {
  noInitialRun: boolean;
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
  print(line: string): void;
  printErr(line: string): void;
}) => Promise<T>;

/** Compiles a WebAssembly file of a package. */
export async function compileCodec(name: string): Promise<WebAssembly.Module> {
  return await WebAssembly.compile(await readAsset(name) as Uint8Array<ArrayBuffer>);
}

/**
 * Starts a decoder in memory of its own.
 *
 * @param complain Takes what the C library prints.
 */
export async function startCodec<T>(
  create: unknown,
  module: WebAssembly.Module,
  complain: (line: string) => void,
): Promise<T> {
  return await (create as CreateCodec<T>)({
    noInitialRun: true,
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
    print: complain,
    printErr: complain,
  });
}

/** RGB of RGBA; alpha is dropped. */
export function dropAlpha(rgba: ArrayLike<number>, count: number): Uint8Array {
  const rgb = new Uint8Array(3 * count);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += 4, to += 3) {
    rgb[to] = rgba[from];
    rgb[to + 1] = rgba[from + 1];
    rgb[to + 2] = rgba[from + 2];
  }
  return rgb;
}
