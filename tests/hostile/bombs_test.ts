import assert from "node:assert/strict";
import { join as joinPath } from "node:path";
import pLimit from "p-limit";
import { inFolder } from "../in_folder.ts";
import { concat, join, latin1, repeat } from "./bytes.ts";
import { blackRows, bmp, gif, greyTiff, inflatesTo, jpeg, lzwRuns, png, tiff, webp } from "./image_bombs.ts";
import { openFiles } from "./open_files.ts";
import {
  archive,
  emptyFiles,
  field,
  legacyHead,
  plainCheckpoint,
  repeatedViews,
  safetensors,
  zip,
} from "./weights_bombs.ts";

/** What SECURITY.md promises of a file that is refused. */
const SECONDS = 2, BYTES = 500e6;

/** A file, and what is said of it; null where it is harmless and is read. */
interface Bomb {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly refused: RegExp | null;
}

/** Refuses each by name, with little time and memory. */
async function refuses(as: string, bombs: readonly Bomb[], { apart = false } = {}): Promise<void> {
  await inFolder(async (folder) => {
    for (const { name, bytes } of bombs) await Deno.writeFile(joinPath(folder, name), bytes);
    // The most memory of a process never falls: those that take some of it have a process of their own.
    const limit = pLimit(2);
    const files = bombs.map(({ name }) => [as, joinPath(folder, name)] as const);
    const all = apart
      ? (await Promise.all(files.map((file) => limit(() => openFiles([file]))))).flat()
      : await openFiles(files);
    bombs.forEach(({ name, refused }, index) => {
      const outcome = all[index];
      assert.ok(outcome !== undefined, `the process died of ${name}`);
      const { opened, error, seconds, peakBytes } = outcome;
      if (refused === null) assert.equal(error, null, name);
      else {
        assert.match(error ?? `opened: ${opened}`, refused, name);
        // Of an ONNX file only the bytes are known there; whoever read it says which it was.
        assert.ok(as === "onnx" || error!.includes(name), `${name}: ${error}`);
        assert.ok(!error!.includes("\n"), error!);
      }
      assert.ok(seconds < SECONDS, `${name} took ${seconds} s`);
      assert.ok(peakBytes < BYTES, `${name} took ${peakBytes / 1e6} MB`);
    });
  });
}

Deno.test("checkpoints that would take all memory are refused by name, within two seconds and 500 MB", () =>
  refuses("checkpoint", [
    { name: "nulls.pt", bytes: archive(join("\x80\x02]", "(", repeat("N", 100_000_000))), refused: /takes \d+ bytes/ },
    {
      name: "dicts.pt",
      bytes: archive(join("\x80\x02]", "(", repeat("}", 3e7), "e.")),
      refused: /more than 500000 values/,
    },
    {
      name: "records.pt",
      bytes: archive(join("\x80\x02]cargparse\nNamespace\nq\x000(", repeat("h\x00)R", 6e5), "e.")),
      refused: /more than 500000 values/,
    },
    {
      name: "copies.pt",
      bytes: archive(
        join(
          "\x80\x02ccollections\nOrderedDict\nq\x000}(",
          ...numbered(50_000),
          "uq\x010(",
          repeat("h\x00h\x01\x85R", 90_000),
          "t.",
        ),
      ),
      refused: /more than 500000 values/,
    },
    {
      name: "visits.pt",
      bytes: archive(join("\x80\x02](", repeat("K\x01", 200_000), "eq\x010](", repeat("h\x01", 200_000), "e.")),
      refused: /nest without end/,
    },
    {
      name: "integers.pt",
      bytes: archive(
        join("\x80\x02](", concat(Array(10_000).fill(join("\x8b\x00\x04\x00\x00", repeat([7], 1024)))), "e."),
      ),
      refused: /no tensors/,
    },
    { name: "old.pth", bytes: join(legacyHead(), "\x80\x02](", repeat("}", 2e6)), refused: /more than 500000 values/ },
    { name: "views.pt", bytes: repeatedViews(200), refused: /have 3355443200 elements but 1 are stored/ },
    {
      name: "names.pt",
      bytes: zip(plainCheckpoint("n".repeat(2000))),
      refused: /a tensor's name in it has 2000 characters/,
    },
    {
      name: "header.safetensors",
      bytes: safetensors(join("{", repeat(" ", 98_000_000), "}")),
      refused: /would take 98000002/,
    },
    {
      name: "objects.safetensors",
      bytes: safetensors(join(`{"a":[`, repeat("{},", 1_300_000), "{}]}")),
      refused: /nothing sensible of tensor "a"/,
    },
    { name: "entries.pt", bytes: emptyFiles(300_000), refused: /lists more than 21000 files/ },
  ], { apart: true }));

