/** Prepares an image without a store, or publishes a run, and is killed in the middle of it; see `leftovers_test.ts`. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { openOutputDirectory } from "../../src/reproduce/output_directory.ts";
import { publishDirectory } from "../../src/reproduce/publish_directory.ts";
import { PreparedImages } from "../../src/stimuli/mod.ts";

const [what, parent] = Deno.args;

if (what === "images" || what === "images-whole") {
  const pixels = () => Promise.resolve({ width: 2, height: 2, data: new Uint8Array(12) });
  const stimulus = { id: "a", condition: "faces", category: "adult", pixels };
  const images = new PreparedImages({ name: "none", hash: "0".repeat(64), stimuli: [stimulus] }, { threads: 1 });
  await images.planes(0, { resize: 2, crop: 2, interpolation: "bilinear" });
  if (what === "images") process.kill(process.pid, "SIGKILL");
  await images.close();
} else if (what === "run") {
  await (await openOutputDirectory(parent, "mini")).discard();
} else {
  let looks = 0;
  for (const staging of [".unfinished-one", ".unfinished-two"]) {
    await mkdir(join(parent, staging));
    await writeFile(join(parent, staging, "results.json"), "{}");
    // The second run looks at the first one where it stands, then where it was moved aside to.
    const same = (): boolean => {
      if (++looks === 2) process.kill(process.pid, "SIGKILL");
      return true;
    };
    await publishDirectory(join(parent, staging), { parent, name: "0.1.0-abc", same });
  }
}
