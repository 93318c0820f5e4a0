import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { RequestError } from "../../src/errors.ts";
import type { FileSetEntry } from "../../src/lock/mod.ts";
import { folderSet, setHash } from "../../src/stimuli/mod.ts";
import { image, images, SHADES, withFolder } from "./image_folder.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function refuses(dir: string, message: RegExp, limit?: number): Promise<void> {
  await assert.rejects(folderSet(dir, { limit }), (error: Error) => {
    assert.ok(error instanceof RequestError, String(error));
    assert.match(error.message, message);
    assert.ok(!error.message.includes("\n"));
    return true;
  });
}

Deno.test("folderSet() pools fLoc's folders into domains, and lists conditions in the order of reports", async () => {
  await withFolder(
    images(["word", "zebra", "child", "adult", "scrambled", "limb", "house", "car", "apple"]),
    async (dir) => {
      const set = await folderSet(dir);
      assert.deepEqual(set.conditions, [
        "faces",
        "bodies",
        "places",
        "words",
        "objects",
        "scrambled",
        "apple",
        "zebra",
      ]);
      const face = set.stimuli.find(({ id }) => id === "child/2.png");
      assert.deepEqual([face?.condition, face?.category], ["faces", "child"]);
      assert.deepEqual((await face!.pixels()).data, new Uint8Array(12).fill(2 * SHADES + 2));
      assert.equal(set.stimuli.length, 36);
      assert.equal(set.redistributable, false);
      assert.equal(set.pins, undefined);
    },
  );
});

Deno.test("folderSet() hashes identities and bytes, skips what is no image, and takes the first of each folder", async () => {
  const pngs = images(["faces", "places"], 6);
  const files = { ...pngs, "faces/notes.txt": "x", "faces/.hidden.png": "x", "readme.md": "x" };
  await withFolder(files, async (dir) => {
    const set = await folderSet(dir, { limit: 4 });
    const ids = ["faces", "places"].flatMap((folder) => [0, 1, 2, 3].map((i) => `${folder}/${i}.png`));
    assert.deepEqual(set.stimuli.map(({ id }) => id), ids);
    const expected = setHash(ids.map((id) => ({ id, sha256: sha256(pngs[id]) })));
    assert.equal(set.hash, expected);
    assert.notEqual((await folderSet(dir)).hash, expected);
  });
});

Deno.test("folderSet() says how a copy of a published set compares with its pinned hashes", async () => {
  const files = images(["adult", "house"]);
  const entry: FileSetEntry = {
    id: "floc",
    kind: "files",
    title: "fLoc",
    images: 9,
    sha256: "0".repeat(64),
    source: "VPNL/fLoc at commit 1111111",
    licence: null,
    citation: "Stigliani et al. 2015",
    doi: null,
    bibtex: null,
    redistributable: false,
    url: "https://example.org/",
    commit: "1".repeat(40),
    root: "stimuli",
    bytes: 1,
    files: [...Object.entries(files).map(([id, bytes]) => `${id} ${sha256(bytes)}`), `adult/9.png ${"0".repeat(64)}`],
  };
  await withFolder(files, async (dir) => {
    const set = await folderSet(dir, { known: [entry] });
    assert.deepEqual(set.pins, { set: "floc", agree: 8, differ: [], unknown: [] });
    assert.deepEqual([set.name, set.title], ["floc", "fLoc, 8 of 9 images"]);
    assert.equal(set.citation, "Stigliani et al. 2015");
    await writeFile(join(dir, "adult/1.png"), image(99));
    await writeFile(join(dir, "adult/extra.png"), image(98));
    const changed = await folderSet(dir, { known: [entry] });
    assert.deepEqual(changed.pins, { set: "floc", agree: 7, differ: ["adult/1.png"], unknown: ["adult/extra.png"] });
    assert.notEqual(changed.name, "floc");
    assert.match(changed.source, /7 of 9 files agree .* 1 differ \(adult\/1\.png\), 1 are not part of it/);
  });
  await withFolder(images(["faces", "cats"]), async (dir) => {
    assert.equal((await folderSet(dir, { known: [entry] })).pins, undefined);
  });
});

