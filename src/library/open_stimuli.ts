import type { DerivedConditions } from "../localize/mod.ts";
import { homedir } from "node:os";
import process from "node:process";
import { planStimuli, readLocks } from "../reproduce/mod.ts";
import type { StimulusSet } from "../stimuli/mod.ts";
import { cacheRoot, Store } from "../store/mod.ts";
import { type NamedStimuli, stimuliOf, type StimulusFolder } from "../study/mod.ts";

/** Images that are ready to be shown, and what their conditions are for. */
export interface OpenStimuli extends StimulusSet {
  /** The conditions that units are selected for. */
  readonly targets: readonly string[];
  /** Conditions made from the images of others, used only by criteria that ask for them. */
  readonly derived: DerivedConditions;
}

/**
 * Opens images: a folder with a folder of images per condition (and one per category inside it, where there are categories), or
 * a set by its name, `procedural` or `floc`.
 *
 * @param images A folder's path or a set's name, alone or with pools, targets and controls.
 * @param options.limit At most this many images of each category. @default all
 * @throws {RequestError} where the images cannot be used as is said.
 * @throws {Error} where the images of a set cannot be had.
 *
 * @example
 * ```ts
 * import { openStimuli } from "./mod.ts";
 *
 * const { conditions, targets } = await openStimuli("procedural", { limit: 2 });
 * ```
 */
export async function openStimuli(
  images: string | NamedStimuli | StimulusFolder,
  { limit }: { readonly limit?: number } = {},
): Promise<OpenStimuli> {
  const locks = await readLocks();
  const store = new Store(cacheRoot({ env: process.env, platform: process.platform, home: homedir() }));
  const stimuli = typeof images === "string" ? stimuliOf(images) : images;
  const planned = await planStimuli({ stimuli, limit }, {}, { locks, store, onProgress: () => {} });
  const { set, absent } = await planned.open();
  if (absent !== null) throw new Error(`Cannot show "${planned.name}": ${absent}`);
  return { ...set, targets: planned.roles.targets, derived: planned.derived };
}
