/** Fetches a file and kills its own process at a moment that its arguments name; see `kills_test.ts`. */
import process from "node:process";
import { fetchToStore, Store } from "../../src/store/mod.ts";

const [root, url, sha256, bytes, moment, at] = Deno.args;
const die = (): unknown => process.kill(process.pid, "SIGKILL");
const pin = sha256 === "" ? {} : { sha256, bytes: Number(bytes) };
// After a time, after some bytes, or, at the latest, some time after it has the file.
if (moment === "ms") setTimeout(die, Number(at));
await fetchToStore(new Store(root), { id: "file", url, pin }, {
  allowUnpinned: true,
  idleMs: 100,
  delayMs: 1,
  onProgress({ receivedBytes }) {
    if (moment === "bytes" && receivedBytes >= Number(at)) die();
  },
});
die();
