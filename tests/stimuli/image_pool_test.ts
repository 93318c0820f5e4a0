import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { ImagePool } from "../../src/stimuli/image_pool.ts";
import type { ImageOrigin } from "../../src/stimuli/mod.ts";
import type { Interpolation } from "../../src/stimuli/preprocess.ts";
import reference from "../../fixtures/preprocessing/reference.json" with { type: "json" };
import { withFolder } from "./image_folder.ts";

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const SMALL = { resize: 16, crop: 16, interpolation: "bilinear" } as const;

function isGrey(image: string): boolean {
  const rgb = bytesOf(reference.images.find(({ name }) => name === image)!.rgb);
  return rgb.every((value, i) => value === rgb[i - i % 3]);
}

/** Writes the reference's images into a folder; their origins by name. */
async function withOrigins(use: (origins: Record<string, ImageOrigin>) => Promise<void>): Promise<void> {
  const files = Object.fromEntries(reference.images.map(({ name, bytes }) => [name, bytesOf(bytes)]));
  await withFolder(files, (dir) =>
    use(Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => {
        const path = join(dir, name);
        return [name, { path, name: path, sha256: createHash("sha256").update(bytes).digest("hex") }];
      }),
    )));
}

Deno.test("ImagePool gives torchvision's pixels to the bit with 1, 2 and 4 threads, grey in one array", async () => {
  await withOrigins(async (origins) => {
    for (const threads of [1, 2, 4]) {
      const pool = new ImagePool({ threads });
      await Promise.all(reference.resized.map(async ({ image, rgb, resize, crop, interpolation: said }) => {
        const interpolation = said as Interpolation;
        const [planes, small] = await pool.prepare(origins[image], [{ resize, crop, interpolation }, SMALL], image);
        const expected = bytesOf(rgb);
        planes.forEach((plane, channel) =>
          plane.forEach((value, i) => assert.equal(value, expected[3 * i + channel], image))
        );
        assert.equal(planes[0] === planes[1] && planes[1] === planes[2], isGrey(image), image);
        assert.equal(small[0].length, 256);
      }));
      await pool.close();
    }
  });
});

Deno.test("ImagePool names an image that cannot be read, decoded or is another than was hashed, and goes on", async () => {
  await withOrigins(async (origins) => {
    const pool = new ImagePool({ threads: 1 });
    const good = origins["jpeg-420.jpg"] as Extract<ImageOrigin, { path: string }>;
    const half = bytesOf(reference.images[0].bytes).slice(0, 700);
    await writeFile(`${good.path}.half.jpg`, half);
    const damaged = {
      path: `${good.path}.half.jpg`,
      name: "faces/half.jpg",
      sha256: createHash("sha256").update(half).digest("hex"),
    };
    const wrong: [ImageOrigin, RegExp][] = [
      [{ ...good, path: "/nowhere/a.jpg" }, /^Cannot read "\/nowhere\/a\.jpg": .*; expected an image$/],
      [damaged, /^Cannot decode "faces\/half\.jpg": damaged or truncated JPEG \(.+\); expected a whole image$/],
      [{ ...good, sha256: "0".repeat(64) }, /^Cannot use ".*420\.jpg": its content has changed; expected sha256 0{64}/],
      [{ scrambled: damaged, seed: 1 }, /^Cannot decode "faces\/half\.jpg"/],
    ];
    const asked = wrong.map(async ([origin, message]) => {
      await assert.rejects(pool.prepare(origin, [SMALL], "x"), (error: Error) => {
        assert.ok(error instanceof RequestError, String(error));
        assert.match(error.message, message);
        return true;
      });
    });
    const [planes] = await pool.prepare(good, [SMALL], "x");
    assert.equal(planes[0].length, 256);
    await Promise.all(asked);
    await assert.rejects(pool.prepare(good, [{ ...SMALL, crop: 17 }], "x"), /Cannot crop 17 of 16 pixels/);
    await pool.close();
  });
});

Deno.test("ImagePool ends what is queued and under way when it is aborted, with the reason", async () => {
  await withOrigins(async (origins) => {
    const controller = new AbortController();
    const pool = new ImagePool({ threads: 2, signal: controller.signal });
    const reason = new Error("enough");
    const asked = Array.from({ length: 200 }, () => pool.prepare(origins["wide.png"], [SMALL], "x"));
    const settled = Promise.allSettled(asked);
    await asked[0];
    controller.abort(reason);
    const ends = await settled;
    const ended = ends.filter((end) => end.status === "rejected");
    assert.ok(ended.length > 0);
    for (const end of ended) assert.equal(end.reason, reason);
    await assert.rejects(pool.prepare(origins["wide.png"], [SMALL], "x"), reason);
    await pool.close();
  });
});

Deno.test("ImagePool names the images of a thread that dies, and the others have another", async () => {
  const source = `
    import { parentPort } from "node:worker_threads";
    import process from "node:process";
    parentPort.on("message", ({ id, task }) => {
      if (task.recipes.length === 0) process.exit(3);
      parentPort.postMessage({ id, planes: [[]] });
    });`;
  await withFolder({ "worker.mjs": source }, async (dir) => {
    const pool = new ImagePool({ threads: 1, worker: new URL(`file://${dir}/worker.mjs`) });
    const origin = { path: "a", name: "a", sha256: "" };
    await pool.prepare(origin, [SMALL], "first");
    const dying = pool.prepare(origin, [], "faces/2.png");
    await assert.rejects(dying, /^Error: Cannot prepare image "faces\/2\.png": the thread that was at it has died \(/);
    await pool.prepare(origin, [SMALL], "third");
    await pool.close();
  });
});

Deno.test("ImagePool has a bounded number of tasks in a thread, and ends none when it rests at work", async () => {
  const source = `
    import { parentPort } from "node:worker_threads";
    let held = [];
    parentPort.on("message", ({ id }) => {
      held.push(id);
      setTimeout(() => {
        const most = held.length;
        for (const each of held.splice(0)) parentPort.postMessage({ id: each, planes: [most] });
      }, 50);
    });`;
  await withFolder({ "worker.mjs": source }, async (dir) => {
    const pool = new ImagePool({ threads: 1, worker: new URL(`file://${dir}/worker.mjs`) });
    const asked = Array.from({ length: 100 }, () => pool.prepare({ path: "a", name: "a", sha256: "" }, [SMALL], "a"));
    await pool.rest();
    const most = Math.max(...(await Promise.all(asked)).map(([held]) => held as unknown as number));
    assert.ok(most > 1 && most <= 16, String(most));
    await pool.close();
  });
});
