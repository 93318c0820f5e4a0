import assert from "node:assert/strict";
import { parseModelsLock, redactCredentials } from "../../src/lock/mod.ts";

Deno.test("redactCredentials() masks the user and password of every address and nothing else", () => {
  assert.equal(
    redactCredentials("from https://joe:s3cret@mirror.org:80/a@b?x=1 by http://token@proxy: refused"),
    "from https://***@mirror.org:80/a@b?x=1 by http://***@proxy: refused",
  );
  const plain = [
    "https://cdn.example.org/npm/net@1.2/file?download=true",
    'Cannot read "joe@example.org"',
    "npm:vega@6.4.0",
    "",
  ];
  for (const text of plain) assert.equal(redactCredentials(text), text);
});

Deno.test("redactCredentials() masks query parameters that are named as secrets", () => {
  assert.equal(
    redactCredentials("https://a.org/f?X-Amz-Signature=0ff1ce&part=2&access_token=abc&api_key=k#top"),
    "https://a.org/f?X-Amz-Signature=***&part=2&access_token=***&api_key=***#top",
  );
});

Deno.test("redactCredentials() masks what it is told of, where the address breaks the form of one", () => {
  const text = "run --mirror http://joe:s3/cr?et@host/x over joe:pw@proxy:3128";
  assert.equal(
    redactCredentials(text, ["http://joe:s3/cr?et@host/x", "joe:pw@proxy:3128", undefined, ""]),
    "run --mirror http://***@host/x over ***@proxy:3128",
  );
  assert.equal(redactCredentials("http://host/a@b", ["http://host/a@b"]), "http://host/a@b");
});

Deno.test("a lock refuses an address with a password, and does not repeat it", async () => {
  const lock = JSON.parse(await Deno.readTextFile(new URL("../../models.lock.json", import.meta.url)));
  const entry = lock.models.find((model: { id: string }) => model.id === "clip-rn50-openai");
  entry.source.url = entry.source.url.replace("https://", "https://joe:s3cret@");
  assert.throws(
    () => parseModelsLock(JSON.stringify(lock)),
    (error: Error) =>
      /expected a URL without user and password, got "https:\/\/\*\*\*@/.test(error.message) &&
      !error.message.includes("s3cret"),
  );
});
