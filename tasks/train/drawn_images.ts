import { join } from "node:path";
import { projectRoot } from "../../src/store/mod.ts";
import { type ImageRange, type LabelledImages, loadImages } from "../../src/training/mod.ts";
import type { ProgressDisplay } from "../../src/terminal/mod.ts";

/** Where what a training makes on its way is kept. */
export function trainingFolder(): string {
  return join(projectRoot(), ".cache", "train");
}

/** Images drawn before, or now, shown as they are. */
export function drawnImages(range: ImageRange, display: ProgressDisplay): Promise<LabelledImages> {
  const { split, count } = range;
  return loadImages(
    range,
    trainingFolder(),
    (done) => display.onProgress({ phase: "draw", label: `${split} (${count})`, done, total: count, unit: "images" }),
  );
}
