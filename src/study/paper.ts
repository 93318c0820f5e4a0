import type { LockNetwork, Study } from "./study.ts";

function familyOf(family: string, ids: readonly string[]): LockNetwork[] {
  return ids.map((lock) => ({ lock, family }));
}

/**
 * The comparison at full size, from the owners' files, on the standard localizer stimuli. Where official files allow, a family
 * has three networks, so that its members are a sample; they differ in more than a seed, which the families' notes say.
 */
export const PAPER: Study = {
  name: "paper",
  title: "ResNet-50, language-supervised ResNet-50 and CLIP on fLoc",
  networks: [
    ...familyOf("vision-rn50", ["resnet50-tv-v1-safetensors", "resnet50-tv-v2", "resnet50-a1"]),
    ...familyOf("virtex-labels", ["virtex-multilabel", "virtex-token-classification"]),
    ...familyOf("virtex-captions", ["virtex-bicaptioning-backbone", "virtex-captioning", "virtex-masked-lm"]),
    ...familyOf("clip-rn50", ["clip-rn50-openai", "clip-rn50-yfcc15m", "clip-rn50-cc12m"]),
    { lock: "slip-simclr-vitb16" },
    { lock: "slip-clip-vitb16" },
    { lock: "slip-slip-vitb16" },
    ...[0, 1, 2].map((seed) => ({ lock: `untrained-resnet50-s${seed}` })),
  ],
  families: {
    "vision-rn50": {
      note:
        "Three recipes on the labels of ImageNet (torchvision V1 and V2, timm A1): epochs, augmentation, loss and " +
        "optimizer differ, not the seed alone.",
    },
    "virtex-labels": {
      note:
        "One trunk and the images of COCO, two kinds of labels: 81 objects, and the words of the captions as a set. " +
        "The words come from language, but without their order; the network stands with the labels as a control.",
    },
    "virtex-captions": {
      note:
        "One trunk and the captions of COCO, three tasks: words predicted in both directions, in one direction, and " +
        "where they were left out.",
    },
    "clip-rn50": {
      note:
        "One trunk, three sets of image–text pairs: OpenAI’s 400 million, YFCC15M and Conceptual 12M; the code and " +
        "the length of training differ with them.",
    },
    "slip-simclr-vitb16": { note: "One network: its authors published one training of this kind and size." },
    "slip-clip-vitb16": { note: "One network: its authors published one training of this kind and size." },
    "slip-slip-vitb16": { note: "One network: its authors published one training of this kind and size." },
    "untrained-resnet50": { note: "Three seeds of one initialization; nothing else differs." },
  },
  stimuli: "floc",
  layers: "blocks",
  criterion: "conjunction-max",
  compare: [
    {
      a: "virtex-labels",
      b: "virtex-captions",
      contrast: "captions in place of labels: same trunk, same images",
      claims: true,
    },
    {
      a: "vision-rn50",
      b: "virtex-captions",
      contrast: "captions of COCO in place of the labels of ImageNet: same trunk, other images",
      claims: true,
    },
    {
      a: "vision-rn50",
      b: "clip-rn50",
      contrast: "image–text contrast in place of labels; trunk and data differ too",
      claims: true,
    },
    {
      a: "slip-simclr-vitb16",
      b: "slip-clip-vitb16",
      contrast: "image–text contrast in place of image–image contrast: same trunk, same images",
      claims: true,
    },
    {
      a: "slip-simclr-vitb16",
      b: "slip-slip-vitb16",
      contrast: "image–text contrast added to image–image contrast: same trunk, same images",
    },
    { a: "vision-rn50", b: "virtex-labels", contrast: "labels of COCO in place of those of ImageNet: no language" },
    { a: "untrained-resnet50", b: "vision-rn50", contrast: "training on labels" },
    { a: "untrained-resnet50", b: "virtex-captions", contrast: "training on captions" },
    { a: "untrained-resnet50", b: "clip-rn50", contrast: "training on image–text contrast; trunks differ too" },
  ],
};
