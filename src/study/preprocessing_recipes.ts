import type { Preprocessing } from "../stimuli/mod.ts";

/** How images become the input of networks that were trained as most are, by name. */
export const RECIPES: Readonly<Record<"imagenet" | "clip", Preprocessing>> = {
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
};