Deno.test("folderSet() refuses in one sentence what cannot be analysed", async () => {
  await withFolder(
    { ...images(["faces", "places"]), "one/faces/1.png": image(101), "flat/1.png": image(102) },
    async (dir) => {
      await refuses(
        join(dir, "absent"),
        /^Cannot read stimuli from ".*absent": there is no such folder; expected a folder/,
      );
      await refuses(join(dir, "faces/1.png"), /it is a file; expected a folder/);
      await refuses(
        join(dir, "flat"),
        /: an image stands \(1\.png\) in the folder itself; expected each image in the folder/,
      );
      await mkdir(join(dir, "none/faces"), { recursive: true });
      await refuses(join(dir, "none"), /no folder in it holds images; expected one folder per condition$/);
      await rm(join(dir, "none"), { recursive: true });
      await refuses(join(dir, "one"), /"faces" is the only condition; expected at least two/);
      await rm(join(dir, "flat"), { recursive: true });
      await refuses(dir, /condition "one" has 1 image; expected at least 4, two in each half/);
      await refuses(dir, /condition "faces" has 3 images/, 3);
      await refuses(dir, /Cannot limit a category to 0 images/, 0);
    },
  );
  await withFolder(
    images(["adult", "child"]),
    (dir) => refuses(dir, /"faces" is the only condition; expected at least two/),
  );
});

Deno.test("folderSet() refuses what is no image at once, and a damaged image when it is decoded", async () => {
  const files = images(["faces", "places"]);
  await withFolder(
    { ...files, "faces/4.jpg": "no image" },
    (dir) => refuses(dir, /4\.jpg": it starts with bytes 6e 6f/),
  );
  await withFolder({ ...files, "faces/4.png": image(103).slice(0, 50) }, async (dir) => {
    const set = await folderSet(dir);
    const damaged = set.stimuli.find(({ id }) => id === "faces/4.png");
    await assert.rejects(damaged!.pixels(), (error: Error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, /^Cannot decode ".*4\.png": damaged or truncated PNG/);
      return true;
    });
  });
});

Deno.test("folderSet() counts files of the same bytes once, and says which are copies of which", async () => {
  const files = images(["adult", "child", "house"], 5);
  const copies = {
    "adult/copy.png": files["adult/0.png"],
    // Another category of the same condition.
    "child/0.png": files["adult/1.png"],
    "house/a.png": files["house/4.png"],
    "house/b.png": files["house/4.png"],
  };
  await withFolder({ ...files, ...copies }, async (dir) => {
    const set = await folderSet(dir);
    assert.equal(set.stimuli.length, 14);
    assert.deepEqual(set.duplicates, [
      { image: "adult/0.png", copies: ["adult/copy.png"] },
      { image: "adult/1.png", copies: ["child/0.png"] },
      { image: "house/4.png", copies: ["house/a.png", "house/b.png"] },
    ]);
    const counted = set.stimuli.map(({ id }) => id);
    assert.ok(!["adult/copy.png", "child/0.png", "house/a.png", "house/b.png"].some((id) => counted.includes(id)));
    // The set is that of the images, whatever copies lie beside them.
    for (const name of ["adult/copy.png", "child/0.png", "house/a.png", "house/b.png"]) await rm(join(dir, name));
    const plain = await folderSet(dir);
    assert.equal(plain.hash, set.hash);
    assert.equal(plain.duplicates, undefined);
  });
});

Deno.test("folderSet() takes as many different images as the limit allows", async () => {
  const files = images(["faces", "places"], 6);
  await withFolder({ ...files, "faces/0-copy.png": files["faces/0.png"] }, async (dir) => {
    const set = await folderSet(dir, { limit: 4 });
    const faces = set.stimuli.filter(({ condition }) => condition === "faces").map(({ id }) => id);
    assert.deepEqual(faces, ["faces/0-copy.png", "faces/1.png", "faces/2.png", "faces/3.png"]);
    assert.deepEqual(set.duplicates, [{ image: "faces/0-copy.png", copies: ["faces/0.png"] }]);
  });
});

Deno.test("folderSet() refuses an image in two conditions, and too few images apart from copies", async () => {
  const files = images(["faces", "places", "words"]);
  await withFolder({ ...files, "places/9.png": files["faces/2.png"] }, (dir) => {
    return refuses(
      dir,
      /: "faces\/2\.png" and "places\/9\.png" are the same file in two conditions; expected each image in one$/,
    );
  });
  const all = Object.fromEntries([0, 1, 2, 3].map((i) => [`places/${i}.png`, files[`faces/${i}.png`]]));
  await withFolder({ ...files, ...all }, (dir) => {
    return refuses(dir, /"faces\/2\.png" and "places\/2\.png", … are pairs of the same file in two conditions/);
  });
  const same = Object.fromEntries([1, 2, 3].map((i) => [`places/${i}.png`, files["places/0.png"]]));
  await withFolder({ ...files, ...same }, (dir) => {
    return refuses(
      dir,
      /"places" has 1 image apart from copies \(places\/1\.png, places\/2\.png, places\/3\.png\); expected at least 4/,
    );
  });
});
