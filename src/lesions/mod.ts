export { lesionLayers } from "./lesion_layers.ts";
export { lesionNetwork, type LesionOptions, RANDOM_SETS } from "./lesion_network.ts";
