import { apart, type Laws } from "./world.ts";

/** Where and how bodies stand. Angles in radians; lengths in units of the drawing. */
export const STANDING_LAWS = {
  height: { training: [76, 98], localizer: [58, 72] },
  hang: { training: [0.04, 0.2], localizer: [0.26, 0.5] },
  lean: { training: { bell: 0.03 }, localizer: apart(0.05, 0.1) },
  frontShoulders: { training: [0.105, 0.13], localizer: [0.09, 0.1, 0.136, 0.15] },
  backUpper: { training: [-0.3, 0], localizer: [0.1, 0.45] },
  backLower: { training: [0, 0.3], localizer: [0.5, 0.95] },
  foreUpper: { training: [-0.15, 0.15], localizer: [-0.6, -0.3] },
  foreLower: { training: [0.05, 0.5], localizer: [-0.5, -0.1] },
  lower: { training: { bell: 0.08 }, localizer: apart(0.14, 0.3) },
  stance: { training: [0.02, 0.12], localizer: [0.17, 0.3] },
  step: { training: [0], localizer: [0.12, 0.26] },
  aside: { training: { bell: 5 }, localizer: apart(7, 13) },
  above: { training: { bell: 2 }, localizer: apart(3, 5) },
} satisfies Laws;

/** How bodies sit. */
export const SEATED_LAWS = {
  height: { training: [82, 106], localizer: [66, 79] },
  aside: { training: { bell: 4 }, localizer: apart(5, 10) },
  above: { training: { bell: 2 }, localizer: [-8, -4] },
  lap: { training: [0.5, 1.0], localizer: [0.1, 0.4] },
  lean: { training: [-0.18, 0.05], localizer: [-0.36, -0.24, 0.12, 0.3] },
  farLower: { training: [1.3], localizer: [0.6, 1.0] },
  nearLower: { training: [0.9, 1.5], localizer: [0.3, 0.8] },
  farShin: { training: [-0.1, 0.2], localizer: [0.35, 0.7] },
  nearShin: { training: [-0.35, 0.1], localizer: [-0.75, -0.45] },
  frontLean: { training: { bell: 0.05 }, localizer: apart(0.08, 0.16) },
  frontShoulders: { training: [0.105, 0.13], localizer: [0.09, 0.1, 0.136, 0.15] },
  frontUpper: { training: [0.3], localizer: [0.45, 0.6] },
  frontLower: { training: [0.45], localizer: [0.65, 0.95] },
  thigh: { training: [0.5, 0.9], localizer: [0.2, 0.42] },
  shin: { training: [-0.12, 0.12], localizer: [-0.35, -0.2, 0.2, 0.35] },
} satisfies Laws;

/** How bodies run: the localizer's take shorter or longer steps. */
export const RUNNING_LAWS = {
  height: { training: [70, 90], localizer: [56, 68] },
  stride: { training: [0.75, 1.1], localizer: [0.5, 0.68, 1.18, 1.35] },
  swing: { training: [0.6, 1.0], localizer: [0.3, 0.5, 1.1, 1.3] },
  foreKnee: { training: [0.9, 1.5], localizer: [0.3, 0.7] },
  backKnee: { training: [0.4, 1.1], localizer: [1.2, 1.6] },
  elbow: { training: [1.5], localizer: [1.0, 1.3, 1.7, 2] },
  lean: { training: [0.12, 0.32], localizer: [-0.04, 0.08, 0.36, 0.48] },
  aside: { training: { bell: 4 }, localizer: apart(5, 10) },
  above: { training: { bell: 2 }, localizer: apart(3, 6) },
} satisfies Laws;

/** How bodies raise their arms. */
export const RAISED_LAWS = {
  height: { training: [66, 82], localizer: [54, 64] },
  lift: { training: [2.2, 2.75], localizer: [1.85, 2.1, 2.85, 3.05] },
  bend: { training: [-0.2, 0.35], localizer: [-0.6, -0.3, 0.5, 0.9] },
  level: { training: [1.4, 1.7], localizer: [0.9, 1.25] },
  lean: { training: { bell: 0.05 }, localizer: apart(0.08, 0.16) },
  shoulders: { training: [0.105, 0.13], localizer: [0.09, 0.1, 0.136, 0.15] },
  thigh: { training: [0.04, 0.3], localizer: [0.36, 0.55] },
  shin: { training: [0, 0.15], localizer: [0.2, 0.35] },
  aside: { training: { bell: 4 }, localizer: apart(5, 10) },
  above: { training: { bell: 2 }, localizer: apart(3, 6) },
} satisfies Laws;

/** How torsos are held. */
export const TORSO_LAWS = {
  height: { training: [150, 190], localizer: [118, 142] },
  lean: { training: { bell: 0.06 }, localizer: apart(0.1, 0.18) },
  shoulders: { training: [0.115, 0.14], localizer: [0.1, 0.11, 0.146, 0.158] },
  foldedUpper: { training: [0.25], localizer: [0.5, 0.7] },
  foldedLower: { training: [1.15], localizer: [0.5, 0.8] },
  upper: { training: [0.1, 0.4], localizer: [0.5, 0.75] },
  leftLower: { training: [-0.1, 0.2], localizer: [-0.45, -0.2] },
  rightLower: { training: [-0.2, 0.1], localizer: [0.2, 0.45] },
  aside: { training: { bell: 3.5 }, localizer: apart(5, 9) },
  above: { training: { bell: 3 }, localizer: [4, 8] },
} satisfies Laws;
