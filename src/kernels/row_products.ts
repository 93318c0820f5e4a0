import { CODE } from "./_row_products_code.ts";
import { KernelMemory, startKernel } from "./_start_kernel.ts";

/** Columns are taken in blocks that stay in the processor's cache while every pair of rows is met. */
const BLOCK = 128;
/** Rows are met four at a time, and columns two at a time. */
const ROWS = 4, COLUMNS = 2;

interface Loops {
  addProducts(rows: number, count: number, width: number, pairs: number, last: number): void;
}

/**
 * Inner products of rows, compiled from `kernels/row_products.ts`; it works in memory of its own, which is used again from call
 * to call.
 */
export class RowProducts {
  readonly #memory = new KernelMemory();
  readonly #loops: Loops = startKernel<Loops>(CODE, this.#memory);

  /**
   * The product of every two rows.
   *
   * @param count How many rows there are.
   * @param width How many columns each has.
   * @param row Fills one row, which is 0 before, in the order of their indices.
   * @returns The upper triangle row by row, without the diagonal.
   */
  products(count: number, width: number, row: (index: number, into: Float64Array) => void): Float64Array {
    const rows = roundUp(count, ROWS);
    const columns = roundUp(width, COLUMNS);
    const pairs = count * (count - 1) / 2;
    const pairsAt = rows * columns * 8;
    const buffer = this.#memory.reserve(pairsAt + pairs * 8);
    new Uint8Array(buffer, 0, pairsAt + pairs * 8).fill(0);
    const blocks = new Float64Array(buffer, 0, rows * columns);
    const filled = new Float64Array(columns);
    for (let index = 0; index < count; index++) {
      filled.fill(0);
      row(index, filled.subarray(0, width));
      for (let from = 0; from < columns; from += BLOCK) {
        const own = filled.subarray(from, from + BLOCK);
        blocks.set(own, rows * from + index * own.length);
      }
    }
    for (let from = 0; from < columns; from += BLOCK) {
      this.#loops.addProducts(rows * from * 8, rows, Math.min(BLOCK, columns - from), pairsAt, count);
    }
    return new Float64Array(buffer, pairsAt, pairs).slice();
  }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
