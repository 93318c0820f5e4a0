import type { Results } from "../results/mod.ts";
import { type Html, markup } from "./_html.ts";

/** Names of files in a notice; the section that it points to has all of them. */
const MOST_NAMES = 6;

/** What a reader must know before the first number. */
export function notices(results: Results): Html[] {
  const { criterion, networks, stimuli, thumbnails } = results;
  const absent = networks.filter((network) => network.status === "not run").length;
  const images = Object.keys(thumbnails).length > 0 || stimuli.contactSheet !== null;
  const small = results.conditions.flatMap((condition, index) => {
    const images = smallestHalf(results.settings.sizes[index] ?? []);
    return images < 2 ? [`${condition} (${images} in a half)`] : [];
  });
  const copies = (stimuli.duplicates ?? []).flatMap(({ copies }) => copies);
  const found: (Html | false)[] = [
    absent > 0 &&
    markup`${absent} of ${networks.length} networks ${
      absent === 1 ? "was" : "were"
    } not run; <a href="#not-run">what was not run, and why</a>.`,
    criterion.status === "provisional" &&
    markup`The criterion “${criterion.name}” is provisional: the choice it stands for could not be verified.`,
    criterion.status === "user" && markup`The criterion “${criterion.name}” was written by whoever made this run.`,
    small.length > 0 &&
    markup`Too few images to test: ${
      small.join(", ")
    }. A condition without images in a half is left out there. One with a single image has no variance, so what needs a variance has no value.`,
    copies.length > 0 &&
    markup`${copies.length} ${
      copies.length === 1 ? "file is a copy" : "files are copies"
    } of another image in the same condition and ${copies.length === 1 ? "does" : "do"} not count: ${
      copies.slice(0, MOST_NAMES).join(", ")
    }${copies.length > MOST_NAMES && ", …"}; <a href="#stimuli">which image each is a copy of</a>.`,
    !stimuli.redistributable && images &&
    markup`This page shows images that may not be redistributed. Do not publish it.`,
  ];
  return found.filter((notice) => notice !== false).map((notice) => markup`<p class="notice">${notice}</p>`);
}

/** The fewest images that a split can leave in a half. */
function smallestHalf(blocks: readonly number[]): number {
  return [...blocks].sort((a, b) => a - b).slice(0, blocks.length >> 1).reduce((sum, size) => sum + size, 0);
}
