/** Runs `reproduce()` with the options of its first argument (JSON) so that the tables of units cannot be written, and prints why. */
import { join } from "node:path";
import { reproduce, type ReproduceOptions } from "../../src/reproduce/mod.ts";

const options: ReproduceOptions & { out: string } = JSON.parse(Deno.args[0]);
try {
  await reproduce({
    ...options,
    onProgress({ label, done }) {
      if (!label.endsWith(", tables") || done > 0) return;
      const [study] = Deno.readDirSync(options.out);
      const [staging] = Deno.readDirSync(join(options.out, study.name));
      // A file stands where the folder of tables should go.
      Deno.writeTextFileSync(join(options.out, study.name, staging.name, "units"), "");
    },
  });
} catch (error) {
  console.log(String(error));
}
