import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reproduce } from "../../src/reproduce/mod.ts";
import { addressesOf, withoutSecrets } from "../../src/reproduce/without_secrets.ts";
import { syntheticResults } from "../results/synthetic_results.ts";
import { LoopbackServer } from "../store/loopback_server.ts";
import { makeSuite } from "./_made_suite.ts";

Deno.test("withoutSecrets() masks passwords in every text and the home directory in commands and reasons", () => {
  const made = syntheticResults({ seeds: 1, layers: ["pool"] });
  made.provenance.command = "reproduce --mirror http://joe:s3cret@m.org --weights a=/home/joe/a.pth --out /home/joela";
  made.networks[0].reason = 'Cannot use "/home/joe": no; by joe:proxyword@proxy:3128';
  made.networks[0].weights.source = "https://joe:s3cret@a.org/net.pth";
  made.stimuli.source = "http://joe:s3cret@b.org";
  const secrets = { addresses: addressesOf({ HTTPS_PROXY: "joe:proxyword@proxy:3128" }), home: "/home/joe/" };
  const { provenance, networks, stimuli, thumbnails } = withoutSecrets(made, secrets);
  assert.equal(
    provenance.command,
    "reproduce --mirror http://***@m.org --weights a=~/a.pth --out /home/joela",
  );
  assert.equal(networks[0].reason, 'Cannot use "~": no; by ***@proxy:3128');
  assert.equal(networks[0].weights.source, "https://***@a.org/net.pth");
  assert.equal(stimuli.source, "http://***@b.org");
  assert.deepEqual(thumbnails, made.thumbnails);
  const untouched = syntheticResults({ seeds: 1, layers: ["pool"] });
  assert.deepEqual(withoutSecrets(untouched, { addresses: [], home: "/" }), untouched);
});

Deno.test("a mirror's password is in nothing that a run leaves, and in no error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-secret-"));
  await using server = new LoopbackServer((_asked, answer) => answer.head(404));
  try {
    const { models, stimuli } = await makeSuite(4);
    await writeFile(join(folder, "models.lock.json"), models);
    await writeFile(join(folder, "stimuli.lock.json"), stimuli);
    const mirror = server.url.replace("http://", "http://joe:s3cret@");
    const request = { root: folder, cache: join(folder, "cache"), out: join(folder, "out"), device: "cpu" } as const;
    const { results, directory } = await reproduce({
      ...request,
      study: "paper",
      networks: ["clip-rn50-openai"],
      stimuli: "floc",
      mirror,
      fast: true,
      keep: false,
      command: `reproduce --mirror ${mirror}`,
    });
    assert.match(results.networks[0].reason!, /http:\/\/\*\*\*@/);
    for (const file of await readdir(directory)) {
      assert.doesNotMatch(await readFile(join(directory, file), "utf8"), /s3cret/, file);
    }
    await assert.rejects(reproduce({ ...request, mirror: "ftp://joe:s3cret@m.org" }), {
      name: "RequestError",
      message: 'Cannot use the mirror "ftp://***@m.org": expected an http or https address',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
