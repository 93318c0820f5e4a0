import type { AnalysisSettings } from "../inference/mod.ts";
import type { SyntheticLayer, SyntheticOptions } from "./synthetic_recording.ts";

/** A layer whose intervals are looked at. */
export interface LayerScenario {
  /** What it is, as the table says it. */
  readonly name: string;
  readonly layer: Omit<SyntheticLayer, "name">;
  readonly planted?: Partial<SyntheticOptions>;
  readonly settings?: Partial<AnalysisSettings>;
}

/** 9,600 units. */
const SHAPE = [40, 15, 16];
const layerOf = (selective: number, effect = 1.2): LayerScenario["layer"] => ({
  shape: SHAPE,
  selective,
  effect,
  clustered: 0.5,
});

/** Layers of few and many selective units, of every kind of noise, of few images, and measured on a part of the channels. */
export const LAYER_SCENARIOS: readonly LayerScenario[] = [
  {
    name: "1,152 units, 10 % selective",
    layer: { ...layerOf(0.1), shape: [32, 6, 6] },
    // More than prefer the category, so that some units are selected for two.
    settings: { targets: ["faces", "bodies"], matchedProportion: 0.2 },
  },
  { name: "10 % selective", layer: layerOf(0.1) },
  { name: "1 % selective", layer: layerOf(0.01) },
  { name: "0.3 % selective", layer: layerOf(0.003, 1.4) },
  { name: "1 %, skewed noise", layer: layerOf(0.01), planted: { noise: "skewed" } },
  { name: "1 %, heavy-tailed noise", layer: layerOf(0.01), planted: { noise: "heavy-tailed" } },
  { name: "1 %, noise half shared by all units", layer: layerOf(0.01), planted: { noise: "shared" } },
  {
    name: "1 %, 16 to 80 images per condition",
    layer: layerOf(0.01, 2),
    planted: { imagesPerCondition: [16, 80, 40, 24, 60, 32] },
  },
  { name: "10 %, blocks deleted on a quarter of the channels", layer: layerOf(0.1), settings: { largestLayer: 2400 } },
];
