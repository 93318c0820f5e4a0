import type { Mapping } from "./path.ts";
import { placed } from "./path.ts";
import { distanceOf, type Scene } from "./scene.ts";

/** Where a thing stands: drawn in −1…1 and laid on the picture by `place`. */
export interface Stand {
  readonly place: Mapping;
  readonly scale: number;
  readonly distance: ReturnType<typeof distanceOf>;
  readonly facing: "left" | "right";
  readonly flip: number;
}

/** A random stand of scale `low`–`high`; `turn` is the spread of its angle in radians. */
export function drawStand({ random }: Scene, low: number, high: number, turn: number, mirrors = true): Stand {
  const relative = random.unit(), scale = low + (high - low) * relative, flip = mirrors ? random.sign() : 1;
  return {
    place: placed(scale * flip, scale, random.bell(turn), 50 + random.bell(4), 50 + random.bell(4)),
    scale,
    distance: distanceOf(relative),
    facing: flip > 0 ? "right" : "left",
    flip,
  };
}
