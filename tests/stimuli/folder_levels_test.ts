import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { folderSet, type FolderSetOptions, planFolderSet } from "../../src/stimuli/mod.ts";
import formats from "../../fixtures/decoding/reference.json" with { type: "json" };
import preprocessing from "../../fixtures/preprocessing/reference.json" with { type: "json" };
import { image, images, withFolder } from "./image_folder.ts";

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const format = (name: string): Uint8Array => bytes(formats.images.find((each) => each.name === name)!.bytes);

async function refusal(dir: string, options?: FolderSetOptions): Promise<string> {
  const error = await folderSet(dir, options).then(() => assert.fail("not refused"), (error) => error);
  assert.ok(error instanceof RequestError, String(error));
  assert.ok(!error.message.includes("\n"));
  return error.message;
}

Deno.test("folderSet() takes a folder per condition and, inside it, a folder per category", async () => {
  await withFolder(images(["faces/adult", "faces/child", "places/house", "places/child", "cars"]), async (dir) => {
    // The limit is for each category of a condition, and three cars are too few.
    assert.match(
      await refusal(dir, { limit: 3 }),
      /: condition "cars" has 3 images; expected at least 4, two in each half$/,
    );
    const { stimuli, conditions, roles } = await folderSet(dir, { targets: ["cars"], controls: ["faces"] });
    assert.deepEqual(conditions, ["faces", "cars"]);
    assert.deepEqual(roles?.leftOut, ["places"]);
    assert.deepEqual(
      [...new Set(stimuli.map(({ condition, category }) => `${condition}: ${category}`))],
      ["cars: cars", "faces: adult", "faces: child"],
    );
    assert.equal(stimuli.at(-1)!.id, "faces/child/3.png");
    const limited = await folderSet(dir, { limit: 2, targets: ["faces"], controls: ["places"] });
    assert.equal(limited.stimuli.length, 8);
  });
});

Deno.test("folderSet() leaves out what is neither a target nor a control, whatever it holds", async () => {
  const files = images(["a", "b"]);
  await withFolder({ ...files, "c/0.png": files["a/0.png"], "c/broken.jpg": "x" }, async (dir) => {
    const set = await folderSet(dir, { targets: ["a"], controls: ["b"] });
    assert.equal(set.stimuli.length, 8);
    assert.match(set.notices!.at(-1)!, /Left out, as neither: c\./);
  });
});

Deno.test("folderSet() names images at a wrong level and links that lead nowhere, all at once", async () => {
  const files = {
    ...images(["a", "b/x", "b/y"]),
    "b/loose.png": image(90),
    "top.jpg": image(91),
    "overview.png": image(92),
    "c/x/y/deep.png": image(93),
  };
  await withFolder(files, async (dir) => {
    await symlink(join(dir, "nowhere"), join(dir, "a/gone.png"));
    const message = await refusal(dir, { targets: ["cats"] });
    assert.match(message, /2 images stand \(overview\.png, top\.jpg\) in the folder itself; expected each image in/);
    assert.match(
      message,
      /; also, an image stands \(loose\.png\) in "b" itself, which also has folders of images \(x, y\)/,
    );
    assert.match(
      message,
      /; also, images stand too deep, in c\/x\/y; expected condition\/image or condition\/category/,
    );
    assert.match(message, /; also, "a\/gone\.png" is a link that leads nowhere/);
    assert.match(message, /; also, "cats" among the targets is no condition; there are "a", "b"$/);
  });
});

