import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { projectRoot } from "../../src/store/mod.ts";
import { PROCEDURAL_CLASSES } from "../../src/stimuli/mod.ts";
import { learnEmbedding } from "./caption_embedding.ts";
import { useDevice } from "./device.ts";
import { evaluate } from "./evaluate.ts";
import { writeFixture } from "./fixture.ts";
import { hashImages, loadImages } from "./images.ts";
import { trainedEntry, untrainedEntry, updateLock } from "./lock_entries.ts";
import { networkId } from "./networks.ts";
import { listNetworks, percent, type TrainOptions, weightsPath } from "./options.ts";
import { runTraining } from "./run_training.ts";
import { HELDOUT_IMAGES, SETTINGS, TRAINING_IMAGES } from "./settings.ts";
import { MINI_TRUNK } from "./trunk.ts";

/** Steps between kept states, and between lines of progress. */
const KEEP_EVERY = 25;

/** Trains the networks that are asked for, one after the other, and measures each on unseen images. */
export async function trainNetworks(options: TrainOptions): Promise<number> {
  const { steps, batch } = options;
  const names = listNetworks(options);
  if (batch % 4 !== 0) throw new RequestError(`Cannot train in batches of ${batch}; expected a multiple of 4`);
  const device = await useDevice(options.device);
  const folder = join(projectRoot(), ".cache", "train");
  const images = await loadImages(TRAINING_IMAGES, folder);
  const imagesKey = await hashImages(images);
  const heldout = await loadImages(HELDOUT_IMAGES, folder);
  const embedding = await learnEmbedding(images.captions, SETTINGS.embedding);
  const { learningRate } = SETTINGS;
  for (const name of names) {
    const id = networkId(name), { objective } = name.family;
    const started = performance.now();
    const onStep = (step: number, loss: number, rate: number): void => {
      if (step % KEEP_EVERY !== 0 && step !== steps) return;
      console.log(`${id}: step ${step} of ${steps}, loss ${loss.toFixed(4)}, ${rate.toFixed(0)} images/s`);
    };
    const setup = { name, steps, batch, learningRate, images, imagesKey, embedding, folder, keepEvery: KEEP_EVERY };
    const weights = await runTraining({ ...setup, onStep });
    const fixture = { objective, weights, embedding };
    const accuracy = await evaluate(fixture, heldout, MINI_TRUNK, PROCEDURAL_CLASSES.length);
    const bytes = await writeFixture(weightsPath(name, options), fixture);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const { value, chance } = accuracy;
    console.log(
      `${id}: ${percent(value)} on ${accuracy.images} unseen images (chance ${percent(chance)}), ${seconds} s`,
    );
    if (!options.updateLock) continue;
    const trainingData = `${images.count} procedural images of ${PROCEDURAL_CLASSES.length} classes with captions, ` +
      `sha256 ${imagesKey}`;
    const training = `${steps} steps of ${batch} images, Adam (0.9, 0.99) with decoupled decay 0.01, peak rate ` +
      `${learningRate}, cosine; jax-js 0.1.25 on ${device}; trunk started as mini-untrained of seed ${name.seed}`;
    await updateLock(join(projectRoot(), "models.lock.json"), [
      await untrainedEntry(name.seed),
      await trainedEntry(name, bytes, { trainingData, training, accuracy }),
    ]);
  }
  return 0;
}
