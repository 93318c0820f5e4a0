/** How a device is opened that needs no native code. */
export interface WebDeviceOptions {
  /**
   * Threads of the `wasm` device, shared by the whole process: the first opening decides. In a browser more than one needs a page
   * that is isolated from others.
   *
   * @default every processor there is
   */
  readonly threads?: number;
  /**
   * Gives the address of a file of ONNX Runtime, by its name: `ort-wasm-simd-threaded.wasm` for `wasm`,
   * `ort-wasm-simd-threaded.jspi.wasm` for `webgpu`.
   *
   * @default the package's own folder
   */
  readonly addressOf?: (file: string) => string;
}
