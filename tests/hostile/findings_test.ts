import assert from "node:assert/strict";
import { join as joinPath } from "node:path";
import { RequestError, UnusableRecordingError } from "../../src/errors.ts";
import { parseModelsLock, parseStimuliLock } from "../../src/lock/mod.ts";
import { defaultLayers } from "../../src/networks/mod.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { openRecording } from "../../src/recording/mod.ts";
import { parseImageRecipe } from "../../src/reproduce/mod.ts";
import { formatManifest, readManifest } from "../../src/reproduce/shard_manifest.ts";
import { parseResults } from "../../src/results/mod.ts";
import { decodeImage, parseConditionsFile } from "../../src/stimuli/mod.ts";
import { parseStudy } from "../../src/study/mod.ts";
import { memorySource, openSource } from "../../src/weights/mod.ts";
import { recordingFile, withJson } from "../../tasks/fuzz/recording_file.ts";
import { shardManifest } from "../../tasks/fuzz/shard_file.ts";
import { inFolder } from "../in_folder.ts";
import { join, little } from "./bytes.ts";
import { blackRows, gif, greyTiff, png, tiff } from "./image_bombs.ts";
import { archive } from "./weights_bombs.ts";

/** An error of this class, in one line of at most so many characters, that begins so. */
function inWords(error: unknown, kind: new (...args: never[]) => Error, told: RegExp, most = 1200): true {
  assert.ok(error instanceof kind, String(error));
  assert.match(error.message, told);
  assert.ok(!error.message.includes("\n"), error.message);
  assert.ok(error.message.length <= most, `${error.message.length} characters`);
  return true;
}

Deno.test("a GIF whose codes stand for nothing, and a BMP whose masks lie past its end, are refused in words", async () => {
  // The package that decodes GIF never ended: codes of other sizes, and a first code that stands for nothing.
  const whole = gif(1, 1), size = whole.length - 5;
  await assert.rejects(decodeImage(whole.with(size, 32), "a.gif"), /codes of 32 bits/);
  await assert.rejects(decodeImage(whole.with(size + 2, 0x06), "a.gif"), /code 6 stands for nothing/);
  const info = join(little(40, 4), little(1, 4), little(1, 4), [1, 0, 32, 0, 3, 0, 0, 0]);
  const bmp = join("BM", little(0, 8), little(54, 4), info);
  await assert.rejects(decodeImage(join(bmp, new Uint8Array(20)), "a.bmp"), /BMP with unusual colour masks/);
});

