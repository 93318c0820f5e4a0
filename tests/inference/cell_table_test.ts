import assert from "node:assert/strict";
import { emptyCells, getCell, setCell, trimCells } from "../../src/inference/cell_table.ts";
import type { Cell } from "../../src/inference/replicates.ts";
import { pack, unpack } from "../../src/reproduce/packed.ts";

/** A number on some splits of four blocks, all of them different. */
function cellOf(value: number, splits: number): Cell {
  const of = (count: number, start: number): Float64Array => Float64Array.from({ length: count }, (_, i) => start + i);
  return {
    value,
    units: 7,
    replicates: { splits: of(splits, value), deletions: of(4 * splits, 10 * value), blocks: 4 },
  };
}

Deno.test("a table gives the numbers that were put into it, also after it crossed threads", () => {
  const table = emptyCells();
  const unmeasured: Cell = { value: null, replicates: null, reason: "no unit is selected" };
  for (let i = 0; i < 20; i++) setCell(table, ["criterion", "faces", `measure ${i}`], cellOf(i, 1 + i % 3));
  setCell(table, ["criterion", "words", "measure 0"], unmeasured);
  const used = table.used;
  for (const each of [table, trimCells(table), unpack(pack(table))]) {
    for (let i = 0; i < 20; i++) {
      assert.deepEqual(getCell(each, ["criterion", "faces", `measure ${i}`]), cellOf(i, 1 + i % 3));
    }
    assert.deepEqual(getCell(each, ["criterion", "words", "measure 0"]), unmeasured);
    assert.equal(getCell(each, ["criterion", "places", "measure 0"]).reason, "was not measured");
  }
  assert.equal(table.replicates.length, used);
});
