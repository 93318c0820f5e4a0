import type { Rgb } from "./canvas.ts";
import { gradient, mix, varied } from "./paint.ts";
import { blob, ellipse, type Path } from "./path.ts";
import type { Scene } from "./scene.ts";
import { type ByWorld, type Chance, type Laws, sample } from "./world.ts";

/** A point in the room in front of the viewer: x right, y down, z away (1 is the picture plane). */
export type Position = readonly [number, number, number];

/** One-point perspective about a vanishing point. */
export class Perspective {
  constructor(readonly x: number, readonly y: number, readonly reach: number) {}

  /** Where a position falls on the picture. */
  at([px, py, pz]: Position): readonly [number, number] {
    return [this.x + px * this.reach / pz, this.y + py * this.reach / pz];
  }

  /** The outline of a flat patch. */
  patch(...corners: Position[]): Path {
    return [corners.flatMap((corner) => this.at(corner))];
  }

  /** A patch of a wall that runs away from the viewer at `x`, between two heights and two depths. */
  wall(x: number, top: number, bottom: number, near: number, far: number): Path {
    return this.patch([x, top, near], [x, top, far], [x, bottom, far], [x, bottom, near]);
  }

  /** A patch of floor or ceiling at height `y`. */
  floor(y: number, left: number, right: number, near: number, far: number): Path {
    return this.patch([left, y, near], [left, y, far], [right, y, far], [right, y, near]);
  }

  /** A patch that faces the viewer at depth `z`. */
  front(z: number, left: number, right: number, top: number, bottom: number): Path {
    return this.patch([left, top, z], [right, top, z], [right, bottom, z], [left, bottom, z]);
  }
}

/** The colour of a window with light behind it. */
export const GLASS_LIT: Rgb = [0.98, 0.86, 0.5];

/** A time of day with the colours of its sky. */
export interface Hour {
  readonly name: "day" | "overcast" | "sunset" | "night";
  readonly high: Rgb;
  readonly low: Rgb;
  /** How bright things are. */
  readonly level: number;
  readonly tint: Rgb;
}

const TRAINING_HOURS: readonly Hour[] = [
  { name: "day", high: [0.3, 0.52, 0.85], low: [0.75, 0.87, 0.96], level: 1.05, tint: [1, 0.99, 0.95] },
  {
    name: "overcast",
    high: [0.58, 0.62, 0.67],
    low: [0.8, 0.82, 0.84],
    level: 0.85,
    tint: [0.95, 0.98, 1],
  },
  { name: "sunset", high: [0.35, 0.28, 0.5], low: [0.96, 0.6, 0.32], level: 0.78, tint: [1, 0.84, 0.7] },
  { name: "night", high: [0.03, 0.05, 0.14], low: [0.12, 0.16, 0.32], level: 0.5, tint: [0.75, 0.85, 1] },
];

const HOURS: ByWorld<readonly Hour[]> = {
  training: TRAINING_HOURS,
  // The light of a forenoon, of rain to come, of dawn and of late dusk.
  localizer: [
    { name: "day", high: [0.42, 0.66, 0.82], low: [0.86, 0.9, 0.84], level: 0.95, tint: [1, 0.97, 0.88] },
    { name: "overcast", high: [0.42, 0.45, 0.52], low: [0.66, 0.67, 0.68], level: 0.7, tint: [0.98, 0.97, 1] },
    { name: "sunset", high: [0.52, 0.42, 0.58], low: [0.98, 0.76, 0.62], level: 0.86, tint: [1, 0.88, 0.84] },
    { name: "night", high: [0.1, 0.1, 0.26], low: [0.3, 0.26, 0.42], level: 0.6, tint: [0.85, 0.82, 1] },
  ],
};

/** What the sky shows. */
export const SKY_LAWS = {
  disc: { training: [3, 5.5], localizer: [6, 8] },
  clouds: { training: [8, 18], localizer: [19, 28] },
  puffWidth: { training: [0.35, 0.5], localizer: [0.22, 0.32] },
  puffHeight: { training: [0.13, 0.24], localizer: [0.05, 0.1] },
  stars: { training: [0.5], localizer: [0.9] },
} satisfies Laws;

