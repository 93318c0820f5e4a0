import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { type UnitTable, writeUnitTable } from "../../src/results/mod.ts";

const TABLE: UnitTable = {
  network: "made-up",
  family: "made",
  layer: "layer4",
  unit: Uint32Array.of(4, 5, 9),
  channel: Int32Array.of(1, 1, 2),
  row: Int32Array.of(0, 0, 0),
  column: Int32Array.of(0, 1, 1),
  conditions: [
    { name: "faces", n: 80, mean: Float32Array.of(0.5, 1.5, -2), variance: Float32Array.of(1, 0, 0.25) },
    { name: "scrambled words", n: 40, mean: Float32Array.of(0, 0, 0), variance: Float32Array.of(0, 0, 0) },
  ],
  categories: [{
    name: "faces",
    t: Float64Array.of(3.25, NaN, -1),
    q: Float64Array.of(1e-12, 1, 0.5),
    selected: [Uint8Array.of(1, 0, 0), Uint8Array.of(1, 1, 0)],
    measured: [Uint8Array.of(1, 0, 0), Uint8Array.of(0, 1, 0)],
  }],
};

async function written(table: UnitTable, look: (file: ArrayBuffer, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-units-"));
  try {
    const path = join(folder, "layer4.parquet");
    await writeUnitTable(path, table);
    await look((await readFile(path)).buffer as ArrayBuffer, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

Deno.test("writeUnitTable() writes a row a unit that a Parquet reader gives back", async () => {
  await written(TABLE, async (file, folder) => {
    const rows = await parquetReadObjects({ file });
    assert.equal(rows.length, 3);
    assert.deepEqual(rows[0], {
      network: "made-up",
      family: "made",
      layer: "layer4",
      unit: 4,
      channel: 1,
      row: 0,
      column: 0,
      n_faces: 80,
      mean_faces: 0.5,
      var_faces: 1,
      "n_scrambled words": 40,
      "mean_scrambled words": 0,
      "var_scrambled words": 0,
      t_min_faces: 3.25,
      q_max_faces: 1e-12,
      selected_faces_half0: true,
      selected_faces_half1: true,
      measured_faces_half0: true,
      measured_faces_half1: false,
    });
    assert.equal(rows[1].t_min_faces, null);
    assert.deepEqual(rows.map((row) => row.selected_faces_half1), [true, true, false]);
    assert.deepEqual(await readdir(folder), ["layer4.parquet"]);
  });
});

Deno.test("writeUnitTable() leaves positions out where a layer has none", async () => {
  await written({ ...TABLE, row: null, column: null }, async (file) => {
    const [first] = await parquetReadObjects({ file });
    assert.ok(!("row" in first) && !("column" in first));
  });
});

Deno.test("writeUnitTable() writes a layer of no units", async () => {
  const none = new Float32Array(0);
  const empty: UnitTable = {
    network: "made-up",
    family: "made",
    layer: "pool",
    unit: new Int32Array(0),
    channel: new Int32Array(0),
    row: null,
    column: null,
    conditions: [{ name: "faces", n: 80, mean: none, variance: none }],
    categories: [{ name: "faces", t: none, q: none, selected: [new Uint8Array(0)], measured: [] }],
  };
  await written(empty, async (file) => assert.deepEqual(await parquetReadObjects({ file }), []));
});

Deno.test("writeUnitTable() names a column of the wrong length", async () => {
  const broken = { ...TABLE, channel: Int32Array.of(1) };
  await assert.rejects(writeUnitTable("never.parquet", broken), {
    message: 'Cannot write "never.parquet": column "channel" has 1 values; expected 3, one a unit',
  });
});
