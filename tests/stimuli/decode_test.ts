import assert from "node:assert/strict";
import fc from "fast-check";
import { encode } from "fast-png";
import { decodeImage } from "../../src/stimuli/mod.ts";
import formats from "../../fixtures/decoding/reference.json" with { type: "json" };
import reference from "../../fixtures/preprocessing/reference.json" with { type: "json" };

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

Deno.test("decodeImage() keeps the high byte of 16-bit samples", async () => {
  const data = Uint16Array.from({ length: 6 * 5 }, (_, i) => i * 2000 + 255);
  const png = encode({ width: 6, height: 5, data, depth: 16, channels: 1 });
  const pixels = await decodeImage(png, "deep.png");
  assert.deepEqual(Array.from({ length: 30 }, (_, i) => pixels.data[3 * i]), Array.from(data, (value) => value >> 8));
  assert.deepEqual(pixels.data[0], pixels.data[2]);
});

Deno.test("decodeImage() names the file and says what it found where there is no image", async () => {
  const text = new TextEncoder().encode("not an image");
  await assert.rejects(decodeImage(text, "faces/a.jpg"), {
    message:
      "Cannot decode faces/a.jpg: it starts with bytes 6e 6f 74 20; expected a JPEG, PNG, WebP, BMP, GIF or TIFF image",
  });
  await assert.rejects(decodeImage(new Uint8Array(0), "faces/b.png"), /faces\/b\.png: the file is empty/);
});

Deno.test("decodeImage() gives Pillow's pixels for WebP, BMP, GIF, TIFF and PNG", async () => {
  const read = formats.images.filter(({ rgb }) => rgb !== null);
  assert.ok(["webp", "bmp", "gif", "tif", "png"].every((end) => read.some(({ name }) => name.endsWith(end))));
  for (const { name, bytes: base64, width, height, rgb } of read) {
    const pixels = await decodeImage(bytes(base64), name);
    assert.deepEqual([pixels.width, pixels.height], [width, height], name);
    assert.deepEqual(pixels.data, bytes(rgb!), name);
  }
});

const REASONS: Readonly<Record<string, RegExp>> = {
  "refused-cmyk.jpg": /: it is a CMYK JPEG, which is not read; save it as an RGB image, for instance as PNG$/,
  "refused-animated.webp": /: it is an animated WebP, which is not read/,
  "refused-16-bit.bmp": /: it is a BMP of 16 bits a pixel, which is not read/,
  "refused-packbits.tif": /: it is a TIFF with compression 32773, which is not read/,
  "refused-jpeg.tif": /: it is a (TIFF with compression 7|YCbCr TIFF), which is not read/,
  "refused-cmyk.tif": /: it is a CMYK TIFF, which is not read/,
  "refused-bilevel.tif": /: it is a TIFF of 1 bits a sample, which is not read/,
  "refused-16-bit.tif": /: it is a TIFF of 16 bits a sample, which is not read/,
  "refused-float.tif": /: it is a TIFF of 32 bits a sample, which is not read/,
  "refused-rotated.tif": /: it is a TIFF to be turned by its viewer, which is not read/,
  "refused-planar.tif": /: it is a TIFF of separate planes, which is not read/,
  "refused.avif": /: it is an AVIF image; expected a JPEG, PNG, WebP, BMP, GIF or TIFF image$/,
  "refused.jp2": /: it is a JPEG 2000 image; expected/,
  "refused.ppm": /: it is a Netpbm image; expected/,
  "refused.ico": /: it is an icon image; expected/,
};

Deno.test("decodeImage() refuses what it does not read by its true reason", async () => {
  const refused = formats.images.filter(({ rgb }) => rgb === null);
  assert.deepEqual(refused.map(({ name }) => name).sort(), Object.keys(REASONS).sort());
  for (const { name, bytes: base64 } of refused) await assert.rejects(decodeImage(bytes(base64), name), REASONS[name]);
});

