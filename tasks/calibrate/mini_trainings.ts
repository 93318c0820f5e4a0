import { join } from "node:path";
import { openDevice } from "../../src/devices/mod.ts";
import { type AnalysedNetwork, analyseNetwork } from "../../src/inference/mod.ts";
import type { ModelEntry } from "../../src/lock/mod.ts";
import { buildNetwork, selectLayers } from "../../src/networks/mod.ts";
import { type RecordedImage, recordTemporarily } from "../../src/recording/mod.ts";
import { assignBlocks, blockCount, preprocess, proceduralSet, type Stimulus } from "../../src/stimuli/mod.ts";
import { projectRoot, readModelsLock } from "../../src/store/mod.ts";
import { primaryTools } from "../../src/validation/mod.ts";
import { openCheckpoint } from "../../src/weights/mod.ts";

const CONDITIONS = ["faces", "bodies", "places", "words", "objects"];
const TARGETS = CONDITIONS.slice(0, 4);

/** The drawn pictures as networks see them, without scrambled ones. */
async function pictures(): Promise<{ stimuli: Stimulus[]; images: RecordedImage[]; blocks: number }> {
  const { stimuli: all } = await proceduralSet();
  const stimuli = all.filter(({ condition }) => CONDITIONS.includes(condition));
  const sizes = CONDITIONS.map((name) => stimuli.filter(({ condition }) => condition === name).length);
  const blocks = blockCount(sizes);
  const assigned = assignBlocks(stimuli, blocks);
  const images = stimuli.map(({ id, condition, category }, i) => ({
    id,
    condition: CONDITIONS.indexOf(condition),
    category,
    block: assigned[i],
  }));
  return { stimuli, images, blocks };
}

/** The trainings of a mini family that the lock pins, in the order of their seeds. */
async function entriesOf(family: string): Promise<(ModelEntry & { source: { path: string } })[]> {
  const { models } = await readModelsLock();
  return models.filter((entry): entry is ModelEntry & { source: { path: string } } =>
    entry.family === family && "path" in entry.source
  ).sort((a, b) => a.seed! - b.seed!);
}

/**
 * Shows the drawn pictures to every training of a mini family and analyses what comes out, by the primary measures.
 *
 * @throws {Error} where a file of the lock is missing.
 */
export async function miniTrainings(family: string): Promise<AnalysedNetwork[]> {
  const { stimuli, images, blocks } = await pictures();
  const device = await openDevice("cpu");
  const { settings, tools } = primaryTools({ targets: TARGETS }, CONDITIONS);
  const found: AnalysedNetwork[] = [];
  try {
    for (const { architecture, preprocessing, source, supervision, seed = null } of await entriesOf(family)) {
      const checkpoint = await openCheckpoint(join(projectRoot(), source.path));
      const network = await buildNetwork({ checkpoint, architecture }).finally(() => checkpoint.close());
      const recording = await recordTemporarily({
        network,
        layers: selectLayers(network, "blocks"),
        device,
        images,
        blocks,
        conditions: CONDITIONS,
        load: async (i) => preprocess(await stimuli[i].pixels(), preprocessing),
      });
      try {
        found.push({ family, supervision, seed, analysis: await analyseNetwork(recording, settings, { tools }) });
      } finally {
        await recording.close();
      }
    }
  } finally {
    await device.close();
  }
  return found;
}