Deno.test("archives whose files overlap, are listed twice or are not what was stored are refused", () => {
  const [pickle, storage] = plainCheckpoint();
  return refuses("checkpoint", [
    { name: "whole.pt", bytes: zip([pickle, storage]), refused: null },
    { name: "unchecked.pt", bytes: zip([pickle, { ...storage, crc: 0 }]), refused: null },
    {
      name: "damaged.pt",
      bytes: zip([pickle, { ...storage, crc: 7 }]),
      refused: /"x\/data\/0" in it is damaged: its checksum/,
    },
    {
      name: "pickle.pt",
      bytes: zip([{ ...pickle, crc: 7 }, storage]),
      refused: /"x\/data.pkl" in it is damaged: its checksum/,
    },
    { name: "within.pt", bytes: zip([pickle, { ...storage, offset: 0 }]), refused: /lies within/ },
    { name: "twice.pt", bytes: zip([pickle, storage, storage]), refused: /lists "x\/data\/0" twice/ },
    {
      name: "shared.safetensors",
      bytes: safetensors(
        JSON.stringify({
          a: { dtype: "F32", shape: [4], data_offsets: [0, 16] },
          b: { dtype: "F32", shape: [4], data_offsets: [0, 16] },
        }),
        16,
      ),
      refused: /tensor "b" lies within another/,
    },
    {
      name: "gap.safetensors",
      bytes: safetensors(JSON.stringify({ a: { dtype: "F32", shape: [2], data_offsets: [8, 16] } }), 16),
      refused: /tensor "a" lies after bytes of no tensor/,
    },
  ]);
});

Deno.test("ONNX files that would take all memory are refused by name, within two seconds and 500 MB", () => {
  const nested = Array.from({ length: 200 }).reduce<Uint8Array>(
    (inner) => field(1, field(5, field(6, inner))),
    field(1, ""),
  );
  return refuses("onnx", [
    { name: "nodes.onnx", bytes: join([8, 8], field(7, repeat([10, 0], 2e6))), refused: /more than 1000000 fields/ },
    {
      name: "names.onnx",
      bytes: join([8, 8], field(7, field(1, repeat([10, 0], 2e6)))),
      refused: /more than 1000000 fields/,
    },
    {
      name: "numbers.onnx",
      bytes: join([8, 8], field(7, field(5, field(7, repeat([1], 2e7))))),
      refused: /more than 16777216 whole/,
    },
    { name: "nested.onnx", bytes: join([8, 8], field(7, nested)), refused: /nest too deep/ },
  ], { apart: true });
});

Deno.test("weights beside an ONNX file that many tensors share are refused", () =>
  inFolder(async (folder) => {
    const path = joinPath(folder, "shared.onnx");
    const place = field(13, join(field(1, "location"), field(2, "data")));
    const tensors = Array.from({ length: 50 }, () =>
      field(5, join([8, 0x80, 0x80, 0x10, 16, 1], field(8, "w"), place, [0x70, 1])));
    await Deno.writeFile(path, join([8, 8], field(7, join(...tensors)), field(8, "\x10\x11")));
    await Deno.writeFile(joinPath(folder, "data"), new Uint8Array(2 ** 20 + 4));
    const [{ error, peakBytes }] = await openFiles([["onnx", path]]);
    assert.match(error!, /takes 2097152 bytes of "data", which has 1048580; expected a part of its own/);
    assert.ok(peakBytes < BYTES);
  }));