Deno.test("a PNG that its package stumbles over is refused in words, not by what the language says", async () => {
  const rows = blackRows(8, 8), eight = { width: 8, height: 8 };
  const bad: readonly Uint8Array[] = [
    // A palette is used before there is one; it has no colours; colours and depths that do not go together.
    png({ ...eight, colour: 3 }, ["IDAT", rows]),
    png({ ...eight, colour: 3 }, ["PLTE", new Uint8Array()], ["IDAT", rows]),
    png({ ...eight, colour: 3 }, ["tRNS", new Uint8Array(9)], ["PLTE", new Uint8Array(3)], ["IDAT", rows]),
    png({ ...eight, colour: 1 }, ["IDAT", rows]),
    png({ ...eight, bits: 3 }, ["IDAT", rows]),
    png({ ...eight, width: 0 }, ["IDAT", rows]),
    png(eight, ["IDAT", rows.subarray(0, 3)]),
    png(eight),
    join("\x89PNG\r\n\x1a\n", [0, 0, 0, 0]),
    png(eight, ["IDAT", rows]).subarray(0, 40),
  ];
  for (const [index, bytes] of bad.entries()) {
    await assert.rejects(
      decodeImage(bytes, "a.png"),
      (error) => inWords(error, Error, /^Cannot decode a\.png: damaged or truncated PNG \((?!.*undefined)/, 300),
      `picture ${index}`,
    );
  }
});

Deno.test("what a package says of a TIFF is cut, and not told where it merely stumbled", async () => {
  const entries = greyTiff({ width: 8, height: 8, compression: 1, bytes: 64 });
  const beyond = entries.map((entry) => entry[0] === 273 ? [273, 4, 1, 1670] as const : entry);
  await assert.rejects(decodeImage(tiff(beyond), "a.tif"), /damaged or truncated TIFF \(the decoder gave up\)/);
  const many = entries.map((entry) => entry[0] === 262 ? [262, 3, 1025, 8] as const : entry);
  await assert.rejects(
    decodeImage(tiff(many, new Uint8Array(2050)), "a.tif"),
    (error) => inWords(error, Error, /^Cannot decode a\.tif: damaged or truncated TIFF \(Unsupported image type: 0,0/),
  );
});

Deno.test("an ONNX file without layers and results that nest without end are refused in words", () => {
  const graph = new GraphBuilder("none");
  graph.input("image", "float32", ["batch", 3, 8, 8]);
  assert.throws(() => defaultLayers(graph.toBytes()), /^Error: Cannot /);
  assert.throws(() => parseResults("[".repeat(100_000)), /^Error: Cannot read results/);
});

Deno.test("what the beginning of a recording says of itself is not believed", () =>
  inFolder(async (folder) => {
    const path = joinPath(folder, "a.recording"), whole = recordingFile();
    await Deno.writeFile(path, whole);
    await (await openRecording(path)).close();
    // Key and checksum fit what is said, so that nothing else refuses it.
    const changed = async (change: (stated: Stated) => unknown): Promise<void> => {
      await Deno.writeFile(path, withJson(whole, (text) => JSON.stringify(change(JSON.parse(text)))));
      await assert.rejects(
        openRecording(path),
        (error) => inWords(error, UnusableRecordingError, /its beginning is (not that of a recording|damaged)/),
        change.toString(),
      );
    };
    await changed(() => null);
    await changed(({ header: _, ...rest }) => rest);
    await changed((stated) => ({ ...stated, sampledUnits: { length: 1 } }));
    await changed((stated) => ({ ...stated, sampledUnits: [-3] }));
    await changed((stated) => ({ ...stated, sampledUnits: [1e300] }));
    await changed((stated) => ({ ...stated, sampledUnits: [] }));
    await changed((stated) => ({ ...stated, groups: [null] }));
    await changed((stated) => ({ ...stated, groups: [{ condition: 7, block: 0 }] }));
    await changed(({ header, ...rest }) => ({ ...rest, header: { ...header, blocks: 1e9 } }));
    await changed(({ header, ...rest }) => ({ ...rest, header: { ...header, images: "four" } }));
    await changed(({ header, ...rest }) => ({ ...rest, header: { ...header, images: [{ condition: -1 }] } }));
    for (const layer of [{ shape: [-3] }, { shape: null }, { units: 2 ** 40 }, { units: "3" }]) {
      await changed(({ header, ...rest }) => ({
        ...rest,
        header: { ...header, layers: [{ ...header.layers[0] as Record<string, unknown>, ...layer }] },
      }));
    }
  }));

Deno.test("of a name that a pickle must not have, an error shows 200 characters", () =>
  assert.rejects(
    openSource(memorySource(archive(join("\x80\x02c", "m".repeat(20_000), "\nname\n.")), "a.pt")),
    (error) => inWords(error, Error, /^Cannot read "a\.pt": it names "m{200}", which is not on the list/, 400),
  ));

Deno.test("what is wrong with a JSON file is told on one line, however long or broken a name in it is", () => {
  const readers: readonly ((text: string) => unknown)[] = [
    (text) => parseImageRecipe(text, "a.json"),
    (text) => parseConditionsFile(text, "a.json"),
    (text) => parseStudy(text, { file: "a.json", folder: "/", name: "a" }),
    (text) => parseModelsLock(text),
    (text) => parseStimuliLock(text),
  ];
  const key = `one\ntwo ${"x".repeat(5000)}`;
  for (const read of readers) {
    for (const text of ['{"a":\n\n1,,\n}', "{\n", JSON.stringify({ [key]: 1, version: { [key]: 1 } })]) {
      assert.throws(() => read(text), (error) => inWords(error, RequestError, /^Cannot (read|use) /), read.toString());
    }
  }
  const id = "two\nlines";
  assert.throws(() => parseModelsLock(JSON.stringify({ version: 1, models: [{ id, schemaVersion: 1 }] })), {
    name: "RequestError",
    message: /^[^\n]+$/,
  });
  for (const text of ["{", JSON.stringify({ schemaVersion: { [key]: 1 } }), JSON.stringify({ schemaVersion: 2 })]) {
    assert.throws(() => parseResults(text), (error) => inWords(error, Error, /^Cannot read results/));
  }
});

Deno.test("a shard's manifest is read within a limit, and what is wrong with it is told on one line", () =>
  inFolder(async (folder) => {
    const path = joinPath(folder, "shard.json"), whole = shardManifest();
    const read = async (text: string, told: RegExp): Promise<void> => {
      await Deno.writeTextFile(path, text);
      await assert.rejects(readManifest(path), (error) => inWords(error, RequestError, told));
    };
    await Deno.writeTextFile(path, whole);
    const { manifest, notice } = await readManifest(path);
    assert.deepEqual([manifest.networks[0].id, notice], ["a", null]);
    await Deno.writeTextFile(path, formatManifest(manifest));
    assert.deepEqual(await readManifest(path), { manifest, notice: null });
    await Deno.writeTextFile(path, formatManifest(manifest).replace('"family": "a"', '"family": "b"'));
    assert.match(
      (await readManifest(path)).notice!,
      /^".*shard\.json": its checksum does not fit: the file was changed/,
    );
    await read('{"a":\n\n1,,\n}', /^Cannot read ".*shard\.json": /);
    const keys = { [`one\ntwo ${"x".repeat(5000)}`]: 1 };
    await read(JSON.stringify({ ...JSON.parse(whole), ...keys }), /^Cannot use ".*shard\.json": it is not as a shard/);
    await Deno.truncate(path, 2 ** 26 + 1);
    await assert.rejects(readManifest(path), /it has 67108865 bytes; expected at most 67108864$/);
    await Deno.remove(path);
    await assert.rejects(readManifest(path), /^RequestError: Cannot read ".*shard\.json": there is no such file$/);
  }));

/** What a recording's beginning says, as far as it is changed here. */
interface Stated {
  readonly header: { readonly layers: readonly unknown[] } & Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}
