import { GraphBuilder } from "../onnx/mod.ts";
import type { Device, Session } from "./device.ts";

/** Multiplies row-major `a` `[m, k]` by `b` `[k, n]` into `[m, n]`. */
export type DeviceMultiply = (
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
) => Promise<Float32Array>;

/**
 * The device's own matrix product, for statistics that are one: bootstrap replicates are `[replicates, images]` weights
 * times `[images, units]` responses.
 *
 * It is compiled once and closed with the device. Products whose result is larger than the device's largest tensor are
 * computed in strips of rows.
 *
 * @throws {RangeError} from the returned function, where a matrix does not hold as many values as its shape says.
 */
export async function createMatrixMultiply(device: Device): Promise<DeviceMultiply> {
  const graph = new GraphBuilder("multiply");
  const inputs = [graph.input("a", "float32", ["m", "k"]), graph.input("b", "float32", ["k", "n"])];
  graph.output(graph.node("MatMul", inputs, {}, "product"), "float32", ["m", "n"]);
  const session: Session = await device.open(graph.toBytes());
  return async (a, b, m, k, n) => {
    if (a.length !== m * k || b.length !== k * n) {
      throw new RangeError(
        `Cannot multiply matrices: found ${a.length} and ${b.length} values; expected ${m * k} and ${k * n}`,
      );
    }
    if (m * k * n === 0) return new Float32Array(m * n);
    const rows = Math.max(1, Math.min(m, Math.floor(device.maxTensorBytes / (4 * Math.max(n, k)))));
    const multiplyRows = async (from: number, to: number): Promise<Float32Array> => {
      const strip = { data: a.subarray(from * k, to * k), shape: [to - from, k] };
      const { product } = await session.run({ a: strip, b: { data: b, shape: [k, n] } });
      return product.data as Float32Array;
    };
    if (rows === m) return await multiplyRows(0, m);
    const product = new Float32Array(m * n);
    for (let row = 0; row < m; row += rows) product.set(await multiplyRows(row, Math.min(m, row + rows)), row * n);
    return product;
  };
}
