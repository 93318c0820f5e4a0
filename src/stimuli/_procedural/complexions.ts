import type { Rgb } from "./canvas.ts";
import type { Named } from "./scene.ts";
import type { ByWorld } from "./world.ts";

const TRAINING_SKINS: readonly Named[] = [
  { name: "pale", rgb: [0.96, 0.8, 0.71] },
  { name: "light", rgb: [0.9, 0.7, 0.57] },
  { name: "tan", rgb: [0.78, 0.56, 0.41] },
  { name: "brown", rgb: [0.58, 0.38, 0.27] },
  { name: "dark", rgb: [0.4, 0.26, 0.19] },
];

/** The localizer's skins lie between those of training. */
export const SKINS: ByWorld<readonly Named[]> = {
  training: TRAINING_SKINS,
  localizer: [
    { name: "fair", rgb: [0.93, 0.75, 0.64] },
    { name: "beige", rgb: [0.84, 0.63, 0.49] },
    { name: "bronze", rgb: [0.68, 0.47, 0.34] },
    { name: "deep brown", rgb: [0.49, 0.32, 0.23] },
  ],
};

/** Hair; darker skins have one of the first two. */
export const HAIRS: ByWorld<readonly Named[]> = {
  training: [
    { name: "black", rgb: [0.09, 0.08, 0.08] },
    { name: "brown", rgb: [0.3, 0.18, 0.1] },
    { name: "blond", rgb: [0.8, 0.63, 0.34] },
    { name: "red", rgb: [0.58, 0.24, 0.1] },
  ],
  localizer: [
    { name: "dark brown", rgb: [0.19, 0.13, 0.09] },
    { name: "chestnut", rgb: [0.42, 0.22, 0.12] },
    { name: "dark blond", rgb: [0.56, 0.41, 0.22] },
    { name: "strawberry blond", rgb: [0.72, 0.43, 0.22] },
  ],
};

/** Hair of the old. */
export const OLD_HAIRS: ByWorld<readonly Named[]> = {
  training: [
    { name: "grey", rgb: [0.62, 0.62, 0.63] },
    { name: "white", rgb: [0.88, 0.88, 0.86] },
  ],
  localizer: [
    { name: "iron grey", rgb: [0.47, 0.47, 0.48] },
    { name: "silver", rgb: [0.75, 0.75, 0.76] },
  ],
};

export const IRISES: ByWorld<readonly Rgb[]> = {
  training: [[0.28, 0.16, 0.08], [0.2, 0.36, 0.56], [0.25, 0.42, 0.24], [0.16, 0.1, 0.06]],
  localizer: [[0.44, 0.3, 0.14], [0.4, 0.46, 0.52], [0.12, 0.4, 0.42], [0.22, 0.12, 0.14]],
};

/** Another shade of lipstick in either world. */
export const LIPSTICK: ByWorld<Rgb> = { training: [0.75, 0.12, 0.18], localizer: [0.62, 0.14, 0.4] };
