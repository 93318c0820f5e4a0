import type { RecordedImage } from "../recording/mod.ts";
import type { Results } from "../results/mod.ts";
import type { StimulusSet } from "../stimuli/mod.ts";

/** What results say of a set of images. */
export function describeStimuli(set: StimulusSet): Omit<Results["stimuli"], "contactSheet"> {
  const count = (test: (stimulus: StimulusSet["stimuli"][number]) => boolean): number =>
    set.stimuli.filter(test).length;
  const categories = set.conditions.flatMap((condition) =>
    [...new Set(set.stimuli.filter((s) => s.condition === condition).map((s) => s.category))].map((name) => ({
      name,
      condition,
      images: count((s) => s.condition === condition && s.category === name),
    }))
  );
  return {
    set: set.name,
    title: set.title,
    perCondition: Object.fromEntries(set.conditions.map((name) => [name, count((s) => s.condition === name)])),
    categories,
    hash: set.hash,
    ...(set.duplicates === undefined
      ? {}
      : { duplicates: set.duplicates.map(({ image, copies }) => ({ image, copies: [...copies] })) }),
    source: set.source,
    citation: set.citation,
    licence: set.licence,
    redistributable: set.redistributable,
  };
}

/** Images in each block, per condition: `[conditions][blocks]`. */
export function blockSizes(set: StimulusSet, images: readonly RecordedImage[], blocks: number): number[][] {
  return set.conditions.map((_, condition) =>
    Array.from(
      { length: blocks },
      (_, block) => images.filter((image) => image.condition === condition && image.block === block).length,
    )
  );
}