Deno.test("images that would take all memory are refused by name, within two seconds and 500 MB", () => {
  const large = { width: 60_000, height: 60_000 };
  const profile = ["iCCP", join("a\0\0", inflatesTo(100))] as const;
  const rows = blackRows(8, 8);
  const directory = tiff(
    [...greyTiff({ width: 8, height: 8, compression: 1, bytes: 64 }), [0x8769, 4, 1, 8]],
    new Uint8Array(64),
  );
  return refuses("image", [
    {
      name: "inflates.png",
      bytes: png({ width: 64, height: 64 }, ["IDAT", inflatesTo(3000)]),
      refused: /more than the 12352 bytes/,
    },
    { name: "bits.png", bytes: png({ ...large, bits: 1, colour: 0 }, ["IDAT", rows]), refused: /60000×60000 pixels/ },
    {
      name: "profiles.png",
      bytes: png({ width: 8, height: 8 }, ...Array(20).fill(profile), ["IDAT", rows]),
      refused: null,
    },
    {
      name: "text.png",
      bytes: png({ width: 8, height: 8 }, ["zTXt", join("a\0\0", inflatesTo(100))], ["IDAT", rows]),
      refused: null,
    },
    {
      name: "split.png",
      bytes: png({ width: 8, height: 8 }, ...Array.from(rows, (_, i) => ["IDAT", rows.subarray(i, i + 1)] as const)),
      refused: null,
    },
    { name: "large.jpg", bytes: jpeg(16_000, 16_000, 1), refused: /16000×16000 pixels/ },
    { name: "scans.jpg", bytes: jpeg(8000, 8000, 5000), refused: /5000 scans; expected at most 100/ },
    { name: "large.gif", bytes: gif(65_000, 65_000), refused: /65000×65000 pixels/ },
    { name: "large.webp", bytes: webp(16_000, 16_000), refused: /16000×16000 pixels/ },
    { name: "large.bmp", bytes: bmp(60_000, 60_000), refused: /60000×60000 pixels/ },
    { name: "large.tif", bytes: tiff(greyTiff({ ...large, compression: 1, bytes: 8 })), refused: /60000×60000 pixels/ },
    {
      name: "deflate.tif",
      bytes: tiff(greyTiff({ width: 8, height: 8, compression: 8, bytes: 3e6 }), inflatesTo(3000)),
      refused: /holds more than its 64 bytes/,
    },
    {
      name: "lzw.tif",
      bytes: tiff(greyTiff({ width: 8, height: 8, compression: 5, bytes: 9e5 }), lzwRuns(180)),
      refused: /holds more than its 64 bytes/,
    },
    // The package's table of strings outlives a clear code: after one, its old strings can be recalled.
    ...[[256, 0, 258, 256, 258], [0, 258], [256, 256, 0], [256, 0, 300]].map((codes) => ({
      name: `lzw-${codes.join("-")}.tif`,
      bytes: tiff(greyTiff({ width: 8, height: 8, compression: 5, bytes: 9e5 }), lzwRuns(180, codes)),
      refused: /LZW data are damaged/,
    })),
    {
      name: "counts.tif",
      bytes: tiff([...greyTiff({ width: 8, height: 8, compression: 1, bytes: 64 }), [700, 7, 4e9, 8]]),
      refused: /directory states/,
    },
    { name: "circle.tif", bytes: directory, refused: null },
  ]);
});

Deno.test({
  name: "pipes, devices and folders are refused by name, and never waited for",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const pipe = joinPath(folder, "pipe.png"), device = joinPath(folder, "device.png");
      const { success } = await new Deno.Command("mkfifo", { args: [pipe] }).output();
      assert.ok(success);
      await Deno.symlink("/dev/zero", device);
      const sparse = joinPath(folder, "sparse.png");
      await Deno.writeFile(sparse, latin1("\x89PNG"));
      await Deno.truncate(sparse, 3 * 2 ** 30);
      const paths = [pipe, device, folder];
      const opened = await openFiles([
        ...["checkpoint", "onnx", "image"].flatMap((as) => paths.map((path) => [as, path] as const)),
        ["image", sparse],
      ]);
      assert.equal(opened.length, 10);
      opened.slice(0, 9).forEach(({ error }, index) => {
        assert.match(error!, [/a pipe or a device/, /a pipe or a device/, /a folder/][index % 3]);
        assert.ok(error!.includes(paths[index % 3]), error!);
      });
      assert.match(opened[9].error!, /it has 3221225472 bytes; expected at most/);
      assert.ok(opened[9].peakBytes < BYTES);
    }),
});

/** A dictionary's keys and values: 0, 0, 1, 1, … */
function numbered(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => join("J", [i & 255, (i >> 8) & 255, i >> 16, 0], "N"));
}
