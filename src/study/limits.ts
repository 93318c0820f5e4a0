import { groupBy } from "../statistics/mod.ts";
import type { StudyFamily } from "./study.ts";

/** What the limits of a run depend on. */
export interface RunFacts {
  /** The study's name. */
  readonly study: string;
  /** The networks that were run. */
  readonly networks: readonly RanNetwork[];
  /** The main criterion's name. */
  readonly criterion: string;
  /** How many images each condition has that the criterion uses. */
  readonly images: readonly number[];
  /**
   * Null where numbers have no intervals; else whether some layer is so large that blocks were deleted on a sample of its channels.
   *
   * @default null
   */
  readonly intervals?: { readonly onSample: boolean } | null;
  /** What the study says of families, by name. @default nothing */
  readonly families?: Readonly<Record<string, StudyFamily>>;
}

/** A network that was run. */
export interface RanNetwork {
  readonly id: string;
  readonly family: string;
  readonly architecture: string;
  /** Whether its weights are a file of the user's own, so that nothing known of a lock's network holds for it. */
  readonly local: boolean;
  /** Whether it is stated what it was trained on. */
  readonly trainingStated: boolean;
}

const COUNTS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** What stands in the place of a statement that nobody has made. */
export const NOT_STATED = "not stated";

/** The known confounds and limits of a run, a sentence each: those of what was run, and of nothing else. */
export function limitsOf({ study, networks, criterion, images, intervals = null, families = {} }: RunFacts): string[] {
  const known = networks.filter(({ local }) => !local);
  const mini = known.filter(({ architecture }) => architecture === "mini");
  const ofFamily = (names: readonly string[]): boolean => mini.some(({ family }) => names.includes(family));
  return [
    ...says(
      ofFamily(["mini-vision", "mini-attributes", "mini-lang", "mini-clip"]),
      "The mini networks are small and saw drawn images only; their seeds speak for training again on these images, not " +
        "for other data or for networks of full size.",
    ),
    ...says(
      ofFamily(["mini-lang", "mini-clip"]),
      "A program wrote the captions of the drawn images in a few phrasings; human language comes in only through the " +
        "sentence encoder that embeds them for mini-lang.",
    ),
    ...says(
      known.some(({ architecture }) => architecture === "clip-rn50"),
      "CLIP RN50 is not a torchvision ResNet-50: its stem has three convolutions and an average pool, its strides are " +
        "anti-aliased, it ends in an attention pool, and it saw other data.",
    ),
    ...says(
      study === "paper",
      "The test, threshold, layers and checkpoints of arXiv:2502.16456 are not all stated in its abstracts, so every claim " +
        "is judged under several criteria and the preset that stands for the paper's is provisional.",
    ),
    ...says(
      criterion === "conjunction",
      "The criterion conjunction holds the false discovery rate of each contrast, not that of the units that pass all of them, " +
        "of which a larger share may be false; conjunction-max, among the criteria, holds it.",
    ),
    ...calibration({ networks, images, intervals }),
    ...trainings(networks),
    ...differences(networks, families),
    ...unstated(networks),
  ];
}

/** Fewer images of a condition in a half than this are few for Welch's test where others have more than twice as many. */
const FEW_IMAGES = 15;

/** What the calibration (`deno task calibrate`) found not to hold. */
function calibration(
  { networks, images, intervals }: Pick<RunFacts, "networks" | "images"> & Required<Pick<RunFacts, "intervals">>,
): string[] {
  const fewest = Math.min(...images) / 2;
  const most = Math.max(...images) / 2;
  return [
    ...says(
      new Set(networks.map(({ family }) => family)).size > 1,
      "Consistency over all sampled units follows how many of them are selective. In simulations of networks with twice as many " +
        "selective units of the same effect, it differed in nine comparisons of ten. Where the proportion of selective units " +
        "differs, a difference in consistency adds nothing to it.",
    ),
    ...says(
      fewest < FEW_IMAGES && most > 2 * fewest,
      "A condition here has few images, and less than half as many as another one. Welch’s test is then a little liberal: in " +
        "simulations with 10 images against 30 of one other condition, 10 % of the layers without selective units had one " +
        "selected; it should be 5 %.",
    ),
    ...says(
      intervals !== null,
      "Intervals of the entropy within maps may be too wide. In simulations with 1 % of the units selective, and half of the noise " +
        "common to all units, they were a third too wide: they held the value in 99.5 % instead of 95 %.",
    ),
    ...says(
      intervals?.onSample === true,
      "Intervals in very large layers are too wide, since blocks are deleted on a sample of the channels there. In simulations " +
        "they held the value in 96 to 100 % instead of 95 %, and were up to three times as wide as they need be.",
    ),
  ];
}

function says(holds: boolean, text: string): string[] {
  return holds ? [text] : [];
}

/** How far the spread between trainings is known. */
function trainings(networks: readonly RanNetwork[]): string[] {
  const families = groupBy(networks, ({ family }) => family);
  const sizes = [...families.values()].map(({ length }) => length);
  if (sizes.length === 0) return [];
  const most = Math.max(...sizes);
  if (most === 1) return ["A family here is one network, so the intervals cover images and not trainings."];
  const count = COUNTS[most] ?? String(most);
  const single = [...families].filter(([, members]) => members.length === 1).map(([family]) => family);
  const atMost = sizes.some((size) => size < most) ? " at most" : "";
  return [
    `${count} trainings a family${atMost} bound how well the spread between trainings is known.`,
    ...says(
      single.length > 0,
      `One network alone stands for ${single.join(", ")}, so that the intervals there cover images and not trainings.`,
    ),
  ];
}

/** What differs inside the families that were run, besides the seed. */
function differences(networks: readonly RanNetwork[], families: NonNullable<RunFacts["families"]>): string[] {
  const sizes = groupBy(networks, ({ family }) => family);
  return Object.entries(families).flatMap(([family, { note }]) =>
    says((sizes.get(family)?.length ?? 0) > 1, `What differs inside ${family}: ${note}`)
  );
}

function unstated(networks: readonly RanNetwork[]): string[] {
  const ids = networks.filter(({ trainingStated }) => !trainingStated).map(({ id }) => id);
  return says(
    ids.length > 0,
    `What ${ids.join(", ")} learned from is not stated, so no difference can be put down to it.`,
  );
}
