import { CODE } from "./_row_products_code.ts";
import { KernelMemory, startKernel } from "./_start_kernel.ts";

/** Columns are taken in blocks that stay in the processor's cache while every pair of rows is met. */
const BLOCK = 128;
/** Rows and columns are met four at a time. */
const STEP = 4;

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
    const rows = roundUp(count, STEP);
    const blocks = Math.ceil(width / BLOCK);
    const pairs = count * (count - 1) / 2;
    const blockBytes = rows * BLOCK * 8;
    const pairsAt = blocks * blockBytes;
    const buffer = this.#memory.reserve(pairsAt + pairs * 8);
    new Uint8Array(buffer, 0, pairsAt + pairs * 8).fill(0);
    const filled = new Float64Array(blocks * BLOCK);
    for (let index = 0; index < count; index++) {
      filled.fill(0);
      row(index, filled.subarray(0, width));
      for (let block = 0; block < blocks; block++) {
        new Float64Array(buffer, block * blockBytes + index * BLOCK * 8, BLOCK)
          .set(filled.subarray(block * BLOCK, (block + 1) * BLOCK));
      }
    }
    for (let block = 0; block < blocks; block++) {
      this.#loops.addProducts(block * blockBytes, rows, BLOCK, pairsAt, count);
    }
    return new Float64Array(buffer, pairsAt, pairs).slice();
  }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
