import type { Results } from "../results/mod.ts";

/** What a run answers. Runs of one kind have the same study, images and criterion, and permute labels or do not. */
export interface RunKind {
  /**
   * Where the newest run of the kind stands, relative to the site: `mini/latest/procedural-1a2b3c4d/conjunction-max/`, in which
   * the digits begin the hash of the images. Null where the names are too long for an address.
   */
  readonly path: string | null;
  /** Images and criterion in words. */
  readonly label: string;
  /** The same for two runs exactly where they are of one kind. */
  readonly key: string;
}

/** The longest name of a folder. */
const LONGEST = 120;

/** The kind of a run. */
export function runKind({ study, stimuli, criterion, settings }: Results): RunKind {
  const fast = settings.permutations === 0;
  const names = [
    folderName(study),
    `${folderName(stimuli.set)}-${folderName(stimuli.hash.slice(0, 8))}`,
    `${folderName(criterion.name)}${fast ? "-fast" : ""}`,
  ];
  const fits = names.every((name) => name.length <= LONGEST);
  return {
    path: fits ? `${names[0]}/latest/${names[1]}/${names[2]}/` : null,
    label: `${stimuli.title}; criterion ${criterion.name}${fast ? "; labels not permuted" : ""}`,
    key: JSON.stringify([study, stimuli.hash, criterion.name, fast]),
  };
}

/** A name in letters, digits and hyphens; anything else as its code, so that no two names become one. */
function folderName(name: string): string {
  return name.replace(/[^A-Za-z0-9-]/gu, (character) => `_${character.codePointAt(0)!.toString(16)}_`);
}
