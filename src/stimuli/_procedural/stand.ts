import type { Mapping } from "./path.ts";
import { placed } from "./path.ts";
import { distanceOf, type Scene } from "./scene.ts";
import { apart, type ByWorld, type Law, type Laws, sample, within } from "./world.ts";

/** Where a thing stands: drawn in −1…1 and laid on the picture by `place`. */
export interface Stand {
  readonly place: Mapping;
  readonly scale: number;
  readonly distance: ReturnType<typeof distanceOf>;
  readonly facing: "left" | "right";
  readonly flip: number;
}

/** How far from the middle of the picture things stand. */
export const STAND_LAWS = { away: { training: { bell: 4 }, localizer: apart(5, 10) } } satisfies Laws;

/** A random stand of a scale and an angle in radians. */
export function drawStand(
  scene: Scene,
  { scale: scales, turn }: { readonly scale: ByWorld<Law>; readonly turn: ByWorld<Law> },
  mirrors = true,
): Stand {
  const { random, world } = scene, { away } = STAND_LAWS;
  const relative = random.unit(), scale = within(scales, world, relative), flip = mirrors ? random.sign() : 1;
  return {
    place: placed(scale * flip, scale, sample(scene, turn), 50 + sample(scene, away), 50 + sample(scene, away)),
    scale,
    distance: distanceOf(relative),
    facing: flip > 0 ? "right" : "left",
    flip,
  };
}
