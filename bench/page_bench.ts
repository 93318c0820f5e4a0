import { fileURLToPath } from "node:url";
import { readPageAssets, renderReport } from "../src/report/mod.ts";
import { readResults } from "../src/results/mod.ts";
import { PreparedImages, THUMBNAIL } from "../src/stimuli/mod.ts";
import { photographs, withPictures } from "./_photographs.ts";
import { PUBLISHED_RUN } from "./_published_run.ts";
import { bench, runBenches } from "./_timing.ts";

// The pictures of the page are part of the results.
const PUBLISHED = fileURLToPath(new URL("results.json", PUBLISHED_RUN));
const results = await readResults(PUBLISHED);

bench({
  group: "page",
  name: `the page of ${results.networks.length} networks`,
  n: 5,
  fn: async () => {
    await renderReport(results, await readPageAssets());
  },
});
/** As many photographs as a large set has. */
const COUNT = 1584;
const set = await photographs(COUNT);
bench({
  group: "photographs",
  name: `pictures and page of a run of ${COUNT} photographs`,
  n: 3,
  fn: async (clock) => {
    const prepared = new PreparedImages(set, { recipes: [THUMBNAIL] });
    try {
      // A run has decoded and resized them by the time that it writes its page.
      await Promise.all(set.stimuli.map((_, index) => prepared.planes(index, THUMBNAIL)));
      clock.start();
      const pictures = await Promise.all(set.stimuli.map((_, index) => prepared.thumbnail(index)));
      await renderReport(withPictures(results, pictures), await readPageAssets());
      clock.end();
    } finally {
      await prepared.close();
    }
  },
});
bench({
  group: "page",
  name: "its results read from the file",
  n: 5,
  fn: async () => void await readResults(PUBLISHED),
});
await runBenches("page");
