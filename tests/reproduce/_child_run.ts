/** Runs `reproduce()` with the options of its first argument (JSON), in a process that a test can kill. */
import { reproduce } from "../../src/reproduce/mod.ts";

await reproduce({
  ...JSON.parse(Deno.args[0]),
  onProgress({ phase, done, total }) {
    if (phase === "record") console.log(`recorded ${done} of ${total}`);
  },
});
