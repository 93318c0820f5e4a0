import type { Pixels } from "./stimulus.ts";

/** An image as decoded, 8 bits a sample: like {@linkcode Pixels}, but that a grey one may have one sample a pixel. */
export interface Raster {
  /** Pixels across. */
  readonly width: number;
  /** Pixels down. */
  readonly height: number;
  /** 1 where it is grey and 3 where it is RGB, or grey in RGB. */
  readonly channels: 1 | 3;
  /** `channels * width * height` bytes in 0–255, row-major, interleaved. */
  readonly data: Uint8Array;
}

/** The same image in RGB; grey is repeated. */
export function toRgb({ width, height, channels, data }: Raster): Pixels {
  if (channels === 3) return { width, height, data };
  const rgb = new Uint8Array(3 * data.length);
  for (let i = 0, to = 0; i < data.length; i++) {
    rgb[to++] = data[i];
    rgb[to++] = data[i];
    rgb[to++] = data[i];
  }
  return { width, height, data: rgb };
}

/** The same image, told to be RGB. */
export function fromRgb({ width, height, data }: Pixels): Raster {
  return { width, height, channels: 3, data };
}

/** An image of planes, one for each channel; grey where all are the same array. */
export function fromPlanes(
  [red, green, blue]: readonly Uint8Array[],
  { width, height }: { readonly width: number; readonly height: number },
): Raster {
  if (green === red && blue === red) return { width, height, channels: 1, data: red };
  const data = new Uint8Array(3 * width * height);
  for (let i = 0, to = 0; i < red.length; i++) {
    data[to++] = red[i];
    data[to++] = green[i];
    data[to++] = blue[i];
  }
  return { width, height, channels: 3, data };
}
