import { type AnalysedNetwork, analyseNetwork, type AnalysisSettings, type AnalysisTools } from "../inference/mod.ts";
import type { Supervision } from "../results/mod.ts";
import { blockCount } from "../stimuli/mod.ts";
import type { SimulationContext } from "./row.ts";
import { primaryTools } from "./primary_tools.ts";
import { synthesizeRecording, type SyntheticLayer } from "./synthetic_recording.ts";

const CONDITIONS = ["faces", "bodies", "places", "words", "objects"];
const TARGETS = CONDITIONS.slice(0, 2);
const IMAGES = 40;

/** What a made-up network plants in every layer. */
export type Planted = Pick<SyntheticLayer, "selective" | "effect" | "clustered">;

/** A family's usual training: in every layer 6 % of the units prefer each target, by two deviations, half of them clustered. */
export const USUAL: Planted = { selective: 0.06, effect: 2, clustered: 0.5 };

/** A training of a family, to be made up, shown images and analysed. */
export interface Training {
  readonly family: string;
  readonly supervision: Supervision;
  readonly seed: number | null;
  readonly planted: Planted;
  /** Where selectivity lies. */
  readonly units: number;
  /** Which images it sees, and with which noise. */
  readonly images: number;
  /** Responses are multiplied by it. @default 1 */
  readonly gain?: number;
  /** Whether its layers are small. */
  readonly quick: boolean;
}

/** With what networks of one simulation are analysed and compared; `draw` decides the splits. */
export function trainedTools(
  { draw, quick }: Pick<SimulationContext, "draw" | "quick">,
): { readonly settings: AnalysisSettings; readonly tools: AnalysisTools } {
  const few = quick ? { splits: 4, comparedSplits: 1, comparedImages: 40 } : { comparedImages: 100 };
  return primaryTools({ targets: TARGETS, seed: draw, placements: 50, ...few }, CONDITIONS);
}

/** Makes up a network of two layers of 1,600 units and analyses its responses to 40 images of each of five conditions. */
export async function trainedNetwork(
  { family, supervision, seed, planted, units, images, gain, quick }: Training,
  { settings, tools }: ReturnType<typeof trainedTools>,
): Promise<AnalysedNetwork> {
  const shape = quick ? [8, 7, 7] : [16, 10, 10];
  const { recording } = synthesizeRecording({
    seed: units,
    imageSeed: images,
    conditions: CONDITIONS,
    targets: TARGETS,
    imagesPerCondition: IMAGES,
    blocks: blockCount([IMAGES]),
    categories: 1,
    sampledUnits: 256,
    gain,
    layers: ["first", "second"].map((name) => ({ name, shape, ...planted })),
  });
  return { family, supervision, seed, analysis: await analyseNetwork(recording, settings, { tools }) };
}

/**
 * What a training plants where trainings of its family differ: every number times 1 + `spread` · z.
 *
 * @param normal Draws the z.
 */
export function varied({ selective, effect, clustered = 0 }: Planted, spread: number, normal: () => number): Planted {
  const times = (): number => Math.max(0.2, 1 + spread * normal());
  return { selective: selective * times(), effect: effect * times(), clustered: Math.min(1, clustered * times()) };
}
