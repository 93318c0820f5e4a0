import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { CONJUNCTION_FIXED, CRITERIA, type Criterion } from "../../src/criteria/mod.ts";
import { drawSplits, halfMoments } from "../../src/localize/mod.ts";
import { fileNames } from "../../src/reproduce/file_names.ts";
import { writeUnits } from "../../src/reproduce/write_units.ts";
import { poolMoments, welch } from "../../src/statistics/mod.ts";
import { synthesizeRecording, type SyntheticLayer, type SyntheticRecording } from "../../src/validation/mod.ts";
import { inFolder } from "../in_folder.ts";

const CONDITIONS = ["faces", "bodies", "places"];
const [CONJUNCTION] = CRITERIA;
const LAYERS: readonly SyntheticLayer[] = [
  { name: "layer1.0", shape: [4, 3, 5], selective: 0.3, effect: 4 },
  { name: "/pool/Relu output", shape: [24], selective: 0.3, effect: 4 },
];

function made(layers: readonly SyntheticLayer[] = LAYERS): SyntheticRecording {
  return synthesizeRecording({
    seed: 1,
    conditions: CONDITIONS,
    targets: CONDITIONS,
    imagesPerCondition: 16,
    blocks: 4,
    layers,
  });
}

/** What a table of 32-bit numbers keeps. */
function near(found: unknown, expected: number): void {
  assert.ok(
    Math.abs(Number(found) - expected) <= 1e-5 * Math.max(1, Math.abs(expected)),
    `${found} is not ${expected}`,
  );
}

async function rows(path: string): Promise<Record<string, unknown>[]> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return await parquetReadObjects({ file });
}

Deno.test("writeUnits() writes every unit's place, moments over all images, least t and selection of each half", () =>
  inFolder(async (folder) => {
    const { recording, layers: [layer] } = made();
    const targets = ["faces", "bodies"];
    await writeUnits(folder, {
      network: "net",
      family: "nets",
      recording,
      criterion: CONJUNCTION,
      targets,
      which: "all",
    });
    assert.deepEqual((await readdir(join(folder, "net"))).sort(), ["layer1.0.parquet", "pool_Relu_output.parquet"]);
    const table = await rows(join(folder, "net", "layer1.0.parquet"));
    assert.equal(table.length, 60);
    const pooled = layer.moments.map((blocks) => poolMoments(...blocks));
    for (const unit of [0, 17, 59]) {
      const row = table[unit];
      assert.deepEqual([row.unit, row.channel, row.row, row.column], [
        unit,
        Math.floor(unit / 15),
        Math.floor(unit % 15 / 5),
        unit % 5,
      ]);
      assert.equal(row.n_faces, 16);
      near(row.mean_bodies, pooled[1].mean[unit]);
      near(row.var_places, pooled[2].m2[unit] / 15);
      near(row.t_min_faces, Math.min(...[1, 2].map((k) => welch(pooled[0], pooled[k]).t[unit])));
    }
    const [split] = drawSplits(4, 1, 0);
    for (const half of [0, 1] as const) {
      const moments = halfMoments(layer.moments, { split, half });
      const mask = CONJUNCTION.select({ conditions: CONDITIONS, targets: [0, 1], target: 0, moments });
      assert.deepEqual(table.map((row) => row[`selected_faces_half${half}`]), Array.from(mask, (bit) => bit === 1));
      assert.ok(mask.includes(1));
      const fixed = CONJUNCTION_FIXED.select({ conditions: CONDITIONS, targets: [0, 1], target: 0, moments });
      assert.deepEqual(table.map((row) => row[`measured_faces_half${half}`]), Array.from(fixed, (bit) => bit === 1));
    }
    // The conjunction's own q: selected on all images at 0.05 where every contrast is.
    const whole = CONJUNCTION.select({ conditions: CONDITIONS, targets: [0], target: 0, moments: pooled });
    assert.deepEqual(table.map((row) => Number(row.q_max_faces) <= 0.05), Array.from(whole, (bit) => bit === 1));
    assert.ok(!("row" in (await rows(join(folder, "net", "pool_Relu_output.parquet")))[0]));
  }));

Deno.test("writeUnits() writes the units that either half selects, and none where nothing is selected", () =>
  inFolder(async (folder) => {
    const targets = ["faces", "bodies"];
    const write = async (to: string, criterion: Criterion): Promise<Record<string, unknown>[]> => {
      const { recording } = made(LAYERS.slice(0, 1));
      await writeUnits(join(folder, to), {
        network: "net",
        family: "nets",
        recording,
        criterion,
        targets,
        which: "selected",
      });
      return await rows(join(folder, to, "net", "layer1.0.parquet"));
    };
    const table = await write("some", CONJUNCTION);
    assert.ok(table.length > 0 && table.length < 60);
    const flags = targets.flatMap((name) =>
      ["selected", "measured"].flatMap((mark) => [0, 1].map((half) => `${mark}_${name}_half${half}`))
    );
    assert.ok(table.every((row) => flags.some((flag) => row[flag] === true)));
    assert.deepEqual(
      await write("none", {
        ...CONJUNCTION,
        movesWithPrevalence: undefined,
        select: () => new Uint8Array(60),
      }),
      [],
    );
  }));

Deno.test("writeUnits() gives tokens their dimension and patch, and the class token no place", () =>
  inFolder(async (folder) => {
    const { recording } = made([{ name: "blocks.0", shape: [5, 4], selective: 0.3, effect: 4 }]);
    await writeUnits(folder, {
      network: "vit",
      family: "vits",
      recording,
      criterion: CONJUNCTION,
      targets: ["faces"],
      which: "all",
    });
    const table = await rows(join(folder, "vit", "blocks.0.parquet"));
    assert.deepEqual(table.map(({ channel }) => channel).slice(0, 6), [0, 1, 2, 3, 0, 1]);
    assert.deepEqual([table[0].row, table[4].row, table[19].row, table[19].column], [null, 0, 1, 1]);
  }));

Deno.test("writeUnits() says so where it cannot write", () =>
  inFolder(async (folder) => {
    const { recording } = made();
    await Deno.writeTextFile(join(folder, "file"), "");
    const options = {
      network: "net",
      family: "nets",
      recording,
      criterion: CONJUNCTION,
      targets: ["faces"],
      which: "all",
    } as const;
    await assert.rejects(writeUnits(join(folder, "file"), options), /ENOTDIR|EEXIST|Not a directory/i);
  }));

Deno.test("fileNames() keeps plain names, replaces what a file system may refuse, and keeps names apart", () => {
  assert.deepEqual(fileNames(["layer1.0", "/a/b:c", "A_b_c", "..", "a b c"]), [
    "layer1.0",
    "a_b_c",
    "A_b_c-2",
    "layer",
    "a_b_c-3",
  ]);
});

Deno.test("fileNames() gives no name that Windows keeps for devices or ends in a dot", () => {
  assert.deepEqual(fileNames(["con", "NUL.1", "lpt1", "console", "layer."]), [
    "con_",
    "NUL_.1",
    "lpt1_",
    "console",
    "layer",
  ]);
});
