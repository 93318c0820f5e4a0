import { join } from "node:path";
import type { ModelEntry } from "../../src/lock/mod.ts";
import { openDevice } from "../../src/devices/mod.ts";
import { projectRoot, readModelsLock } from "../../src/store/mod.ts";
import { progressDisplay } from "../../src/terminal/mod.ts";
import { drawnImages } from "./drawn_images.ts";
import { listNetworks, percent, type TrainOptions, weightsPath } from "./options.ts";
import {
  type Accuracy,
  CAPTIONS_FILE,
  measureReadout,
  measureTask,
  networkId,
  readCaptionEmbeddings,
  readFixture,
  READOUT_IMAGES,
  TEST_IMAGES,
} from "../../src/training/mod.ts";

/** How far an accuracy may be from the pinned one: devices sum in different orders, so an image may fall the other way. */
const TOLERANCE = 0.005;

/** What is wrong with a network's accuracy, in words; `undefined` where nothing is. */
export function findFault(
  found: Pick<Accuracy, "value" | "chance" | "images">,
  pinned: Pick<Accuracy, "value" | "images"> | undefined,
): string | undefined {
  if (pinned === undefined) return "the lock pins none";
  if (pinned.images !== found.images || Math.abs(pinned.value - found.value) > TOLERANCE) {
    return `the lock says ${percent(pinned.value)} on ${pinned.images}`;
  }
  return found.value < 5 * found.chance ? "below five times chance" : undefined;
}

/**
 * Measures the accuracy of the weights that are there, each on its own task and on the one that all share, and compares
 * it with the lock.
 *
 * @returns The exit status: 1 where one differs, or is below five times chance.
 */
export async function checkNetworks(options: TrainOptions): Promise<number> {
  const names = listNetworks(options);
  const fixtures = await Promise.all(names.map((name) => readFixture(weightsPath(name, options))));
  const { models } = await readModelsLock();
  const display = progressDisplay({ quiet: false, terminal: Deno.stderr.isTerminal() });
  const images = await drawnImages(TEST_IMAGES, display), readout = await drawnImages(READOUT_IMAGES, display);
  display.close();
  const path = join(projectRoot(), "fixtures", CAPTIONS_FILE);
  const { splits: { test } } = await readCaptionEmbeddings(path, { test: images.captions });
  const device = await openDevice(options.device, { threads: 1 });
  const measuring = { readout, unseen: { images, embeddings: test }, device };
  let faults = 0;
  const check = (id: string, found: Accuracy, pinned: ModelEntry["accuracy"]): void => {
    const fault = findFault(found, pinned), { task, value, chance } = found;
    if (fault !== undefined) faults++;
    console.log(
      `${id}: ${percent(value)} on ${images.count} unseen images (${task}; chance ${
        percent(chance)
      }; ${device.name}): ` +
        (fault ?? "as pinned"),
    );
  };
  try {
    for (const [index, name] of names.entries()) {
      const id = networkId(name), pinned = models.find((model) => model.id === id);
      check(id, await measureTask(fixtures[index], measuring), pinned?.accuracy);
      check(id, await measureReadout(fixtures[index].weights, measuring), pinned?.readout);
    }
  } finally {
    await device.close();
  }
  return faults > 0 ? 1 : 0;
}