export function pickHour({ random, world }: Chance): Hour {
  const hour = random.pick(HOURS[world]);
  return { ...hour, high: varied(hour.high, random, 0.03), low: varied(hour.low, random, 0.03) };
}

/** A colour as it looks at an hour. */
export function under(hour: Hour, rgb: Rgb): Rgb {
  const { level, tint } = hour;
  return [rgb[0] * level * tint[0], rgb[1] * level * tint[1], rgb[2] * level * tint[2]];
}

/** Sky down to the horizon, with clouds, a sun or a moon. */
export function drawSky(scene: Scene, hour: Hour, horizon: number): void {
  const { canvas, random } = scene;
  canvas.cover(gradient(0, 0, hour.high, 0, horizon, hour.low));
  const night = hour.name === "night";
  if (hour.name !== "overcast" && random.chance(0.6)) {
    const x = random.range(10, 90),
      y = horizon * random.range(0.2, hour.name === "sunset" ? 0.95 : 0.5),
      r = sample(scene, SKY_LAWS.disc);
    const disc: Rgb = night ? [0.92, 0.92, 0.86] : hour.name === "sunset" ? [1, 0.82, 0.45] : [1, 0.97, 0.8];
    for (const [grow, opacity] of [[2.6, 0.14], [1.7, 0.25], [1, 1]]) {
      canvas.fill(ellipse(x, y, r * grow, r * grow), (_x, _y, out) => out.set(disc), opacity);
    }
  }
  const count = night ? 0 : random.index(5);
  const white = mix([0.97, 0.97, 0.97], hour.low, hour.name === "day" ? 0.1 : 0.5);
  for (let k = 0; k < count; k++) {
    const x = random.range(0, 100), y = random.range(0.08, 0.7) * horizon, w = sample(scene, SKY_LAWS.clouds);
    for (let puff = -2; puff <= 2; puff++) {
      const rx = w * sample(scene, SKY_LAWS.puffWidth), ry = w * sample(scene, SKY_LAWS.puffHeight);
      canvas.fill(
        ellipse(x + puff * w * 0.36, y + random.bell(w * 0.06), rx, ry),
        (_x, _y, out) => out.set(white),
        0.55,
      );
    }
  }
  if (night) {
    const star = sample(scene, SKY_LAWS.stars);
    for (let k = 0; k < 14; k++) {
      canvas.fill(
        ellipse(random.range(0, 100), random.range(0, horizon * 0.9), star, star),
        (_x, _y, out) => out.set([0.9, 0.9, 0.95]),
        0.8,
      );
    }
  }
}

/** A crown of leaves as overlapping blobs of light and shade. */
export function drawFoliage(scene: Scene, x: number, y: number, rx: number, ry: number, rgb: Rgb, clumps = 9): void {
  const { canvas, random, light } = scene;
  const ring: number[] = [];
  for (let k = 0; k < 9; k++) {
    const s = [0, 0.643, 0.985, 0.866, 0.342, -0.342, -0.866, -0.985, -0.643][k],
      c = [1, 0.766, 0.174, -0.5, -0.94, -0.94, -0.5, 0.174, 0.766][k];
    const grow = random.range(0.85, 1.1);
    ring.push(x + rx * s * grow, y - ry * c * grow);
  }
  canvas.fill(blob(ring, 3), (_x, _y, out) => out.set([rgb[0] * 0.62, rgb[1] * 0.62, rgb[2] * 0.62]));
  for (let k = 0; k < clumps; k++) {
    const u = random.range(-0.65, 0.65), v = random.range(-0.7, 0.6), r = random.range(0.2, 0.36);
    const lit = 0.95 + 0.35 * (u * light.x - v * 0.8) + random.bell(0.08);
    canvas.fill(
      ellipse(x + u * rx, y + v * ry, r * rx, r * ry),
      (_x, _y, out) => out.set([rgb[0] * lit, rgb[1] * lit, rgb[2] * lit]),
      0.75,
    );
  }
}
