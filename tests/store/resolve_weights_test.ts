import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HashMismatchError, RequestError } from "../../src/errors.ts";
import type { ModelEntry } from "../../src/lock/mod.ts";
import { cacheRoot, mirrorUrl, resolveWeights, Store } from "../../src/store/mod.ts";
import { LoopbackServer, wellBehaved } from "./loopback_server.ts";

const WEIGHTS = new TextEncoder().encode("weights");
const SHA256 = createHash("sha256").update(WEIGHTS).digest("hex");
const ENTRY: ModelEntry = {
  id: "net",
  family: "net",
  title: "Net",
  supervision: "vision",
  role: "labels alone",
  architecture: "resnet50",
  format: "pytorch",
  source: { url: "https://example.org/net.pth" },
  sha256: SHA256,
  status: "official",
  evidence: [],
  licence: null,
  trainingData: "images",
  language: "none",
  preprocessing: { resize: 256, crop: 224, interpolation: "bilinear", mean: [0, 0, 0], std: [1, 1, 1] },
  doi: null,
  bibtex: null,
};
const UNPINNED: ModelEntry = { ...ENTRY, sha256: undefined, status: "none" };

async function withRoot(use: (place: { root: string; store: Store; file: string }) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "fusiform-weights-"));
  try {
    const file = join(root, "mine.pth");
    await writeFile(file, WEIGHTS);
    await use({ root, store: new Store(join(root, "store")), file });
  } finally {
    await rm(root, { recursive: true });
  }
}

Deno.test("resolveWeights() downloads a pinned file and says how it is pinned", async () => {
  await withRoot(async ({ store }) => {
    await using server = new LoopbackServer(wellBehaved(WEIGHTS));
    const found = await resolveWeights(ENTRY, { store, mirror: server.url });
    assert.deepEqual(found, {
      path: store.pathOf(SHA256),
      bytes: WEIGHTS.length,
      sha256: SHA256,
      status: "official",
      source: "https://example.org/net.pth",
    });
    await assert.rejects(
      resolveWeights({ ...ENTRY, id: "other", sha256: "0".repeat(64) }, { store, offline: true }),
      /not in the store/,
    );
  });
});

Deno.test("resolveWeights() verifies a file of the project, and refuses one with a flipped byte", async () => {
  await withRoot(async ({ root, store }) => {
    const entry: ModelEntry = { ...ENTRY, source: { path: "fixtures/net.safetensors" } };
    await mkdir(join(root, "fixtures"));
    await writeFile(join(root, "fixtures/net.safetensors"), WEIGHTS);
    assert.equal((await resolveWeights(entry, { store, root })).source, "fixtures/net.safetensors");
    const flipped = WEIGHTS.slice();
    flipped[3] ^= 1;
    await writeFile(join(root, "fixtures/net.safetensors"), flipped);
    await assert.rejects(resolveWeights(entry, { store, root }), HashMismatchError);
    await rm(join(root, "fixtures/net.safetensors"));
    await assert.rejects(resolveWeights(entry, { store, root }), /for "net": there is no such file/);
  });
});

Deno.test("resolveWeights() takes the user's file where it is the pinned one, another only if unpinned files are allowed", async () => {
  await withRoot(async ({ root, store, file }) => {
    const override = new Map([["net", file]]);
    assert.deepEqual(await resolveWeights(ENTRY, { store, override }), {
      path: file,
      bytes: WEIGHTS.length,
      sha256: SHA256,
      status: "official",
      source: "local file",
    });
    const other = { ...ENTRY, sha256: "0".repeat(64) };
    await assert.rejects(resolveWeights(other, { store, override }), HashMismatchError);
    assert.equal((await resolveWeights(other, { store, override, allowUnpinned: true })).status, "local");
    await assert.rejects(resolveWeights(UNPINNED, { store, override }), (error: Error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, /no hash is published to check it against; pass --allow-unpinned/);
      return true;
    });
    assert.equal((await resolveWeights(UNPINNED, { store, override, allowUnpinned: true })).status, "local");
    const prefixed: ModelEntry = { ...UNPINNED, sha256Prefix: SHA256.slice(0, 8), status: "prefix" };
    assert.equal((await resolveWeights(prefixed, { store, override })).status, "prefix");
    assert.equal(
      (await resolveWeights({ ...prefixed, sha256Prefix: "00000000" }, { store, override, allowUnpinned: true }))
        .status,
      "local",
    );
    const missing = new Map([["net", join(root, "absent.pth")]]);
    await assert.rejects(
      resolveWeights(ENTRY, { store, override: missing }),
      /absent\.pth" for "net": there is no such file/,
    );
  });
});

Deno.test("resolveWeights() refuses weights that are generated, for which there is no file", async () => {
  await withRoot(async ({ store }) => {
    const entry: ModelEntry = { ...ENTRY, seed: 1, format: "generated", source: { generator: "resnet50" } };
    await assert.rejects(resolveWeights(entry, { store }), /they are generated from its seed/);
  });
});

Deno.test("cacheRoot() follows FUSIFORM_CACHE, then XDG_CACHE_HOME, then the platform", () => {
  const at = (env: Record<string, string>, platform = "linux") => cacheRoot({ env, platform, home: "/home/me" });
  assert.equal(at({ FUSIFORM_CACHE: "/data/fusiform", XDG_CACHE_HOME: "/xdg" }), "/data/fusiform");
  assert.equal(at({ XDG_CACHE_HOME: "/xdg" }), join("/xdg", "fusiform"));
  assert.equal(at({ FUSIFORM_CACHE: "" }), join("/home/me", ".cache", "fusiform"));
  assert.equal(at({}, "darwin"), join("/home/me", "Library", "Caches", "fusiform"));
  assert.equal(at({ LOCALAPPDATA: "/local" }, "win32"), join("/local", "fusiform", "cache"));
});

Deno.test("mirrorUrl() puts the owner's host and path under the mirror", () => {
  assert.equal(
    mirrorUrl("https://a.org/x/y.pt?dl=1", "http://localhost:8/m/"),
    "http://localhost:8/m/a.org/x/y.pt?dl=1",
  );
  assert.equal(mirrorUrl("https://a.org/x", undefined), "https://a.org/x");
  assert.throws(
    () => mirrorUrl("https://a.org/x", "mirror.org"),
    /Cannot use the mirror "mirror\.org": expected an http/,
  );
});
