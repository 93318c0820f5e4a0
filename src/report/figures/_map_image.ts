import { encode } from "fast-png";

/** Counts this many times the even spread, or more, are drawn in full colour. */
export const FULL = 3;
/** Pixels that the longer side has at least; some viewers smooth an image that they enlarge. */
const LEAST_SIDE = 48;

/**
 * Counts per position as a PNG data URI in one colour: clear where there is none, a third at the even spread, full from
 * three times that.
 *
 * @param counts `[rows × columns]`, row-major.
 * @param color `#rrggbb`.
 */
export function mapImage(rows: number, columns: number, counts: readonly number[], color: string): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const even = total / counts.length;
  const scale = Math.max(1, Math.ceil(LEAST_SIDE / Math.max(rows, columns)));
  const [width, height] = [columns * scale, rows * scale];
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const count = counts[Math.floor(y / scale) * columns + Math.floor(x / scale)];
      const strength = total === 0 ? 0 : Math.min(1, count / even / FULL);
      data.set([red, green, blue, Math.round(255 * strength)], (y * width + x) * 4);
    }
  }
  const png = encode({ width, height, data, channels: 4, depth: 8 });
  return `data:image/png;base64,${btoa(String.fromCharCode(...png))}`;
}