Deno.test("folderSet() names files that are not used, folders without images, and conditions of few images", async () => {
  const files = {
    ...images(["a/x", "b"], 5),
    "a/Thumbs.db": "x",
    "a/x/.DS_Store": "x",
    "b/notes.txt": "x",
    "b/.hidden.png": image(90),
    "read me.md": "x",
    ".cache/z.png": image(91),
    "docs/manual.pdf": "x",
  };
  await withFolder(files, async (dir) => {
    await mkdir(join(dir, "a/empty"));
    const { notices } = await planFolderSet(dir);
    assert.equal(notices.length, 4);
    assert.equal(
      notices[0],
      "Not used, as no images or hidden: .cache/, read me.md, a/x/.DS_Store, a/Thumbs.db, b/.hidden.png, b/notes.txt, and 1 more.",
    );
    assert.equal(notices[1], "Folders without images: a/empty, docs.");
    assert.match(
      notices[2],
      /^Few images: a has 5, b has 5; with fewer than 6 in a condition, one in each of 6 blocks/,
    );
    assert.match(notices[3], /^Targets: a, b \(every condition not named scrambled or control\)\./);
  });
  await withFolder(images(["a", "b"], 6), async (dir) => {
    assert.equal((await planFolderSet(dir)).notices.length, 1);
    assert.match(
      await refusal(dir, { limit: 3 }),
      /: condition "a" has 3 images, "b" has 3 images; expected at least 4, two in each half$/,
    );
  });
});

Deno.test("folderSet() follows links to files and folders, and does not go round", async () => {
  await withFolder({ ...images(["a", "b"]), "other/kept/c/0.png": image(80) }, async (dir) => {
    const set = join(dir, "set");
    await mkdir(join(set, "a"), { recursive: true });
    for (const i of [0, 1, 2, 3]) await symlink(join(dir, `a/${i}.png`), join(set, `a/${i}.png`));
    await symlink(join(dir, "b"), join(set, "b"));
    await symlink(set, join(set, "loop"));
    await symlink(join(set, "a"), join(set, "a/again"));
    const found = await folderSet(set);
    assert.deepEqual(found.conditions, ["a", "b"]);
    assert.equal(found.stimuli.length, 8);
    assert.equal(
      found.notices![0],
      "Not used, as no images or hidden: loop (a link to a folder that holds it), a/again (a link to a folder that holds it).",
    );
  });
});

Deno.test("folderSet() takes names as they are: spaces, accents, backslashes, names that Windows reserves", async () => {
  const names = ["con", "a b", "größe", "日本", "back\\slash", "x,y+z=1", "Zoo", "zoo"];
  await withFolder(images(names.map((name) => `${name}/sub dir`)), async (dir) => {
    const { conditions, stimuli } = await folderSet(dir);
    assert.deepEqual(conditions, [...names].sort());
    assert.ok(stimuli.some(({ id, category }) => id === "日本/sub dir/0.png" && category === "sub dir"));
    assert.ok(stimuli.every(({ id }) => id.split("/").length === 3));
    const one = await folderSet(dir, { targets: ["x,y+z=1"], controls: ["a b", "back\\slash"] });
    assert.deepEqual(one.conditions, ["a b", "back\\slash", "x,y+z=1"]);
  });
});

Deno.test("folderSet() gives ids and order by composed names, and refuses two names that are one elsewhere", async () => {
  const files = images(["ha\u0308user", "hb"]);
  await withFolder(files, async (dir) => {
    const { conditions, stimuli } = await folderSet(dir);
    assert.deepEqual(conditions, ["hb", "h\u00e4user"]);
    assert.equal(stimuli.find(({ condition }) => condition === "h\u00e4user")!.id, "h\u00e4user/0.png");
  });
  await withFolder({
    ...files,
    "h\u00e4user/x.png": image(70),
    "hb/\u00e4.png": image(71),
    "hb/a\u0308.png": image(72),
  }, async (dir) => {
    const message = await refusal(dir);
    assert.match(message, /two folders are called "h\u00e4user", with accents encoded in two ways/);
    assert.match(message, /two files are called "hb\/\u00e4\.png", with accents encoded in two ways/);
  });
});

