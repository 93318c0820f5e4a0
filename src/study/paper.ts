import type { Study } from "./study.ts";

/** The comparison at full size, from the owners' files, on the standard localizer stimuli. */
export const PAPER: Study = {
  name: "paper",
  title: "ResNet-50, language-supervised ResNet-50 and CLIP on fLoc",
  networks: [
    { lock: "resnet50-tv-v1-safetensors" },
    { lock: "virtex-multilabel" },
    { lock: "virtex-bicaptioning-backbone" },
    { lock: "clip-rn50-openai" },
    { lock: "clip-rn50-yfcc15m" },
    { lock: "clip-rn50-cc12m" },
    { lock: "slip-simclr-vitb16" },
    { lock: "slip-clip-vitb16" },
    { lock: "slip-slip-vitb16" },
    // One of the three seeds: a further one costs minutes on a processor, and --network untrained-resnet50 runs all of them.
    { lock: "untrained-resnet50-s0" },
  ],
  stimuli: "floc",
  layers: "blocks",
  criterion: "conjunction-max",
  compare: [
    {
      a: "virtex-multilabel",
      b: "virtex-bicaptioning-backbone",
      contrast: "captions in place of 81 labels: same trunk, same images",
    },
    {
      a: "resnet50-tv-v1-safetensors",
      b: "virtex-bicaptioning-backbone",
      contrast: "captions of COCO in place of the labels of ImageNet",
    },
    {
      a: "resnet50-tv-v1-safetensors",
      b: "clip-rn50-openai",
      contrast: "image–text contrast in place of labels; trunk and data differ too",
    },
    {
      a: "resnet50-tv-v1-safetensors",
      b: "clip-rn50-yfcc15m",
      contrast: "image–text contrast on 15 million pairs in place of labels",
    },
    {
      a: "resnet50-tv-v1-safetensors",
      b: "clip-rn50-cc12m",
      contrast: "image–text contrast on 12 million pairs in place of labels",
    },
    {
      a: "slip-simclr-vitb16",
      b: "slip-clip-vitb16",
      contrast: "image–text contrast in place of image–image contrast: same trunk, same images",
    },
    {
      a: "slip-simclr-vitb16",
      b: "slip-slip-vitb16",
      contrast: "image–text contrast added to image–image contrast: same trunk, same images",
    },
    { a: "untrained-resnet50", b: "resnet50-tv-v1-safetensors", contrast: "training on labels" },
    { a: "untrained-resnet50", b: "virtex-bicaptioning-backbone", contrast: "training on captions" },
    { a: "untrained-resnet50", b: "clip-rn50-openai", contrast: "training on image–text contrast; trunks differ too" },
  ],
};
