import { type MadeRecording, recordedImages, recordTemporarily } from "../recording/mod.ts";
import { PreparedImages, type StimulusSet } from "../stimuli/mod.ts";
import type { OpenNetwork } from "./open_network.ts";

/** Shows images to a network; what is recorded goes with the network. */
export async function record(network: OpenNetwork, set: StimulusSet): Promise<MadeRecording> {
  const { preprocessing } = network;
  const prepared = new PreparedImages(set, { recipes: [preprocessing] });
  try {
    const recording = await recordTemporarily({
      network: network.network,
      layers: network.layers,
      device: network.device,
      ...recordedImages(set),
      conditions: set.conditions,
      load: (index) => prepared.load(index, preprocessing),
      weights: network.sha256,
      preprocessing,
      stimuli: set.hash,
      label: network.id,
    });
    network.onClose(() => recording.close());
    return recording;
  } finally {
    await prepared.close();
  }
}
