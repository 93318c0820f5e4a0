import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readPageAssets, renderReport } from "../src/report/mod.ts";
import { readResults } from "../src/results/mod.ts";
import { bench, runBenches } from "./_timing.ts";

// The page of a run that is published with the project; its pictures are part of the results.
const folder = new URL("../reports/mini/", import.meta.url).pathname;
const [run] = (await readdir(folder)).sort();
const path = join(folder, run, "results.json");
const results = await readResults(path);

bench({
  group: "page",
  name: `the page of ${results.networks.length} networks`,
  n: 5,
  fn: async () => {
    await renderReport(results, await readPageAssets());
  },
});
bench({ group: "page", name: "its results read from the file", n: 5, fn: async () => void await readResults(path) });
await runBenches("page");
