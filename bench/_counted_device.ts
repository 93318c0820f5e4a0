import type { Device } from "../src/devices/mod.ts";

/** A device, and how many bytes its sessions gave. */
export interface CountedDevice {
  readonly device: Device;
  /** Bytes of all outputs that were read since the last call. */
  bytes(): number;
}

/** Counts what is read from a device, which goes on as before. */
export function countingReads(device: Device): CountedDevice {
  let bytes = 0;
  return {
    device: {
      name: device.name,
      adapter: device.adapter,
      runtime: device.runtime,
      maxTensorBytes: device.maxTensorBytes,
      carries: device.carries,
      async open(model, options) {
        const session = await device.open(model, options);
        return {
          ahead: session.ahead,
          async run(feeds, options) {
            const outputs = await session.run(feeds, options);
            for (const { data } of Object.values(outputs)) bytes += data.byteLength;
            return outputs;
          },
          close: () => session.close(),
        };
      },
      close: () => device.close(),
    },
    bytes() {
      const counted = bytes;
      bytes = 0;
      return counted;
    },
  };
}
