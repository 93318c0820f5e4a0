import type { Preprocessing } from "../stimuli/mod.ts";

/** The recipes that have a name. */
export const RECIPE_NAMES = ["imagenet", "clip", "inception"] as const;

/** How images become the input of networks that were trained as most are, by name. */
export const RECIPES: Readonly<Record<typeof RECIPE_NAMES[number], Preprocessing>> = {
  imagenet: {
    resize: 256,
    crop: 224,
    interpolation: "bilinear",
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  clip: {
    resize: 224,
    crop: 224,
    interpolation: "bicubic",
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
  },
  // From −1 to 1, as timm's ViTs (AugReg) and EfficientNet-Lites take them.
  inception: {
    resize: 256,
    crop: 224,
    interpolation: "bicubic",
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
  },
};

/** The recipe of a name, if it is one. */
export function recipeOfName(name: unknown): Preprocessing | undefined {
  return RECIPE_NAMES.some((known) => known === name) ? RECIPES[name as keyof typeof RECIPES] : undefined;
}