Deno.test("decodeImage() goes by a file's bytes, whatever its name, and says where the two differ", async () => {
  const named = (name: string): Uint8Array => bytes(formats.images.find((image) => image.name === name)!.bytes);
  assert.equal((await decodeImage(named("lossless.webp"), "a.jpg")).width, 21);
  await assert.rejects(
    decodeImage(named("refused.avif"), "a.jpg"),
    /a\.jpg: it is an AVIF image named \.jpg; expected/,
  );
  await assert.rejects(decodeImage(named("refused.jp2"), '"dir.d/a"'), /: it is a JPEG 2000 image; expected/);
});

Deno.test("decodeImage() prints nothing where a GIF's frame is cut short within whole blocks", async () => {
  const gif = bytes(formats.images.find(({ name }) => name === "gif-grey.gif")!.bytes);
  // The first block of codes ends the data: what follows it is the trailer.
  const start = gif.indexOf(0x2c) + 11;
  const block = gif[start];
  const short = Uint8Array.from([...gif.slice(0, start + block + 1), 0, 0x3b]);
  const { log } = console;
  const printed: unknown[] = [];
  console.log = (line: unknown) => void printed.push(line);
  try {
    await assert.rejects(decodeImage(short, "a.gif"), /a\.gif: damaged or truncated GIF \(gif stream shorter/);
  } finally {
    console.log = log;
  }
  assert.deepEqual(printed, []);
});

Deno.test("decodeImage() refuses every truncation of an image, and decodes the whole one after it", async () => {
  // What is cut off may hold later frames and pages only.
  const read = formats.images.filter(({ name, rgb }) => rgb !== null && !/animated|pages/.test(name));
  for (const { name, bytes: base64 } of [...reference.images.filter(({ name }) => !name.startsWith("png-")), ...read]) {
    const whole = bytes(base64);
    for (const share of [0.02, 0.3, 0.6, 0.9]) {
      const part = whole.slice(0, Math.max(16, Math.floor(whole.length * share)));
      await assert.rejects(decodeImage(part, name), (error: Error) => {
        assert.match(
          error.message,
          new RegExp(`^Cannot decode ${name}: damaged or truncated (JPEG|PNG|WebP|BMP|GIF|TIFF) \\(.+\\)`),
        );
        assert.ok(!error.message.includes("\n"));
        return true;
      });
    }
    assert.ok((await decodeImage(whole, name)).width > 0);
  }
});

Deno.test("decodeImage() gives pixels of the stated size or one clear error on mutated bytes", async () => {
  const files = [...reference.images, ...formats.images].map(({ bytes: base64 }) => bytes(base64));
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), edits, async (file, changes) => {
      const mutated = file.slice();
      for (const [at, value] of changes) mutated[at % mutated.length] = value;
      try {
        const { width, height, data } = await decodeImage(mutated, "x");
        assert.equal(data.length, 3 * width * height);
      } catch (error) {
        assert.ok(error instanceof Error && error.message.startsWith("Cannot decode x: "), String(error));
      }
    }),
    { numRuns: 400, seed: 1 },
  );
});

Deno.test("decodeImage() skips bytes between the segments of a JPEG, as Pillow does", async () => {
  for (const { name, bytes: base64, rgb } of reference.images.filter(({ name }) => name.endsWith(".jpg"))) {
    const whole = bytes(base64);
    // After the first segment, and before the second.
    const at = 4 + (whole[4] << 8) + whole[5];
    const padded = Uint8Array.from([...whole.slice(0, at), 0, 0x12, 0xff, 0, 0x34, ...whole.slice(at)]);
    assert.deepEqual((await decodeImage(padded, name)).data, bytes(rgb), name);
  }
});

Deno.test("decodeImage() refuses a JPEG of unusual sampling by its true reason", async () => {
  const jpeg = bytes(reference.images.find(({ name }) => name === "jpeg-420.jpg")!.bytes);
  const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  const factors = frame + 11;
  assert.equal(jpeg[factors], 0x22);
  jpeg[factors + 3] = 0x12;
  await assert.rejects(
    decodeImage(jpeg, "a.jpg"),
    /a\.jpg: it is a JPEG with unusual sampling \(2x2, 1x2, 1x1\), which is not read; save it as an RGB image/,
  );
});