Deno.test("folderSet() reads conditions.json beside the folders, and the options beat it", async () => {
  const file = {
    conditions: { faces: ["adult", "child"] },
    targets: ["faces"],
    controls: ["objects"],
    title: "Our faces",
    licence: "CC0",
    citation: "Us 2020",
  };
  await withFolder(
    { ...images(["adult", "child", "objects", "trees"]), "conditions.json": JSON.stringify(file) },
    async (dir) => {
      const set = await folderSet(dir);
      assert.deepEqual([set.conditions, set.roles?.leftOut], [["faces", "objects"], ["trees"]]);
      assert.deepEqual(set.roles?.from, { targets: "conditions.json", controls: "conditions.json" });
      assert.deepEqual([set.title, set.licence, set.citation], ["Our faces", "CC0", "Us 2020"]);
      assert.ok(set.stimuli.some(({ condition, category }) => condition === "faces" && category === "child"));
      assert.ok(!set.notices!.some((notice) => notice.includes("conditions.json,")));
      const other = await folderSet(dir, { pools: { plants: ["trees"] }, targets: ["plants"], controls: ["adult"] });
      assert.deepEqual(other.conditions, ["adult", "plants"]);
      await writeFile(join(dir, "conditions.json"), '{ "targets": "faces", "control": [] }');
      assert.match(
        await refusal(dir),
        /^Cannot read ".*conditions\.json": targets: .*; the file: Unrecognized key: "control"/,
      );
      await writeFile(join(dir, "conditions.json"), '{ "targets": ["feces"] }');
      assert.match(
        await refusal(dir),
        /"feces" among the targets of conditions\.json is no condition; there are "faces"/,
      );
    },
  );
});

Deno.test("folderSet() names every image that cannot be read by what it is, whatever its name", async () => {
  const files = {
    ...images(["a", "b"]),
    "a/cmyk.jpg": format("refused-cmyk.jpg"),
    "a/photo.jpg": format("refused.avif"),
    "b/text.png": "hello",
    "b/empty.gif": "",
    "b/webp.jpg": format("lossless.webp"),
    "b/bitmap.bmp": format("bmp-24.bmp"),
    "b/page.TIFF": format("tiff-lzw.tif"),
  };
  await withFolder(files, async (dir) => {
    const message = await refusal(dir);
    assert.match(message, /^Cannot decode 4 images: "/);
    assert.match(message, /a\/cmyk\.jpg": it is a CMYK JPEG, which is not read/);
    assert.match(message, /a\/photo\.jpg": it is an AVIF image named \.jpg; expected/);
    assert.match(message, /b\/text\.png": it starts with bytes 68 65 6c 6c/);
    assert.match(message, /b\/empty\.gif": the file is empty/);
    assert.doesNotMatch(message, /webp|bitmap|page/);
  });
});

Deno.test("folderSet() says which images a viewer would turn", async () => {
  const turned = bytes(preprocessing.images.find(({ name }) => name === "jpeg-rotated-by-exif.jpg")!.bytes);
  await withFolder({ ...images(["a", "b"]), "a/turned.jpg": turned }, async (dir) => {
    const set = await folderSet(dir);
    assert.equal(
      set.notices!.at(-1),
      "1 image is shown as stored, not turned by EXIF as viewers do: a/turned.jpg; save turned copies where that matters.",
    );
    const { width, height } = await set.stimuli.find(({ id }) => id === "a/turned.jpg")!.pixels();
    assert.deepEqual([width, height], [24, 16]);
  });
});

Deno.test("planFolderSet() opens no image", async () => {
  // Images that are none: only their names are looked at.
  const files = Object.fromEntries(Object.keys(images(["a", "b"], 6)).map((name) => [name, "no image"]));
  await withFolder(files, async (dir) => {
    const planned = await planFolderSet(dir, { targets: ["a"] });
    assert.deepEqual(planned.arrangement.roles.controls, ["b"]);
    await assert.rejects(planned.open(), /^RequestError: Cannot decode 12 images: .*; and 6 more$/);
    await assert.rejects(planFolderSet(dir, { targets: ["c"] }), /"c" among the targets is no condition/);
  });
});
