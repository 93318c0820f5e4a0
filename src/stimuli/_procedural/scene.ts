import { clamp, cos, PI, sin } from "./arithmetic.ts";
import type { Rgb, Surface } from "./canvas.ts";
import { dim, gradient, type Light, mix, varied } from "./paint.ts";
import type { Random } from "./random.ts";
import { cloud } from "./texture.ts";

/** What a picture is for: the localizer's pictures differ from those that networks learn from in more than the seed. */
export type World = "training" | "localizer";

/** What a drawing starts from. */
export interface Scene {
  readonly world: World;
  readonly canvas: Surface;
  readonly random: Random;
  readonly light: Light;
}

/**
 * What is true of a picture: a value by aspect, such as `hair: "black"`; several where several hold. An aspect that has
 * nothing to say is undefined.
 */
export type Facts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Draws one image of a class and says what is true of it. */
export type Draw = (scene: Scene) => Facts;

/** A colour with its name. */
export interface Named {
  readonly name: string;
  readonly rgb: Rgb;
}

export const COLORS: readonly Named[] = [
  { name: "red", rgb: [0.78, 0.16, 0.16] },
  { name: "orange", rgb: [0.9, 0.5, 0.15] },
  { name: "yellow", rgb: [0.9, 0.78, 0.22] },
  { name: "green", rgb: [0.22, 0.56, 0.27] },
  { name: "blue", rgb: [0.2, 0.36, 0.74] },
  { name: "purple", rgb: [0.48, 0.26, 0.62] },
  { name: "brown", rgb: [0.45, 0.29, 0.17] },
  { name: "white", rgb: [0.92, 0.92, 0.9] },
  { name: "grey", rgb: [0.5, 0.51, 0.53] },
  { name: "black", rgb: [0.13, 0.13, 0.15] },
];

/** One of the named colours, moved a little. */
export function pickColor(random: Random, from: readonly Named[] = COLORS): Named {
  const { name, rgb } = random.pick(from);
  return { name, rgb: varied(rgb, random) };
}

const LIGHTS = [
  { from: "left", turn: -1.0, height: -0.45 },
  { from: "right", turn: 1.0, height: -0.45 },
  { from: "front", turn: 0, height: -0.15 },
  { from: "above", turn: 0, height: -1.15 },
] as const;

/** A light, and where it comes from. */
export function drawLight(random: Random): { light: Light; from: string } {
  const { from, turn, height } = random.pick(LIGHTS);
  const azimuth = clamp(turn + random.bell(0.15), -1.3, 1.3), altitude = height + random.bell(0.1);
  const light = {
    x: sin(azimuth) * cos(altitude),
    y: sin(altitude),
    z: cos(azimuth) * cos(altitude),
    ambient: random.range(0.4, 0.55),
  };
  return { light, from };
}

/** Fills the picture behind an isolated thing and says with what. */
export function drawBackground({ canvas, random }: Scene): Facts {
  const kind = random.unit();
  if (kind < 0.5) {
    const texture = cloud(random, random.range(2, 5), 5, random.range(0.6, 0.8));
    const level = random.range(0.42, 0.62), depth = random.range(0.5, 0.8);
    canvas.cover((x, y, out) => {
      out[0] = out[1] = out[2] = level + depth * (texture(x, y) - 0.5);
    });
    return { background: "grey", backdrop: "noisy" };
  }
  const color = pickColor(random), rgb = mix(color.rgb, [0.55, 0.55, 0.55], random.range(0.2, 0.45));
  if (kind < 0.8) {
    const texture = cloud(random, random.range(2, 5), 5, random.range(0.6, 0.8)), depth = random.range(0.5, 0.9);
    canvas.cover((x, y, out) => {
      const factor = 1 + depth * (texture(x, y) - 0.5);
      out[0] = rgb[0] * factor;
      out[1] = rgb[1] * factor;
      out[2] = rgb[2] * factor;
    });
    return { background: color.name, backdrop: "noisy" };
  }
  const angle = random.range(0, 2 * PI), dx = 50 * cos(angle), dy = 50 * sin(angle);
  canvas.cover(gradient(50 - dx, 50 - dy, dim(rgb, 0.8), 50 + dx, 50 + dy, mix(rgb, [1, 1, 1], 0.2)));
  return { background: color.name, backdrop: "smooth" };
}

/** Whether a thing is drawn large or small; undefined in between. */
export function distanceOf(relative: number): "near" | "far" | undefined {
  return relative > 0.66 ? "near" : relative < 0.33 ? "far" : undefined;
}
