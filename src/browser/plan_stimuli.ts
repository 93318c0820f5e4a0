import type { StimuliLock } from "../lock/mod.ts";
import { drawnSet, planFiles, planNamed, type PlannedStimuli } from "../reproduce/browser.ts";
import { type ConditionsRequest, type ImageDirectory, planDirectorySet } from "../stimuli/browser.ts";

/** Which images are shown, and what their conditions are for. */
export interface StimuliRequest extends ConditionsRequest {
  /** At most this many images of each category. @default all */
  readonly limit?: number;
  /** Seed of the scrambled conditions. @default 0 */
  readonly seed?: number;
}

/**
 * The drawn pictures.
 *
 * @param lock Pins them; they are compared with its hash when they are drawn.
 * @throws {RequestError} where a target or a control does not exist.
 */
export function drawnStimuli(lock: StimuliLock, { limit, seed, ...said }: StimuliRequest = {}): PlannedStimuli {
  return planNamed("procedural", drawnSet(limit, { stimuli: lock }), said, seed);
}

/**
 * The images of a folder that holds a folder of images per condition.
 *
 * @throws {RequestError} where the folder cannot be used as is said.
 */
export async function droppedStimuli(
  directory: ImageDirectory,
  { limit, seed, ...said }: StimuliRequest = {},
): Promise<PlannedStimuli> {
  return planFiles(directory.name, await planDirectorySet(directory, { ...said, limit }), seed);
}
