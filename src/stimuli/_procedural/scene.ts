import { clamp, cos, PI, sin } from "./arithmetic.ts";
import type { Rgb, Surface } from "./canvas.ts";
import { dim, gradient, type Light, mix, varied } from "./paint.ts";
import type { Random } from "./random.ts";
import { cloud } from "./texture.ts";
import { type ByWorld, type Chance, type Laws, sample, type World } from "./world.ts";

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

const TRAINING_COLORS: readonly Named[] = [
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

/** Colours between those that have one common name in training. */
const LOCALIZER_COLORS: readonly Named[] = [
  { name: "maroon", rgb: [0.48, 0.1, 0.22] },
  { name: "pink", rgb: [0.88, 0.5, 0.62] },
  { name: "mustard", rgb: [0.72, 0.56, 0.16] },
  { name: "olive", rgb: [0.42, 0.44, 0.16] },
  { name: "lime", rgb: [0.6, 0.76, 0.28] },
  { name: "teal", rgb: [0.12, 0.48, 0.5] },
  { name: "sky", rgb: [0.46, 0.7, 0.86] },
  { name: "navy", rgb: [0.12, 0.16, 0.38] },
  { name: "lilac", rgb: [0.7, 0.58, 0.82] },
  { name: "beige", rgb: [0.84, 0.76, 0.6] },
];

export const COLORS: ByWorld<readonly Named[]> = { training: TRAINING_COLORS, localizer: LOCALIZER_COLORS };

/** One of the named colours, moved a little. */
export function pickColor({ random, world }: Chance, from: readonly Named[] = COLORS[world]): Named {
  const { name, rgb } = random.pick(from);
  return { name, rgb: varied(rgb, random) };
}

const LIGHTS: ByWorld<readonly { readonly from: string; readonly turn: number; readonly height: number }[]> = {
  training: [
    { from: "left", turn: -1.0, height: -0.45 },
    { from: "right", turn: 1.0, height: -0.45 },
    { from: "front", turn: 0, height: -0.15 },
    { from: "above", turn: 0, height: -1.15 },
  ],
  localizer: [
    { from: "left", turn: -0.6, height: -0.85 },
    { from: "right", turn: 0.6, height: -0.85 },
    { from: "left", turn: -0.65, height: 0.05 },
    { from: "right", turn: 0.65, height: 0.05 },
  ],
};

/** The light and what stands behind a thing. */
export const SCENE_LAWS = {
  ambient: { training: [0.4, 0.55], localizer: [0.57, 0.68] },
  waves: { training: [2, 5], localizer: [5.5, 8] },
  roughness: { training: [0.6, 0.8], localizer: [0.45, 0.58] },
  level: { training: [0.42, 0.62], localizer: [0.35, 0.41, 0.63, 0.69] },
  depth: { training: [0.5, 0.8], localizer: [0.34, 0.46] },
  colorDepth: { training: [0.5, 0.9], localizer: [0.34, 0.46] },
  pale: { training: [0.2, 0.45], localizer: [0.5, 0.65] },
} satisfies Laws;

/** A light, and where it comes from. */
export function drawLight(chance: Chance): { light: Light; from: string } {
  const { random, world } = chance, { from, turn, height } = random.pick(LIGHTS[world]);
  const azimuth = clamp(turn + random.bell(0.15), -1.3, 1.3), altitude = height + random.bell(0.1);
  const light = {
    x: sin(azimuth) * cos(altitude),
    y: sin(altitude),
    z: cos(azimuth) * cos(altitude),
    ambient: sample(chance, SCENE_LAWS.ambient),
  };
  return { light, from };
}

/** Fills the picture behind an isolated thing and says with what. */
export function drawBackground(scene: Scene): Facts {
  const { canvas, random } = scene, { waves, roughness, level: levels, depth: depths, colorDepth, pale } = SCENE_LAWS;
  const kind = random.unit();
  if (kind < 0.5) {
    const texture = cloud(random, sample(scene, waves), 5, sample(scene, roughness));
    const level = sample(scene, levels), depth = sample(scene, depths);
    canvas.cover((x, y, out) => {
      out[0] = out[1] = out[2] = level + depth * (texture(x, y) - 0.5);
    });
    return { background: "grey", backdrop: "noisy" };
  }
  const color = pickColor(scene), rgb = mix(color.rgb, [0.55, 0.55, 0.55], sample(scene, pale));
  if (kind < 0.8) {
    const texture = cloud(random, sample(scene, waves), 5, sample(scene, roughness)), depth = sample(scene, colorDepth);
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
