import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { type Device, openDevice } from "../../src/devices/mod.ts";
import { projectRoot } from "../../src/store/mod.ts";
import { PROCEDURAL_CLASSES } from "../../src/stimuli/mod.ts";
import { type ProgressDisplay, progressDisplay } from "../../src/terminal/mod.ts";
import { drawnImages, trainingFolder } from "./drawn_images.ts";
import { listNetworks, percent, type TrainOptions, weightsPath } from "./options.ts";
import {
  CAPTIONS_FILE,
  decodeAttributes,
  decodingSentence,
  hashImages,
  initialTrunk,
  measureReadout,
  measureTask,
  type Measuring,
  networkId,
  type NetworkName,
  readCaptionEmbeddings,
  readFixture,
  READOUT_IMAGES,
  runTraining,
  SETTINGS,
  termsFor,
  TEST_IMAGES,
  trainedEntry,
  TRAINING_IMAGES,
  untrainedEntry,
  updateLock,
  VALIDATION_IMAGES,
  writeFixture,
} from "../../src/training/mod.ts";

/** Steps between kept states. */
const KEEP_EVERY = 25;

/** Trains the networks that are asked for, one after the other, and measures each on unseen images. */
export async function trainNetworks(options: TrainOptions): Promise<number> {
  const { batch } = options;
  const names = listNetworks(options);
  if (batch % 4 !== 0) throw new RequestError(`Cannot train in batches of ${batch}; expected a multiple of 4`);
  const device = await openDevice(options.device, { threads: 1 });
  const display = progressDisplay({ quiet: false, terminal: Deno.stderr.isTerminal() });
  try {
    return await trainAll(names, options, { device, display });
  } finally {
    display.close();
    await device.close();
  }
}

async function trainAll(
  names: readonly NetworkName[],
  options: TrainOptions,
  { device, display }: { readonly device: Device; readonly display: ProgressDisplay },
): Promise<number> {
  const { steps, batch } = options;
  const folder = trainingFolder();
  const images = await drawnImages(TRAINING_IMAGES, display);
  const imagesKey = await hashImages(images);
  const unseen = await drawnImages(options.on === "validation" ? VALIDATION_IMAGES : TEST_IMAGES, display);
  const captions: Record<string, readonly string[]> = {
    train: images.captions,
    [unseen.split]: unseen.captions,
  };
  const { splits: embeddings, key: embeddingsKey } = await readCaptionEmbeddings(
    join(projectRoot(), "fixtures", CAPTIONS_FILE),
    captions,
  );
  const measuring: Measuring = {
    readout: await drawnImages(READOUT_IMAGES, display),
    unseen: { images: unseen, embeddings: embeddings[unseen.split] },
    device,
  };
  const { learningRate } = SETTINGS;
  const described = { attributes: unseen.attributes, embeddings: embeddings[unseen.split] };
  const information = options.updateLock
    ? decodingSentence(decodeAttributes({ attributes: images.attributes, embeddings: embeddings.train }, described))
    : "";
  for (const name of names) {
    const id = networkId(name), { objective } = name.family;
    const started = performance.now();
    let last = NaN;
    const onStep = (step: number, loss: number): void => {
      last = loss;
      display.onProgress({ phase: "train", label: id, done: step * batch, total: steps * batch, unit: "images" });
    };
    const terms = termsFor(objective, images);
    const source = { images, terms, embeddings: embeddings.train, classes: PROCEDURAL_CLASSES.length };
    const key = objective === "language" ? `${imagesKey} ${embeddingsKey}` : imagesKey;
    const setup = { name, steps, batch, learningRate, source, imagesKey: key, device, folder, keepEvery: KEEP_EVERY };
    await writeFixture(weightsPath(name, options), {
      objective,
      terms,
      weights: await runTraining({ ...setup, onStep }),
    });
    // What is measured is what the file holds, float16.
    const fixture = await readFixture(weightsPath(name, options));
    const accuracy = await measureTask(fixture, measuring);
    const readout = await measureReadout(fixture.weights, measuring);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `${id}: ${Number.isNaN(last) ? "" : `last loss ${last.toFixed(4)}; `}${percent(accuracy.value)} (chance ${
        percent(accuracy.chance)
      }), linear readout ` +
        `${percent(readout.value)}, on ${accuracy.images} unseen images, ${seconds} s`,
    );
    if (!options.updateLock) continue;
    const trainingData =
      `${images.count} procedural images of ${PROCEDURAL_CLASSES.length} classes with captions and ` +
      `attributes, sha256 ${imagesKey}`;
    const training = `${steps} steps of ${batch} images, Adam (0.9, 0.99) with decoupled decay 0.01, peak rate ` +
      `${learningRate}, cosine; ONNX Runtime on ${device.name}; trunk started as mini-untrained of seed ${name.seed}`;
    await updateLock(join(projectRoot(), "models.lock.json"), [
      await untrainedEntry(name.seed, await measureReadout(await initialTrunk(name.seed), measuring)),
      await trainedEntry(name, fixture.bytes, {
        trainingData,
        training,
        information: objective === "language" ? information : "",
        accuracy,
        readout,
      }),
    ]);
  }
  return 0;
}
