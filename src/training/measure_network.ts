import type { Device } from "../devices/mod.ts";
import type { NamedTensor } from "../weights/mod.ts";
import { PROCEDURAL_CLASSES } from "../stimuli/mod.ts";
import { type Accuracy, evaluate, pooledFeatures } from "./evaluate.ts";
import type { Fixture } from "./fixture.ts";
import type { LabelledImages } from "./images.ts";
import { linearReadout } from "./readout.ts";

/** Images with the sentence embeddings of their captions, `[images, 384]`. */
export interface EmbeddedImages {
  readonly images: LabelledImages;
  readonly embeddings: Float32Array;
}

/** What a network's accuracy is measured with. */
export interface Measuring {
  /** Training images that the linear readout is fitted on. */
  readonly readout: LabelledImages;
  readonly unseen: EmbeddedImages;
  readonly device: Device;
}

/** How well a linear readout of a network's last layer tells the classes of unseen images. */
export async function measureReadout(
  weights: ReadonlyMap<string, NamedTensor>,
  { readout, unseen: { images }, device }: Measuring,
): Promise<Accuracy> {
  return linearReadout(
    { features: await pooledFeatures(weights, readout, device), labels: readout.classes },
    { features: await pooledFeatures(weights, images, device), labels: images.classes },
    PROCEDURAL_CLASSES.length,
  );
}

/** How well a network does its own task on unseen images. */
export function measureTask(fixture: Fixture, { unseen, device }: Measuring): Promise<Accuracy> {
  return evaluate(fixture, { ...unseen, terms: fixture.terms, classes: PROCEDURAL_CLASSES.length }, device);
}
