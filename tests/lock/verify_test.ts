import assert from "node:assert/strict";
import { HashMismatchError } from "../../src/errors.ts";
import { hashBytes, verifyDigest } from "../../src/lock/mod.ts";

const BYTES = new TextEncoder().encode("abc");
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Deno.test("hashBytes() gives FIPS 180's SHA-256 of abc", async () => {
  assert.equal(await hashBytes(BYTES), ABC);
});

Deno.test("verifyDigest() accepts what agrees in everything that is pinned", () => {
  for (const pin of [{ sha256: ABC, bytes: 3 }, { sha256Prefix: "ba7816" }, {}]) {
    verifyDigest("x", { pin, found: { bytes: 3, sha256: ABC } });
  }
});

Deno.test("verifyDigest() names what was expected and what was received", () => {
  const found = { bytes: 3, sha256: ABC };
  const other = "f".repeat(64);
  assert.throws(() => verifyDigest("net", { pin: { sha256: other }, found }), (error: Error) => {
    assert.ok(error instanceof HashMismatchError);
    assert.deepEqual([error.id, error.property, error.expected, error.received], ["net", "sha256", other, ABC]);
    assert.equal(error.message, `Cannot verify "net": expected sha256 ffffffffffffffff…, got ba7816bf8f01cfea…`);
    return true;
  });
  assert.throws(
    () => verifyDigest("net", { pin: { sha256Prefix: "123456" }, found }),
    /Cannot verify "net": expected sha256 123456…, got ba7816bf8f01cfea…/,
  );
  assert.throws(
    () => verifyDigest("net", { pin: { sha256: ABC, bytes: 4 }, found }),
    { name: "HashMismatchError", property: "bytes", message: `Cannot verify "net": expected 4 bytes, got 3` },
  );
});
